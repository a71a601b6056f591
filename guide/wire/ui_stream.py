"""The UI message stream of the Vercel AI SDK, version v1: events as the parts that `useChat` puts together.

`data-*` parts carry the data of the native event of that name. The step is the answer; nothing in it is ever withdrawn,
because the engine only releases what it has verified.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Any

import msgspec

from guide.events import CitationEvent, Done, ErrorEvent, Event, FollowUps, Products, Status, TableEvent, Text
from guide.wire import sse
from guide.wire.shapes import card
from guide.wire.ui_request import PRODUCTS

HEADERS = {"x-vercel-ai-ui-message-stream": "v1"}
_TEXT = "text"
"""The id of the one text block."""
_METADATA = (
    "outcome", "reason", "language", "confidence", "writer", "claims", "degraded", "snapshot", "as_of",
)  # fmt: skip


async def stream(events: AsyncIterator[Event], ping_seconds: float) -> AsyncGenerator[bytes, None]:
    """The answer as parts, with a comment in every silence; `[DONE]` ends it, after an error as well."""
    parts = _Parts()
    async for event in sse.paced(events, ping_seconds):
        if event is None:
            yield sse.PING
            continue
        for part in parts.of(event):
            yield sse.data(part)
    yield sse.DONE


class _Parts:
    """The parts of one message; knows whether its text block is open."""

    def __init__(self) -> None:
        self._open = False

    def of(self, event: Event) -> Iterator[dict[str, Any]]:
        """The parts that tell an event."""
        match event:
            case Status():
                yield {"type": "start", "messageId": event.answer_id}
                yield {"type": "start-step"}
            case Products():
                cards = {"products": [card(item) for item in event.products]}
                yield {"type": PRODUCTS, "id": "products", "data": cards}
            case Text():
                yield from self._text(event.text)
            case CitationEvent():
                yield _source(event)
            case TableEvent():
                yield {"type": "data-table", "id": "table", "data": {"table": event.table}}
            case FollowUps():
                yield {"type": "data-followups", "id": "followups", "data": {"follow_ups": event.follow_ups}}
            case Done():
                yield from self._close()
                yield {"type": "finish-step"}
                yield _finish(event)
            case ErrorEvent():
                yield from self._close()
                yield {"type": "error", "errorText": f"{event.title}: {event.detail}"}

    def _text(self, delta: str) -> Iterator[dict[str, Any]]:
        if not self._open:
            self._open = True
            yield {"type": "text-start", "id": _TEXT}
        yield {"type": "text-delta", "id": _TEXT, "delta": delta}

    def _close(self) -> Iterator[dict[str, Any]]:
        if self._open:
            self._open = False
            yield {"type": "text-end", "id": _TEXT}


def _source(citation: CitationEvent) -> dict[str, Any]:
    """A citation as a source: its number is the mark in the text, its title the words that are quoted."""
    fields = msgspec.to_builtins(citation)
    fields.pop("event")
    return {
        "type": "source-document", "sourceId": str(citation.n), "mediaType": "text/plain", "title": citation.quote,
        "filename": citation.record_id, "providerMetadata": {"shopguide": fields},
    }  # fmt: skip


def _finish(done: Done) -> dict[str, Any]:
    reason = "content-filter" if done.outcome == "refused" else "stop"
    metadata = {name: getattr(done, name) for name in _METADATA}
    return {"type": "finish", "finishReason": reason, "messageMetadata": metadata}
