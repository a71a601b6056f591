"""What an OpenAI client asks: the messages as turns, and the fields that are refused because they change the answer.

All other fields of that API (temperature, max_tokens, tools that need not be called, …) are taken and not used.
"""

from typing import Any, Literal

import msgspec

from guide.model import Turn
from guide.wire.openai_errors import Unsupported


class Part(msgspec.Struct, frozen=True):
    """A piece of a message's content."""

    type: str
    text: str = ""


class ShownProduct(msgspec.Struct, frozen=True):
    """A card that an answer had."""

    id: str


class Shown(msgspec.Struct, frozen=True):
    """The `reference` of an answer, sent back with its message."""

    products: list[ShownProduct] = []


class ChatMessage(msgspec.Struct, frozen=True):
    """One message. System and developer messages are taken and not followed: the shop's records are."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[Part] | None = None
    reference: Shown | None = None
    """Of an answer with references: its cards tell what 第二个 means. Without it they are read from the text."""


class StreamOptions(msgspec.Struct, frozen=True):
    """How to stream."""

    include_usage: bool = False


class ChatRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that ends in a question, as OpenAI's chat completions take it."""

    messages: list[ChatMessage]
    """The conversation; the last one is the user's question."""
    model: str = ""
    """Any name: there is one guide, and it calls itself shopguide."""
    stream: bool | None = None
    """Chunks instead of one completion."""
    stream_options: StreamOptions | None = None
    """`include_usage`: a last chunk with the usage."""
    reference: bool = False
    """Also send cards, citations, table and outcome, as `reference` of the message or the last delta."""
    n: int | None = None
    """Only 1."""
    tool_choice: Any = None
    """Neither `required` nor a named tool."""
    function_call: Any = None
    """Not a named function."""
    response_format: dict[str, Any] | None = None
    """Only text."""
    modalities: list[str] | None = None
    """Only text."""
    logprobs: bool | None = None
    """Not true."""


def turns(request: ChatRequest) -> list[Turn]:
    """The messages of shopper and guide, oldest first.

    Raises:
        Unsupported: a field or a part of a message asks for what is not done here.
    """
    _check(request)
    said = []
    for i, message in enumerate(request.messages):
        text = _text(message, f"messages[{i}].content")
        if message.role in {"user", "assistant"}:
            role: Literal["user", "assistant"] = "user" if message.role == "user" else "assistant"
            shown = [product.id for product in message.reference.products] if message.reference else []
            said.append(Turn(role, text, shown))
    return said


def _check(request: ChatRequest) -> None:
    if request.n not in {None, 1}:
        raise Unsupported("n", "there is one answer: leave n, or send 1")
    for name in ("tool_choice", "function_call"):
        if getattr(request, name) not in (None, "none", "auto"):
            raise Unsupported(name, f"no tools are called here: leave {name}, or send auto or none")
    if request.response_format is not None and request.response_format.get("type") != "text":
        raise Unsupported("response_format", "answers are text; send reference: true for cards and citations as data")
    if request.modalities is not None and request.modalities != ["text"]:
        raise Unsupported("modalities", "answers are text")
    if request.logprobs:
        raise Unsupported("logprobs", "answers have no token probabilities")


def _text(message: ChatMessage, path: str) -> str:
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    for i, part in enumerate(message.content):
        if part.type not in {"text", "refusal"}:
            raise Unsupported(f"{path}[{i}].type", f"a message is text; {part.type[:40]!r} cannot be read here")
    return "\n".join(part.text for part in message.content if part.text)
