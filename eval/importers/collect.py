"""From a source to a case file: take every usable row, keep the first of an id, choose a half, write it whole."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from catalog.model import Record, encode
from eval.cases import Case, content_hash, faults, write
from eval.errors import SourceError
from eval.files import replaced
from eval.importers.model import Code, Found, Half, Importer, Options, Problem


class Imported(msgspec.Struct, kw_only=True):
    """What an import made: the counts add up, and every problem names its line."""

    out: str
    cases: int
    hash: str
    without_gold: int
    """Cases that are asked but never scored as right or wrong."""
    other_half: int
    """Cases left out because they belong to the other half."""
    records: int
    """Records written with `--catalog-out`."""
    problems: list[Problem]
    codes: dict[Code, int]
    """How many problems of each code."""


def run(
    importer: Importer, source: Path, out: Path, options: Options, half: Half | None, catalog: Path | None
) -> Imported:
    """Import `source` into the case file `out`, and its records into `catalog`.

    Raises:
        SourceError: nothing of it can be used; nothing is written then.
    """
    cases, problems = _collect(importer.cases(source, options))
    chosen = [case for case in cases if half in (None, importer.half(case))]
    if not chosen:
        reasons = "\n".join(map(str, problems[:20]))
        raise SourceError(f"{source}: no case can be made of it\n{reasons}".rstrip())
    records = _records(importer, source, catalog) if catalog else 0
    write(out, chosen)
    return Imported(
        out=str(out),
        cases=len(chosen),
        hash=content_hash(chosen),
        without_gold=sum(not case.graded for case in chosen),
        other_half=len(cases) - len(chosen),
        records=records,
        problems=problems,
        codes=dict(sorted(Counter(problem.code for problem in problems).items())),
    )


def _collect(found: Iterable[Found | Problem]) -> tuple[list[Case], list[Problem]]:
    """The cases of all usable rows, and every problem in the order of the source."""
    cases: list[Case] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for item in found:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        wrong = _fault(item, seen)
        if wrong:
            problems.append(wrong)
            continue
        seen[item.case.id] = item.line
        cases.append(item.case)
        if not item.case.graded:
            message = "asked all the same, but its answer counts neither as right nor as wrong"
            problems.append(Problem(file=item.file, line=item.line, code="no_gold", message=message))
    return cases, problems


def _fault(item: Found, seen: dict[str, int]) -> Problem | None:
    if item.case.id in seen:
        message = f"id {item.case.id!r} already stands on line {seen[item.case.id]}; the first is kept"
        return Problem(file=item.file, line=item.line, code="duplicate_id", message=message)
    wrong = faults(item.case, seen)
    return Problem(file=item.file, line=item.line, code="bad_case", message="; ".join(wrong)) if wrong else None


def _records(importer: Importer, source: Path, out: Path) -> int:
    """Write the source's records as canonical lines.

    Raises:
        SourceError: it brings none.
    """
    found: dict[str, Record] = {record.id: record for record in importer.records(source)}
    if not found:
        raise SourceError(f"{source}: brings no records of its own; leave out --catalog-out")
    with replaced(out) as file:
        file.writelines(encode(record) + b"\n" for record in found.values())
    return len(found)
