"""What becomes known of a request while it is answered, for its one line in the log.

A context variable carries the notes from the front to the engine, whatever wire and task lie between: tasks and threads
copy the context, and all copies name the same notes.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextvars import ContextVar

import msgspec

from guide.events import Done, ErrorEvent, Event, Status


class Notes(msgspec.Struct):
    """One request's; empty where nothing was asked."""

    question: str = ""
    """The shopper's words; they leave this process only as a length and a keyed hash, unless the settings say so."""
    answer_id: str = ""
    outcome: str = ""
    reason: str = ""
    writer: str = ""


_CURRENT: ContextVar[Notes | None] = ContextVar("notes", default=None)


def begin() -> Notes:
    """New notes, for what runs from here on."""
    notes = Notes()
    _CURRENT.set(notes)
    return notes


def asked(question: str) -> Notes:
    """The notes of this request, with what was asked."""
    notes = _CURRENT.get() or Notes()
    notes.question = question
    return notes


async def watch(events: AsyncIterator[Event], notes: Notes) -> AsyncGenerator[Event, None]:
    """The same events, noted. Closing this closes theirs."""
    try:
        async for event in events:
            match event:
                case Status():
                    notes.answer_id = event.answer_id
                case Done():
                    notes.outcome, notes.reason, notes.writer = event.outcome, event.reason or "", event.writer
                case ErrorEvent():
                    notes.outcome, notes.reason = "error", event.type.rpartition(":")[2]
            yield event
    finally:
        if isinstance(events, AsyncGenerator):
            await events.aclose()
