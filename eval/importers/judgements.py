"""Graded judgements (qrels), and the cases that queries and judgements make."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from eval.cases import Case
from eval.importers.model import Found, Options, Problem
from eval.importers.text import read_text
from eval.text.fold import language_of


class Graded(NamedTuple):
    """A query's records with their grades, and the line of its first judgement."""

    line: int
    records: dict[str, float]


Judged: TypeAlias = dict[str, Graded]
"""By query id."""


def tsv(path: Path, known: Iterable[str] | None = None) -> tuple[Judged, list[Problem]]:
    """BEIR's judgements: query, record and grade, parted by tabs, under a header."""
    rows = [(number, line.split("\t")) for number, line in _lines(path)]
    if rows and len(rows[0][1]) == 3 and _grade(rows[0][1][2]) is None:
        rows = rows[1:]
    return _read(path, ((number, cells if len(cells) == 3 else []) for number, cells in rows), known)


def trec(path: Path, known: Iterable[str] | None = None) -> tuple[Judged, list[Problem]]:
    """TREC's judgements: query, iteration, record and grade, parted by spaces."""
    rows = ((number, line.split()) for number, line in _lines(path))
    return _read(path, ((n, [c[0], c[2], c[3]] if len(c) == 4 else []) for n, c in rows), known)


def graded_cases(
    path: Path, queries: Iterable[tuple[int, str, str]], qrels: Path, judged: Judged, options: Options
) -> Iterator[Found | Problem]:
    """A case for each judged query of (line, id, text); judgements of no query are told of.

    A query nobody judged belongs to another part of the set and is no case; one judged without any relevant record
    is a case without gold.
    """
    seen = set()
    for line, id_, text in queries:
        seen.add(id_)
        if not id_ or not text:
            message = "a query needs an id and a text"
            yield Problem(file=str(path), line=line, code="no_question", message=message)
        elif id_ in judged:
            records = judged[id_].records
            language = options.language or language_of(text)
            graded = any(grade > 0 for grade in records.values())
            case = Case(id=id_, question=text, language=language, relevant=records, graded=graded)
            yield Found(str(path), line, case)
    for id_, found in judged.items():
        if id_ not in seen:
            message = f"query {id_!r} is judged but is not among the queries"
            yield Problem(file=str(qrels), line=found.line, code="unknown_query", message=message)


def _read(
    path: Path, rows: Iterable[tuple[int, list[str]]], known: Iterable[str] | None
) -> tuple[Judged, list[Problem]]:
    judged: Judged = {}
    problems = []
    ids = None if known is None else set(known)
    for number, cells in rows:
        grade = _grade(cells[2]) if cells else None
        if grade is None:
            message = "not a judgement: a query, a record and a grade"
            problems.append(Problem(file=str(path), line=number, code="bad_judgement", message=message))
            continue
        query, record = (cell.strip() for cell in cells[:2])
        if ids is not None and record not in ids:
            message = f"record {record!r} is not in the corpus"
            problems.append(Problem(file=str(path), line=number, code="unknown_record", message=message))
        # TREC grades below 0 mark spam: no more relevant than 0.
        judged.setdefault(query, Graded(number, {})).records[record] = max(grade, 0.0)
    return judged, problems


def _grade(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    lines = enumerate(read_text(path).splitlines(), start=1)
    return ((number, line) for number, line in lines if line.strip())
