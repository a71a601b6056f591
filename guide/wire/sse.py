"""What the streaming wires share: pace, pings, one line of JSON an event, and an end to what nobody reads."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import anyio
import msgspec

from guide import problems
from guide.events import Event

MEDIA_TYPE = "text/event-stream"
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""A stream is kept by nobody and held back by no proxy."""
PING = b": ping\n\n"
DONE = b"data: [DONE]\n\n"
"""How the chat wires end, errors included: some readers wait for it."""
# Line breaks to some clients, though not to the standard: escaped, as JSON allows.
_BREAKS = {"\x85": b"\\u0085", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}


def data(value: object) -> bytes:
    """A value as one unnamed event."""
    line = msgspec.json.encode(value)
    for character, escape in _BREAKS.items():
        line = line.replace(character.encode(), escape)
    return b"data: %s\n\n" % line


async def paced(events: AsyncIterator[Event], ping_seconds: float) -> AsyncGenerator[Event | None, None]:
    """The events, and None whenever nothing was said for `ping_seconds`; whatever breaks becomes a last error event.

    Closing or cancelling this stops the engine at once.
    """
    waiting = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=ping_seconds)
            if not done:
                yield None
                continue
            try:
                event = waiting.result()
            except StopAsyncIteration:
                return
            yield event
            waiting = asyncio.ensure_future(anext(events))
    except Exception as error:  # whatever it is, the client is told in the stream
        yield problems.event(problems.from_error(error))
    finally:
        await _close(events, waiting)


async def _close(events: AsyncIterator[Event], waiting: "asyncio.Future[Event]") -> None:
    """Cancel what the engine is doing and let its `finally` blocks run, even while we are being cancelled."""
    with anyio.CancelScope(shield=True):
        waiting.cancel()
        await asyncio.wait({waiting})
        if not waiting.cancelled():
            waiting.exception()  # read, so that asyncio does not report it as lost
        if isinstance(events, AsyncGenerator):
            await events.aclose()
