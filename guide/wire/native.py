"""The native wire: events to one JSON answer, events to server-sent events."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

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
from guide.wire import sse
from guide.wire.shapes import Answer, Citation, card


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
    async with aclosing(sse.paced(events, ping_seconds)) as paced:
        async for event in paced:
            if event is None:
                yield sse.PING
            else:
                yield encode(event, number := number + 1)


def encode(event: Event, number: int) -> bytes:
    """One event: its name, its number in the stream and one line of JSON."""
    data: Any = event
    if isinstance(event, Products):
        data = {"products": [card(item) for item in event.products]}
    fields = msgspec.to_builtins(data)
    name = fields.pop("event", "products")
    return b"event: %s\nid: %d\n%s" % (name.encode(), number, sse.data(fields))
