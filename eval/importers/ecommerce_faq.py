"""ecommerce_faq: 79 frequently asked questions, asked as they stand and in other words (shared set).

The data has no licence and stays where it is: ecommerce_faq.toml holds only our own wordings and the key facts an
answer must name, by line of ecommerce_faq_79.jsonl. The facts are checked against the answers here. Entries with nearly
the same answer are graded as relevant too.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from catalog.model import Faq, Record
from eval.cases import Case
from eval.errors import SourceError
from eval.importers.model import Found, Options, Plain, Problem
from eval.importers.text import Line, json_lines, text_of
from eval.metrics.answers import overlap
from eval.text.fold import contains

FILE = "ecommerce_faq_79.jsonl"
# From this token F1 on, two answers tell a shopper the same.
SAME_ANSWER = 0.75


class EcommerceFaq(Plain):
    """Answered questions of a shop, two cases each, and what they do not answer."""

    name = "ecommerce_faq"
    source = f"the set's folder, or {FILE}"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """All questions, in English.

        Raises:
            SourceError: an entry does not hold the fact it is asked for: this is another file.
        """
        path, shop = _path(source), _faqs(source)
        if len(shop) != len(_own()["entries"]):
            raise SourceError(f"{path}:1: holds {len(shop)} entries; {FILE} has {len(_own()['entries'])}")
        for line, wording, facts in _own()["entries"]:
            entry = shop[line - 1]
            if not any(contains(entry.answer, fact) for fact in facts):
                raise SourceError(f"{path}:{line}: the answer names none of {facts}: this is not {FILE}")
            relevant = {other.id: 1.0 for other in shop if _same(entry, other)}
            for kind, question in (("original", entry.question), ("paraphrase", wording)):
                case = Case(
                    id=f"{entry.id}-{kind}", question=question, language="en", relevant=relevant,
                    references=[entry.answer], must=[facts], tags=[kind],
                )  # fmt: skip
                yield Found(str(path), line, case)
        for case in _declined():
            yield Found(str(path), len(shop), case)

    def records(self, source: Path) -> Iterator[Record]:
        """The entries."""
        yield from _faqs(source)


@cache
def _own() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _path(source: Path) -> Path:
    return source / FILE if source.is_dir() else source


def _faqs(source: Path) -> list[Faq]:
    rows = [line.row for line in json_lines(_path(source)) if isinstance(line, Line)]
    return [
        Faq(id=f"faq-{at:02}", question=text_of(row, "question"), answer=text_of(row, "answer"), language="en")
        for at, row in enumerate(rows, start=1)
    ]


def _declined() -> Iterator[Case]:
    own = _own()
    for at, question in enumerate(own["unanswerable"]):
        id_ = f"faq-unanswerable-{at}"
        yield Case(id=id_, question=question, language="en", answerable=False, tags=["unanswerable"])
    for at, question in enumerate(own["out_of_scope"]):
        id_ = f"faq-out-of-scope-{at}"
        yield Case(id=id_, question=question, language="en", answerable=False, tags=["out_of_scope"])
    for at, question in enumerate(own["order_account"]):
        yield Case(
            id=f"faq-account-{at}", question=question, language="en", answerable=False,
            outcome=["out_of_scope", "refused"], tags=["order_account"],
        )  # fmt: skip


def _same(entry: Faq, other: Faq) -> bool:
    return entry is other or overlap(entry.answer, [other.answer], chinese=False)[2] >= SAME_ANSWER
