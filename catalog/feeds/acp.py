"""Agentic Commerce Protocol product feed: `products.jsonl`, and `metadata.json` beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

from catalog.feeds import acp_fields as fields
from catalog.feeds.acp_metadata import Metadata, read_metadata
from catalog.feeds.acp_names import split_names
from catalog.feeds.acp_offer import Problem, offer
from catalog.feeds.canonical import lines, objects
from catalog.feeds.grouping import Groups, Row, alone, merge
from catalog.feeds.normalise import normalise
from catalog.feeds.reader import FeedFile
from catalog.feeds.spill import Spill
from catalog.formats import Mode
from catalog.issues import Issue
from catalog.model import Record

Items: TypeAlias = Iterator[tuple[int, Record | Issue]]
_EVENTS = ("event", "event_type", "action", "op", "operation", "type")
_DELETING = {"delete", "deleted", "remove", "removed"}


class AcpReader:
    """One product a line, flat or with nested variants; delete events take a product away.

    `mode` is the one the build was asked for: where the metadata names another, a note says so.
    """

    def __init__(self, file: FeedFile, mode: Mode | None = None) -> None:
        self.file = file.name
        self.source = file.source
        self._path = file.path
        self._mode = mode
        self._metadata = Metadata()
        self._now = datetime.now(UTC)

    def read(self) -> Items:
        """Records and issues with their line numbers.

        Raises:
            FeedError: the file cannot be read.
        """
        self._metadata, problems = read_metadata(self._path.parent, self._mode)
        yield from ((issue.line, issue) for issue in problems)
        with Spill() as spill:
            groups = Groups(self.file, spill)
            for line, value in objects(self.file, lines(self._path)):
                if isinstance(value, Issue):
                    yield line, value
                else:
                    yield from self._line(groups, line, value)
            yield from groups.records()

    def _line(self, groups: Groups, line: int, value: Row) -> Items:
        known, other = split_names(value)
        if value.get("deleted") is True or any(_event(value.get(name)) in _DELETING for name in _EVENTS):
            yield from self._normal(line, self._delete(known))
            return
        row, problems = self._row(value, known, other)
        yield from self._issues(line, problems)
        if isinstance(known.get("variants"), list):
            yield from self._nested(line, row, known["variants"])
        elif group := known.get("group"):
            yield from groups.add(str(group), line, row)
        else:
            yield from self._normal(line, alone(row))

    def _nested(self, line: int, lead: Row, variants: list[Any]) -> Items:
        """A product with its variants on one line; a variant that cannot be used does not take the others with it."""
        usable = []
        for number, value in enumerate(variants):
            if not isinstance(value, dict):
                yield from self._issues(line, [("bad_field", f"variants[{number}]", value, "a variant is an object")])
                continue
            named = {"title": lead["title"], **value}
            row, problems = self._row(named, *split_names(named))
            yield from self._issues(line, problems)
            found = [item for item in normalise(alone(row), self.file, line) if isinstance(item, Issue)]
            yield from ((line, issue) for issue in found)
            if all(issue.severity != "error" for issue in found):
                usable.append(row)
        attributes = alone(lead)["attributes"]
        if len(usable) == 1 and usable[0]["id"] == lead["id"]:  # how the protocol says that there are no variants
            only = alone(usable[0])
            row = {**only, **lead, "attributes": {**only["attributes"], **attributes}}
            yield from self._normal(line, row)
        elif usable or not variants:
            yield from self._normal(line, merge(lead["id"], {**lead, "attributes": attributes}, usable))

    def _row(self, value: Row, known: Row, other: Row) -> tuple[Row, list[Problem]]:
        """One product or variant, with its names split, as a row of `catalog.feeds.grouping`."""
        row: Row = {"type": "product", "id": str(known.get("id", "")), "title": str(known.get("title", ""))}
        row |= {name: known[name] for name in ("brand", "url", "tags", "group_title") if name in known}
        row["offer"], problems = offer(known, self._metadata.currency, self._now)
        row |= fields.texts(known) | {"attributes": fields.attributes(known, value), "options": fields.options(value)}
        row.setdefault("language", self._metadata.language)
        row.setdefault("updated_at", self._metadata.generated_at)
        if str(known.get("shown", True)).casefold() == "false":
            row["hidden"] = True
            problems.append(("not_published", "is_eligible_search", known["shown"], "it is not to be found by agents"))
        return {name: item for name, item in (other | row).items() if item not in (None, [], {})}, problems

    def _delete(self, known: Row) -> Row:
        when = known.get("updated_at", self._metadata.generated_at)
        return {"type": "delete", "id": str(known.get("id", ""))} | ({"updated_at": when} if when else {})

    def _normal(self, line: int, row: Row) -> Items:
        yield from ((line, item) for item in normalise(row, self.file, line))

    def _issues(self, line: int, problems: list[Problem]) -> Iterator[tuple[int, Issue]]:
        for code, field, value, message in problems:
            yield line, Issue(code=code, file=self.file, line=line, field=field, value=str(value)[:80], message=message)


def _event(value: Any) -> str:
    """`product.deleted` says the same as `deleted`."""
    return str(value).rpartition(".")[2].casefold()
