"""A target: how one kind of API is asked, and how its replies become answers in the shape of the native wire.

A target does no input or output itself: it makes requests from cases and reads bodies, so one runner serves all
kinds and one contract test-suite holds them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import msgspec

from eval.cases import Case

_SHORTEST_KEY = 8
"""A shorter key would be found in words that are none; no service gives out such keys."""


class Request(NamedTuple):
    """One request; `body` is sent as JSON, or as the query of a GET."""

    method: str
    path: str
    body: Mapping[str, Any]


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """Where a target is and what goes with every request."""

    url: str
    """Base address, without credentials, query or fragment."""
    headers: dict[str, str] = {}
    """Constant headers; what they change they may change in the answers, so they belong to the config."""
    key: str = ""
    """The secret, "" for none. It is never written anywhere."""
    key_header: str = "Authorization"
    key_scheme: str = "Bearer"
    """Word before the key in its header, "" for none."""

    @property
    def sent_headers(self) -> dict[str, str]:
        """The headers of every request, the key among them."""
        if not self.key:
            return self.headers
        return self.headers | {self.key_header: f"{self.key_scheme} {self.key}".strip()}

    def conceal(self, text: str) -> str:
        """A text from the target without the key, should the target repeat it."""
        return text.replace(self.key, "***") if len(self.key) >= _SHORTEST_KEY else text


class Fold(Protocol):
    """Server-sent events put together to the body that the same question has without a stream."""

    def add(self, name: str, data: str) -> bool:
        """Take one event; True if it carries text that a shopper sees.

        Raises:
            msgspec.ValidationError: it tells of an error, or is not what this wire sends.
        """
        ...

    def body(self) -> Any:
        """The body of the whole answer.

        Raises:
            msgspec.ValidationError: the events ended before the answer did.
        """
        ...


class Target(Protocol):
    """An API under test."""

    name: str
    """What reports call it; no secrets."""
    connection: Connection
    ready: str
    """Path that is asked once before the first case."""

    def identity(self) -> list[Any]:
        """All that an answer depends on besides the case: it is hashed into the config of every row."""
        ...

    def version(self, body: Any) -> str | None:
        """The name of the data it answers from, from the body of `ready`; None if it tells none."""
        ...

    def ask(self, case: Case) -> Request:
        """The request for an answer."""
        ...

    def answer(self, body: Any) -> dict[str, Any]:
        """A parsed body as an answer of the native wire; what the target cannot say is named in `lacks`.

        Raises:
            msgspec.ValidationError: it is no answer.
        """
        ...

    def search(self, case: Case, types: list[str]) -> Request | None:
        """The request for a ranking of records of these types ([] = unknown); None if there is no such route."""
        ...

    def hits(self, body: Any) -> dict[str, Any]:
        """A parsed body as a ranking of the native wire (same error as `answer`)."""
        ...

    def fold(self) -> Fold | None:
        """What puts the events of one answer together; None if answers are asked as JSON."""
        ...

    def unsent(self, case: Case) -> list[str]:
        """The parts of a case that this API takes no field for."""
        ...
