"""The OpenAI-compatible wire: events to a chat completion, events to its chunks."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from guide.events import ClaimSpan, Done, ErrorEvent, Event, Status, Text, Writer
from guide.model import Outcome, Table
from guide.wire import native, openai_errors, sse
from guide.wire.shapes import Answer, Citation, ProductCard

MODEL = "shopguide"
Finish: TypeAlias = Literal["stop", "content_filter"]


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the native answer has beside its text and its timings, field by field the same."""

    answer_id: str
    outcome: Outcome
    language: str
    claims: list[ClaimSpan]
    products: list[ProductCard]
    citations: list[Citation]
    follow_ups: list[str]
    confidence: float
    writer: Writer
    degraded: list[str]
    snapshot: str
    as_of: str
    reason: str | None = None
    table: Table | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """The answer; its text has `[n]` marks."""

    content: str
    role: Literal["assistant"] = "assistant"
    refusal: None = None
    reference: Reference | msgspec.UnsetType = msgspec.UNSET


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The one choice; `content_filter` is a question that is refused."""

    message: Message
    finish_reason: Finish
    index: int = 0
    logprobs: None = None


class Usage(msgspec.Struct, frozen=True):
    """Zeros: the guide is not metered in tokens, and without a language model there are none."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer; its id ends in the answer's."""

    id: str
    created: int
    choices: list[Choice]
    usage: Usage = Usage()
    object: Literal["chat.completion"] = "chat.completion"
    model: str = MODEL


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How the client wants its answer; `created` is Unix seconds."""

    created: int
    reference: bool = False
    usage: bool = False


async def fold(events: AsyncIterator[Event], form: Form) -> Completion:
    """All events of one answer as a chat completion.

    Raises:
        Problem: the engine gave up, or ended early.
    """
    answer = await native.fold(events)
    message = Message(content=answer.text, reference=reference(answer) if form.reference else msgspec.UNSET)
    choice = Choice(message=message, finish_reason=finish(answer.outcome))
    return Completion(id=_id(answer.answer_id), created=form.created, choices=[choice])


async def stream(events: AsyncIterator[Event], form: Form, ping_seconds: float) -> AsyncGenerator[bytes, None]:
    """The answer as chunks: its role, each piece of text, then the end with the reference, the usage if it is wanted.

    What breaks is told as an error object in place of a chunk; either way `[DONE]` ends the stream.
    """
    chunks, told = _Chunks(form), list[Event]()
    async for event in sse.paced(events, ping_seconds):
        match event:
            case None:
                yield sse.PING
                continue
            case Status():
                chunks.id = _id(event.answer_id)
                yield chunks.delta({"role": "assistant", "content": ""})
            case Text():
                yield chunks.delta({"content": event.text})
            case ErrorEvent():
                yield sse.data(openai_errors.from_event(event))
            case Done():
                answer = await native.fold(_again([*told, event]))
                delta = {"reference": reference(answer)} if form.reference else {}
                yield chunks.delta(delta, finish(answer.outcome))
                if form.usage:
                    yield chunks.usage()
            case _:
                pass  # cards, citations, table and follow-ups are in the reference
        told.append(event)
    yield sse.DONE


def reference(answer: Answer) -> Reference:
    """The answer's parts for a client that asked for them."""
    return Reference(**{name: getattr(answer, name) for name in Reference.__struct_fields__})


def finish(outcome: str) -> Finish:
    """Why the text ends."""
    return "content_filter" if outcome == "refused" else "stop"


class _Chunks:
    """The frame that every chunk of an answer has."""

    def __init__(self, form: Form) -> None:
        self.id = ""
        self._form = form

    def delta(self, delta: dict[str, Any], finish_reason: Finish | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return self._chunk([choice], None)

    def usage(self) -> bytes:
        return self._chunk([], Usage())

    def _chunk(self, choices: list[dict[str, Any]], usage: Usage | None) -> bytes:
        chunk = {
            "id": self.id, "object": "chat.completion.chunk", "created": self._form.created, "model": MODEL,
            "choices": choices,
        }  # fmt: skip
        return sse.data(chunk | ({"usage": usage} if self._form.usage else {}))


def _id(answer_id: str) -> str:
    return f"chatcmpl-{answer_id}"


async def _again(events: Sequence[Event]) -> AsyncIterator[Event]:
    for event in events:
        yield event
