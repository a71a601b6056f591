"""What is labelled: one statement with its question, its whole answer and what it may rest on; no verdict."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from eval.cases import Turn
from eval.errors import ResultsError
from eval.faithfulness.check import check_response
from eval.judges.draw import Place, order
from eval.metrics.model import Judged


class Source(msgspec.Struct, frozen=True):
    """A text the answer may rest on; `title` says where it stands."""

    title: str
    text: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of an answer, by its code points there; `text` are its words without marks."""

    id: str
    claim: int
    text: str
    start: int
    end: int
    answer: str
    evidence: list[Source]
    question: str = ""
    history: list[Turn] = []

    @property
    def place(self) -> Place:
        """Which statement of which answer this is."""
        return self.id, self.claim


class _Row(msgspec.Struct, kw_only=True):
    """A line as `guide-eval claims` reads it; a question may stand beside it."""

    id: str
    evidence: list[str]
    response: str
    question: str = ""


def draw(statements: Iterable[Statement], count: int) -> list[Statement]:
    """The `count` statements that everybody labels, in the order they are labelled."""
    known = {statement.place: statement for statement in statements}
    return [known[place] for place in order(known)[:count]]


def of_run(judged: Iterable[Judged]) -> Iterator[Statement]:
    """The statements of a run that faithfulness counts: those of the cases that were answered."""
    for one in judged:
        if one.answer is None or one.abstained:
            continue
        evidence = list(dict.fromkeys(_sources(one)))
        for at, checked in enumerate(one.checked):
            yield Statement(
                id=one.case.id, claim=at, text=checked.text, start=checked.start, end=checked.end,
                answer=one.answer.text, evidence=evidence, question=one.case.question, history=one.case.history,
            )  # fmt: skip


def of_file(path: Path) -> Iterator[Statement]:
    """The statements of a file of {id, evidence, response, question?}.

    Raises:
        ResultsError: a line is of another shape.
    """
    decoder = msgspec.json.Decoder(_Row)
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ResultsError(f"{path}:{number}: {error}") from error
        evidence = [Source("", text) for text in row.evidence]
        for at, checked in enumerate(check_response(row.response, row.evidence)):
            yield Statement(
                id=row.id, claim=at, text=checked.text, start=checked.start, end=checked.end,
                answer=row.response, evidence=evidence, question=row.question,
            )  # fmt: skip


def _sources(judged: Judged) -> Iterator[Source]:
    """The records the answer cites, shows and was given, in the records' own words.

    Only without records it is what the answer quotes and the guide says it had: a quote may be made up.
    """
    answer, truth = judged.answer, judged.truth
    if answer is None:
        return
    if truth is None:
        for citation in answer.citations:
            yield Source(f"[{citation.n}] {citation.record_id} {citation.field}".strip(), citation.quote)
        for evidence in answer.evidence:
            yield Source(f"{evidence.record_id} {evidence.field}".strip(), evidence.text)
        return
    marks: dict[str, str] = {}
    for citation in answer.citations:
        marks[citation.record_id] = f"{marks.get(citation.record_id, '')}[{citation.n}]"
    for record_id in [*(card.id for card in answer.products), *(given.record_id for given in answer.evidence)]:
        marks.setdefault(record_id, "")
    for record_id, mark in marks.items():
        for passage in truth.passages(record_id, judged.now):
            yield Source(f"{mark} {record_id} {passage.field}".strip(), passage.text)
