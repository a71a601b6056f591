"""The native wire: `POST /v1/ask` and `POST /v1/search` (docs/api.md)."""

from typing import Any

import msgspec

from eval.answer import read_answer, read_hits
from eval.cases import Case
from eval.targets.model import Connection, Fold, Request

SEARCH_K = 100


class Native:
    """A shopping guide that speaks our own wire; it can say every part of an answer."""

    ready = "/readyz"

    def __init__(self, connection: Connection, *, stream: bool = False) -> None:
        self.connection = connection
        self.name = connection.url
        self._stream = stream

    def identity(self) -> list[Any]:
        """Its address and constant headers."""
        return [self.connection.url, self.connection.headers]

    def version(self, body: Any) -> str | None:
        """The name of its snapshot."""
        name = body.get("snapshot") if isinstance(body, dict) else None
        return name if isinstance(name, str) else None

    def ask(self, case: Case) -> Request:
        """The question with what the case has beside it; fields that it does not have are left out."""
        body: dict[str, Any] = {"question": case.question, "explain": True}
        if self._stream:
            body["stream"] = True
        if case.history:
            body["history"] = msgspec.to_builtins(case.history)
        optional = {"product_ids": case.product_ids, "filters": case.filters, "locale": case.language}
        return Request("POST", "/v1/ask", body | {name: value for name, value in optional.items() if value})

    def answer(self, body: Any) -> dict[str, Any]:
        """The body as it is, if it has the shape of the wire."""
        read_answer(body)
        whole: dict[str, Any] = body
        return whole

    def search(self, case: Case, types: list[str]) -> Request:
        """The first hundred; without known record types the guide's own default holds."""
        body: dict[str, Any] = {"query": case.question, "k": SEARCH_K}
        body |= {"types": types} if types else {}
        return Request("POST", "/v1/search", body | ({"filters": case.filters} if case.filters else {}))

    def hits(self, body: Any) -> dict[str, Any]:
        """The body as it is, if it has the shape of the wire."""
        read_hits(body)
        whole: dict[str, Any] = body
        return whole

    def fold(self) -> Fold | None:
        """Events, if they were asked for."""
        return NativeFold() if self._stream else None

    def unsent(self, case: Case) -> list[str]:
        """Nothing: the wire takes all that a case has."""
        return []


class NativeFold:
    """The events of the native stream; `done` holds all that no other event brought."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._citations: list[Any] = []
        self._rest: dict[str, Any] = {}
        self._done = False

    def add(self, name: str, data: str) -> bool:
        """Take one event (see `Fold.add`)."""
        value = msgspec.json.decode(data, type=dict[str, Any])
        if name == "error":
            raise msgspec.ValidationError(f"error event: {value.get('title')}: {value.get('detail')}")
        if name == "text":
            self._text.append(str(value.get("text", "")))
            return True
        if name == "citation":
            self._citations.append(value)
        else:
            self._rest |= value
        self._done = self._done or name == "done"
        return False

    def body(self) -> Any:
        """The JSON answer (see `Fold.body`)."""
        if not self._done:
            raise msgspec.ValidationError("the events ended without `done`")
        return {**self._rest, "text": "".join(self._text), "citations": self._citations}
