"""What holds for every importer of cases, with a small source of each format."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from import_sources import SOURCES

from catalog.model import Record, encode
from eval.case_commands import FORMATS
from eval.cases import Case, load
from eval.errors import SourceError
from eval.importers.collect import Imported, run
from eval.importers.formats import IMPORTERS
from eval.importers.model import Found, Importer, Options, Problem

MADE: dict[str, tuple[list[str], dict[str, int]]] = {
    "csv": (["How long may I wait?", "多久送到"], {"bad_cells": 1, "no_gold": 1, "no_question": 1}),
    "beir": (["blue cup"], {"bad_json": 1, "unknown_query": 1, "unknown_record": 1}),
    "trec": (["hair dryer quiet"], {"bad_judgement": 1, "no_question": 1, "unknown_query": 1}),
    "ragas": (
        ["How heavy is it?", "保修多久？", "how heavy?", "no reference"], {"no_gold": 1, "no_question": 1},
    ),
    "esci": (["saw", "none"], {"bad_judgement": 1, "no_gold": 1}),
    "icecat_chorus": (["laptop"], {"bad_json": 1}),
    "zh_ecom": (["灯罩"], {"bad_judgement": 1}),
    "rgb": (["谁赢了"], {"no_question": 1}),
    "webshop_goals": (["i want a mug"], {"duplicate_id": 1, "no_gold": 1, "no_question": 1}),
}  # fmt: skip
"""Questions and problem codes of the small sources; the two made sets are looked at in their own tests."""


@pytest.fixture(params=SOURCES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(name: str, tmp_path: Path) -> Imported:
    (tmp_path / "in").mkdir()
    source, options = SOURCES[name](tmp_path / "in")
    return run(IMPORTERS[name], source, tmp_path / "out.jsonl", options, None, None)


def test_every_format_has_a_source_here_and_a_name_on_the_command_line() -> None:
    assert list(SOURCES) == list(IMPORTERS) == list(FORMATS)


def test_the_case_file_is_valid_and_counted(made: Imported) -> None:
    file = load(Path(made.out))
    assert (len(file.cases), file.hash) == (made.cases, made.hash)
    assert made.without_gold == sum(not case.graded for case in file.cases) == made.codes.get("no_gold", 0)


def test_every_case_says_its_language_and_has_gold_or_is_not_graded(made: Imported) -> None:
    for case in load(Path(made.out)).cases:
        assert case.language in {"zh", "en"}
        gold = case.references or case.must or not case.answerable or case.outcome or case.constraints
        assert case.graded == bool(gold or any(grade > 0 for grade in case.relevant.values()))


def test_ids_do_not_depend_on_the_run(name: str, made: Imported, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    source, options = SOURCES[name](tmp_path / "again")
    again = run(IMPORTERS[name], source, tmp_path / "again.jsonl", options, None, None)
    assert again.hash == made.hash
    assert Path(made.out).read_bytes() == Path(again.out).read_bytes()


def test_the_halves_part_the_cases(name: str, made: Imported, tmp_path: Path) -> None:
    source, options = SOURCES[name](tmp_path / "in")
    ids: list[str] = []
    for half in ("tune", "report"):
        path = tmp_path / f"{half}.jsonl"
        try:
            assert run(IMPORTERS[name], source, path, options, half, None).cases
            ids += [case.id for case in load(path).cases]
        except SourceError:
            assert not path.exists()
    assert sorted(ids) == sorted(case.id for case in load(Path(made.out)).cases)


def test_problems_name_a_file_a_line_and_a_code(name: str, made: Imported) -> None:
    questions, codes = MADE.get(name, (None, {}))
    assert made.codes == codes
    for problem in made.problems:
        assert Path(problem.file).is_file()
        assert 1 <= problem.line <= len(Path(problem.file).read_text("utf-8").splitlines())
        assert str(problem).startswith(f"{problem.file}:{problem.line}: {problem.code}: ")
    if questions:
        assert [case.question for case in load(Path(made.out)).cases] == questions


def test_relevant_records_are_among_those_the_source_brings(name: str, made: Imported, tmp_path: Path) -> None:
    source = SOURCES[name](tmp_path / "in")[0]
    records = [encode(record) for record in IMPORTERS[name].records(source)]
    catalog = tmp_path / "catalog.jsonl"
    if not records:
        with pytest.raises(SourceError, match="no records of its own"):
            run(IMPORTERS[name], source, tmp_path / "o.jsonl", SOURCES[name](tmp_path / "in")[1], None, catalog)
        assert not catalog.exists()
        return
    run(IMPORTERS[name], source, tmp_path / "o.jsonl", SOURCES[name](tmp_path / "in")[1], None, catalog)
    known = {record.id for record in IMPORTERS[name].records(source)}
    graded = {id_ for case in load(tmp_path / "o.jsonl").cases for id_ in case.relevant}
    assert len(graded - known) == made.codes.get("unknown_record", 0)
    assert catalog.read_bytes() == b"".join(line + b"\n" for line in records)


def test_a_source_of_another_kind_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    other = tmp_path / "in" / "other"
    other.write_bytes(b"\xff\xfe\x00nothing of use\n")
    with pytest.raises(SourceError):
        run(IMPORTERS[name], other, tmp_path / "out.jsonl", Options(qrels=other), None, None)
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


class Breaking:
    """An importer that fails half way."""

    name = source = "breaking"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        yield Found("f", 1, Case(id="a", question="q", must=["m"]))

    def records(self, source: Path) -> Iterator[Record]:
        yield from IMPORTERS["rgb"].records(source)
        raise SourceError("the disk is gone")

    def half(self, case: Case) -> str:
        return "tune"


def test_a_failure_half_way_leaves_what_stood_there(tmp_path: Path) -> None:
    source, options = SOURCES["rgb"](tmp_path)
    importer: Importer = Breaking()  # type: ignore[assignment]
    out, catalog = tmp_path / "out.jsonl", tmp_path / "catalog.jsonl"
    catalog.write_text("before", encoding="utf-8")
    with pytest.raises(SourceError, match="disk"):
        run(importer, source, out, options, None, catalog)
    assert catalog.read_text("utf-8") == "before"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["catalog.jsonl", "zh_small.jsonl"]
