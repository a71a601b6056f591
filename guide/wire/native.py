"""The native wire: events to one JSON answer, events to server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import anyio
import msgspec

from guide import problems
from guide.events import (
    CitationEvent,
    Done,
    ErrorEvent,
    Event,
    FollowUps,
    Products,
    Status,
    TableEvent,
    Text,
)
from guide.problems import Problem
from guide.wire.shapes import Answer, Citation, card

PING = b": ping\n\n"
# Line breaks to some clients, though not to the standard: escaped, as JSON allows.
_BREAKS = {"\x85": b"\\u0085", "\u2028": b"\\u2028", "\u2029": b"\\u2029"}


async def fold(events: AsyncIterator[Event]) -> Answer:
    """All events of one answer as its JSON form.

    Raises:
        Problem: what an error event tells of; or the events ended without `done`.
    """
    answer_id, conversation_id, text, done = "", None, "", None
    parts: dict[str, Any] = {"products": [], "citations": [], "follow_ups": [], "table": None}
    async for event in events:
        match event:
            case Status():
                answer_id, conversation_id = event.answer_id, event.conversation_id
            case Text():
                text += event.text
            case CitationEvent():
                parts["citations"].append(Citation(**msgspec.structs.asdict(event)))
            case Products():
                parts["products"] = [card(item) for item in event.products]
            case TableEvent() | FollowUps():
                parts |= msgspec.structs.asdict(event)
            case Done():
                done = event
            case ErrorEvent():
                raise problems.from_type(event.type, event.detail)
    if done is None:
        raise Problem("internal", "the answer ended early")
    return Answer(
        answer_id=answer_id, conversation_id=conversation_id, text=text, **parts, **msgspec.structs.asdict(done)
    )


async def stream(events: AsyncIterator[Event], ping_seconds: float, number: int = 0) -> AsyncGenerator[bytes, None]:
    """The events as server-sent events, with a comment whenever nothing was said for `ping_seconds`.

    They are numbered from `number` + 1. Errors become a last `error` event, since the headers are out. When the client
    goes away the generator is cancelled or closed, and with it that of the events.
    """
    waiting = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=ping_seconds)
            if not done:
                yield PING
                continue
            try:
                event = waiting.result()
            except StopAsyncIteration:
                return
            yield encode(event, number := number + 1)
            waiting = asyncio.ensure_future(anext(events))
    except Exception as error:  # whatever it is, the client is told in the stream
        yield encode(problems.event(problems.from_error(error)), number + 1)
    finally:
        await _close(events, waiting)


def encode(event: Event, number: int) -> bytes:
    """One event: its name, its number in the stream and one line of JSON."""
    data: Any = event
    if isinstance(event, Products):
        data = {"products": [card(item) for item in event.products]}
    fields = msgspec.to_builtins(data)
    name = fields.pop("event", "products")
    line = msgspec.json.encode(fields)
    for character, escape in _BREAKS.items():
        line = line.replace(character.encode(), escape)
    return b"event: %s\nid: %d\ndata: %s\n\n" % (name.encode(), number, line)


async def _close(events: AsyncIterator[Event], waiting: "asyncio.Future[Event]") -> None:
    """Cancel what the engine is doing and let its `finally` blocks run, even while we are being cancelled."""
    with anyio.CancelScope(shield=True):
        waiting.cancel()
        await asyncio.wait({waiting})
        if not waiting.cancelled():
            waiting.exception()  # read, so that asyncio does not report it as lost
        if isinstance(events, AsyncGenerator):
            await events.aclose()
