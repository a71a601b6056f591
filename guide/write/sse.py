"""Reading what a chat-completions endpoint sends: server-sent events, or one JSON answer."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import msgspec

from guide.errors import GeneratorError

MAX_LINE = 256 * 1024
"""Longest line in characters; what sends more without a break is no such endpoint."""


async def lines(chunks: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The lines of a text that arrives in chunks.

    Raises:
        GeneratorError: a line has no end.
    """
    rest = ""
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split("\n")
        for line in whole:
            yield line.removesuffix("\r")
        if len(rest) > MAX_LINE:
            raise GeneratorError("the language model's answer has no line ends")
    if rest:
        yield rest


class Delta(msgspec.Struct, frozen=True):
    """A piece of the answer; `last` when the endpoint says that it is the end."""

    text: str = ""
    last: bool = False


def event(line: str) -> Delta | None:
    """One line of an event stream; None for comments, blanks and other fields.

    Raises:
        GeneratorError: the data is no chunk of a chat completion.
    """
    if not line.startswith("data:"):
        if line and not line.startswith((":", "event:", "id:", "retry:")):
            raise GeneratorError("the language model's endpoint sent no event stream")
        return None
    data = line.removeprefix("data:").strip()
    if data == "[DONE]":
        return Delta(last=True)
    choice = _choice(data)
    delta = choice.get("delta") or {}
    return Delta(_text(delta), last=choice.get("finish_reason") is not None)


def whole(body: str) -> str:
    """The text of an answer that came in one piece.

    Raises:
        GeneratorError: it is no chat completion.
    """
    return _text(_choice(body).get("message") or {})


def _choice(data: str) -> dict[str, Any]:
    try:
        parsed = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise GeneratorError("the language model's endpoint sent no JSON") from error
    if not isinstance(parsed, dict) or "error" in parsed or not isinstance(parsed.get("choices"), list):
        raise GeneratorError("the language model's endpoint sent an error or something else than a completion")
    choices = parsed["choices"]
    if choices and not isinstance(choices[0], dict):
        raise GeneratorError("the language model's endpoint sent a choice that is no object")
    return choices[0] if choices else {}


def _text(message: Any) -> str:
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else ""
