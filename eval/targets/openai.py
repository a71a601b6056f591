"""OpenAI-compatible servers: `POST chat/completions` under the base address.

Such a server says text and usage, and nothing of outcomes, products or citations. Asked as the model `shopguide`, a
guide of ours adds its whole answer as `reference` (docs/api.md, "OpenAI clients").
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from eval.answer import Part
from eval.cases import Case
from eval.outcomes import DECLINED, REPLIED
from eval.targets.declines import declines
from eval.targets.model import Connection, Fold, Request

GUIDE_MODEL = "shopguide"
"""The model's name of our own guide; only then `reference` is asked for, since other servers may refuse the field."""


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None
    reference: dict[str, Any] | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Tokens(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Tokens | None = None


class OpenAi:
    """One model of an OpenAI-compatible server."""

    ready = "/models"

    def __init__(
        self, connection: Connection, model: str, *, dont_know: Sequence[str] = (), stream: bool = False
    ) -> None:
        self.connection = connection
        self.name = f"openai:{connection.url} {model}"
        self._model = model
        self._declines = declines(dont_know)
        self._dont_know = list(dont_know)
        self._guide = model == GUIDE_MODEL
        self._stream = stream

    def identity(self) -> list[Any]:
        """Its address, constant headers, model, and what is read as a don't-know sentence."""
        return ["openai", self.connection.url, self.connection.headers, self._model, self._dont_know]

    def version(self, body: Any) -> str | None:
        """Not told by this wire."""
        return None

    def ask(self, case: Case) -> Request:
        """The history and the question as messages."""
        messages: list[dict[str, Any]] = []
        for turn in case.history:
            shown = {"reference": {"products": [{"id": id_} for id_ in turn.product_ids]}}
            extra = shown if self._guide and turn.product_ids else {}
            messages.append({"role": turn.role, "content": turn.content, **extra})
        messages.append({"role": "user", "content": case.question})
        body: dict[str, Any] = {"model": self._model, "messages": messages}
        if self._guide:
            body["reference"] = True
        if self._stream:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return Request("POST", "/chat/completions", body)

    def answer(self, body: Any) -> dict[str, Any]:
        """The first choice, with its reference where there is one."""
        completion = msgspec.convert(body, _Completion)
        if not completion.choices:
            raise msgspec.ValidationError("no choices")
        choice = completion.choices[0]
        said = choice.message.content or choice.message.refusal
        if said is None:
            raise msgspec.ValidationError("a message without content")
        whole: dict[str, Any] = {"text": said, **_usage(completion.usage)}
        if choice.message.reference is not None:
            return choice.message.reference | whole | {"lacks": ["evidence"]}
        lacks: list[Part] = ["products", "citations", "quotes", "claims", "evidence"]
        outcome = self._outcome(choice, said)
        if outcome is None:
            lacks.append("outcome")
        return whole | {"outcome": outcome, "lacks": lacks}

    def search(self, case: Case, types: list[str]) -> Request | None:
        """This wire has no search."""
        return None

    def hits(self, body: Any) -> dict[str, Any]:
        """This wire has no search."""
        raise NotImplementedError

    def fold(self) -> Fold | None:
        """Chunks, if they were asked for."""
        return OpenAiFold() if self._stream else None

    def unsent(self, case: Case) -> list[str]:
        """The products of the page, filters and the locale."""
        parts = {"product_ids": case.product_ids, "filters": case.filters}
        return [name for name, value in parts.items() if value]

    def _outcome(self, choice: _Choice, said: str) -> str | None:
        if choice.message.refusal is not None or choice.finish_reason == "content_filter":
            return "refused"
        if self._declines is None:
            return None
        return DECLINED if self._declines.search(said) else REPLIED


def _usage(tokens: _Tokens | None) -> dict[str, Any]:
    """The tokens of one call; zeros mean that nobody counted."""
    if tokens is None or not (tokens.prompt_tokens or tokens.completion_tokens):
        return {}
    return {"usage": {"input_tokens": tokens.prompt_tokens, "output_tokens": tokens.completion_tokens, "calls": 1}}


class OpenAiFold:
    """Chunks put together to a completion."""

    def __init__(self) -> None:
        self._message: dict[str, Any] = {}
        self._finish: str | None = None
        self._usage: dict[str, Any] | None = None

    def add(self, name: str, data: str) -> bool:
        """Take one chunk (see `Fold.add`)."""
        if data == "[DONE]":
            return False
        chunk = msgspec.json.decode(data, type=dict[str, Any])
        if "error" in chunk:
            raise msgspec.ValidationError(f"error event: {chunk['error']}")
        self._usage = chunk.get("usage") or self._usage
        choices = chunk.get("choices") or []
        delta = (choices[0].get("delta") or {}) if choices else {}
        self._finish = (choices[0].get("finish_reason") if choices else None) or self._finish
        for part in ("content", "refusal"):
            if delta.get(part):
                self._message[part] = self._message.get(part, "") + delta[part]
        if "reference" in delta:
            self._message["reference"] = delta["reference"]
        return bool(delta.get("content") or delta.get("refusal"))

    def body(self) -> Any:
        """The completion (see `Fold.body`)."""
        if self._finish is None:
            raise msgspec.ValidationError("the chunks ended without a finish_reason")
        message = {"content": "", **self._message}
        return {"choices": [{"message": message, "finish_reason": self._finish}], "usage": self._usage}
