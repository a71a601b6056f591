"""What a schema.org document sells and says: its products, groups of variants and answered questions."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeAlias

from catalog.feeds.grouping import Groups, Row, alone
from catalog.feeds.located import LINE
from catalog.feeds.normalise import normalise
from catalog.feeds.schema_offer import Problem
from catalog.feeds.schema_product import identify, product
from catalog.feeds.schema_values import language, many, name, types
from catalog.feeds.spill import Spill
from catalog.issues import Issue
from catalog.model import Record

Items: TypeAlias = Iterator[tuple[int, Record | Issue]]
_PRODUCTS = {"Product", "IndividualProduct", "SomeProducts", "ProductModel"}
_FOLLOWED = ("@graph", "mainEntity", "itemListElement", "item", "hasPart", "itemOffered", "about")
"""Where a page keeps what it is about; products that are only related to it are not followed."""
_GROUP_IDS = ("productGroupID",)


class SchemaItems:
    """Turns documents into records; variants of one group may stand in several documents of the file."""

    def __init__(self, file: str, spill: Spill) -> None:
        self._file = file
        self._groups = Groups(file, spill)

    def add(self, document: Any, default_language: str | None = None) -> Items:
        """Records and issues of one document as `located.load` gives it; groups come with `rest`."""
        try:
            yield from _Document(self._file, self._groups, document, default_language).read()
        except RecursionError:
            line = document.get(LINE, 1) if isinstance(document, dict) else 1
            yield line, Issue(code="bad_json", file=self._file, line=line, message="nested too deep")

    def rest(self) -> Items:
        """The products of all groups."""
        return self._groups.records()


class _Document:
    def __init__(self, file: str, groups: Groups, root: Any, default_language: str | None) -> None:
        self._file = file
        self._groups = groups
        self._root = root
        self._language = default_language
        self._by_id = {name(node.get("@id")): node for node in _nodes(root) if len(node.keys() - {"@id", LINE}) > 0}
        self._seen: set[int] = set()

    def read(self) -> Items:
        found = list(self._entries())
        claimed = {id(node) for group in found if "ProductGroup" in types(group) for node in self._variants(group)}
        for node in found:
            kinds = types(node)
            if "ProductGroup" in kinds:
                yield from self._group(node)
            elif "FAQPage" in kinds:
                yield from self._faq(node)
            elif id(node) not in claimed:
                yield from self._product(node)

    def _entries(self) -> Iterator[Row]:
        """Products, groups and pages of questions, outermost only, in the order of the document."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting.extend(reversed(node))
            elif isinstance(node, dict):
                node = self._resolved(node)
                if id(node) in self._seen:
                    continue
                self._seen.add(id(node))
                if types(node) & (_PRODUCTS | {"ProductGroup", "FAQPage"}):
                    yield node
                elif "Offer" in types(node) and isinstance(thing := node.get("itemOffered"), dict):
                    terms = {key: value for key, value in node.items() if key != "itemOffered"}
                    waiting.append({"offers": terms, **self._resolved(thing)})
                else:
                    waiting.extend(node[key] for key in reversed(_FOLLOWED) if key in node)

    def _resolved(self, node: Row) -> Row:
        """The node that a mere {"@id": …} points to in this document."""
        return (
            self._by_id.get(name(node["@id"]), node)
            if node.keys() <= {"@id", "@type", LINE} and "@id" in node
            else node
        )

    def _variants(self, group: Row) -> list[Row]:
        return [self._resolved(node) for node in many(group.get("hasVariant")) if isinstance(node, dict)]

    def _group(self, node: Row) -> Items:
        row, problems = product(self._joined(node), self._language)
        line: int = node.get(LINE, 1)
        row["id"] = group = identify(node, first=_GROUP_IDS)
        row["attributes"] = alone(row)["attributes"]
        yield from self._issues(line, problems)
        yield from self._groups.add(group, line, {key: row[key] for key in row if key != "options"}, lead=True)
        for variant in self._variants(node):
            if variant.keys() <= {"@id", "@type", "url", LINE}:
                problem = Problem(
                    "orphan", "hasVariant", str(variant.get("@id")), "the variant is not in this document"
                )
                yield from self._issues(variant.get(LINE, line), [problem])
            else:
                yield from self._member(group, variant, row["title"])

    def _member(self, group: str, node: Row, title: str | None) -> Items:
        row, problems = product(self._joined(node), self._language)
        line = node.get(LINE, 1)
        row["title"] = row["title"] or title or ""
        yield from self._issues(line, problems)
        yield from self._groups.add(group, line, row | ({"group_title": title} if title else {}))

    def _product(self, node: Row) -> Items:
        owner = next((self._resolved(item) for item in many(node.get("isVariantOf")) if isinstance(item, dict)), {})
        group = name(node.get("inProductGroupWithID")) or identify(owner, first=_GROUP_IDS)
        if group:
            yield from self._member(group, node, name(owner.get("name")))
            return
        row, problems = product(self._joined(node), self._language)
        line = node.get(LINE, 1)
        yield from self._issues(line, problems)
        yield from ((line, item) for item in normalise(alone(row), self._file, line))

    def _faq(self, page: Row) -> Items:
        speech = language(page.get("inLanguage")) or self._language
        for node in [self._resolved(item) for item in many(page.get("mainEntity")) if isinstance(item, dict)]:
            line = node.get(LINE, 1)
            question = name(node.get("name")) or name(node.get("text")) or ""
            row = {"type": "faq", "id": name(node.get("@id")) or _faq_id(question), "question": question,
                   "answer": self._answer(node), "language": language(node.get("inLanguage")) or speech}  # fmt: skip
            row = {key: value for key, value in row.items() if value is not None}
            yield from ((line, item) for item in normalise(row, self._file, line))

    def _answer(self, question: Row) -> str:
        answers = many(question.get("acceptedAnswer")) or many(question.get("suggestedAnswer"))
        first = answers[0] if answers else ""
        node = self._resolved(first) if isinstance(first, dict) else {"text": first}
        return name(node.get("text")) or name(node.get("name")) or ""

    def _joined(self, node: Row) -> Row:
        """The node with the nodes that it points to in place of their ids, one level deep."""
        return {key: _map(value, self._resolved) for key, value in node.items()}

    def _issues(self, line: int, problems: list[Problem]) -> Iterator[tuple[int, Issue]]:
        for found in problems:
            yield line, Issue(
                code=found.code, file=self._file, line=line, field=found.field, value=found.value[:80],
                message=found.message,
            )  # fmt: skip


def _map(value: Any, resolved: Any) -> Any:
    if isinstance(value, dict):
        return resolved(value)
    return [resolved(item) if isinstance(item, dict) else item for item in value] if isinstance(value, list) else value


def _nodes(root: Any) -> Iterator[Row]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("@id"), str):
                yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _faq_id(question: str) -> str:
    """A page's questions have no ids of their own: the same question keeps the same id."""
    return f"faq-{sha256(question.encode()).hexdigest()[:12]}" if question else ""
