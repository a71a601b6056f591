"""Any JSON API, read through a target file."""

from typing import Any, get_args

import msgspec

from eval.answer import Part
from eval.cases import Case, Outcome
from eval.outcomes import DECLINED, REPLIED
from eval.targets import reply
from eval.targets.declines import declines
from eval.targets.mapping import Mapping
from eval.targets.model import Connection, Fold, Request
from eval.targets.paths import Path
from eval.targets.template import fill, named, parts_of

_OUTCOMES = frozenset(get_args(Outcome))


class Mapped:
    """A target that a file describes; a wrong path or placeholder in it is refused before anything is asked."""

    def __init__(self, connection: Connection, mapping: Mapping) -> None:
        said = mapping.response
        self.connection = connection
        self.name = f"{mapping.name} {connection.url}".strip()
        self.ready = mapping.ready.path
        self._mapping = mapping
        self._sent = named(mapping.request)
        self._searched = named(mapping.search.request) if mapping.search else set()
        self._text, self._language, self._outcome = Path(said.text), Path(said.language), Path(said.outcome)
        self._version = Path(mapping.ready.version)
        self._ids = Path(mapping.search.ids) if mapping.search else None
        self._declines = declines(said.dont_know)
        self._products = reply.Products(said.products) if said.products else None
        self._citations = reply.Citations(said.citations) if said.citations else None
        self._evidence = reply.Evidence(said.evidence) if said.evidence else None
        self._usage = reply.Usage(said.usage) if said.usage else None

    def identity(self) -> list[Any]:
        """Its address and the whole file."""
        return ["mapped", self.connection.url, msgspec.to_builtins(self._mapping)]

    def version(self, body: Any) -> str | None:
        """What `ready.version` leads to."""
        found = self._version.first(body) if self._mapping.ready.version else None
        return None if found is None else str(found)

    def ask(self, case: Case) -> Request:
        """The file's request with the case's parts in it."""
        return Request(self._mapping.method, self._mapping.path, fill(self._mapping.request, parts_of(case)))

    def answer(self, body: Any) -> dict[str, Any]:
        """What the paths lead to; a list that is not in this reply is empty, a text that is not there is an error."""
        text = self._text.first(body)
        if not isinstance(text, str):
            raise msgspec.ValidationError(f"no text at {self._mapping.response.text!r}")
        outcome = self._read_outcome(body, text)
        language = self._language.first(body) if self._mapping.response.language else None
        return {
            "text": text,
            "outcome": outcome,
            "language": language if isinstance(language, str) else None,
            "products": self._products.read(body) if self._products else [],
            "citations": self._citations.read(body) if self._citations else [],
            "evidence": self._evidence.read(body) if self._evidence else [],
            "usage": self._usage.read(body) if self._usage else None,
            "lacks": [*self._lacks(), *(["outcome"] if outcome is None else [])],
        }

    def search(self, case: Case, types: list[str]) -> Request | None:
        """The file's search with the case's parts and the types in it."""
        search = self._mapping.search
        parts = parts_of(case) | ({"types": types} if types else {})
        return Request(search.method, search.path, fill(search.request, parts)) if search else None

    def hits(self, body: Any) -> dict[str, Any]:
        """The ids of the file's search."""
        found = self._ids.find(body) if self._ids else []
        return {"hits": [{"id": str(id_)} for id_ in found if isinstance(id_, str | int)]}

    def fold(self) -> Fold | None:
        """A reply is one body."""
        return None

    def unsent(self, case: Case) -> list[str]:
        """The parts of the case that the file's request does not name; the language is only a hint."""
        return sorted(parts_of(case).keys() - self._sent - {"language"})

    def _read_outcome(self, body: Any, text: str) -> str | None:
        said = self._outcome.first(body) if self._mapping.response.outcome else None
        if said is not None:
            meant = self._mapping.response.outcomes.get(str(said), str(said))
            if meant not in _OUTCOMES:
                raise msgspec.ValidationError(f"outcome {said!r} has no entry in response.outcomes")
            return meant
        if self._declines is None:
            return None
        return DECLINED if self._declines.search(text) else REPLIED

    def _lacks(self) -> list[Part]:
        """What this API has no way to say, in any reply."""
        cited = self._mapping.response.citations
        told: dict[Part, bool] = {
            "products": self._products is not None,
            "citations": cited is not None,
            "quotes": cited is not None and bool(cited.quote),
            "claims": cited is not None and cited.marked,
            "evidence": self._evidence is not None,
        }
        return [part for part, known in told.items() if not known]
