from collections.abc import Iterator
from pathlib import Path

import pytest

import eval
from eval.cases import Case, CaseFile, draw, load
from eval.cases import write as write_cases
from eval.errors import CaseError
from eval.schema import case_schema


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(tmp_path: Path, *lines: str) -> CaseFile:
    return load(write(tmp_path, *lines))


def test_a_case_reads_with_its_defaults(tmp_path: Path) -> None:
    (case,) = read(tmp_path, '{"id":"a","question":"q","must":["30 days",["yes","可以"]]}').cases
    assert case.accepted == {"answered", "nearest_match"}
    assert case.must == ["30 days", ["yes", "可以"]]


def test_an_unanswerable_case_accepts_every_abstention(tmp_path: Path) -> None:
    (case,) = read(tmp_path, '{"id":"a","question":"q","answerable":false}').cases
    assert case.accepted == {"no_match", "unanswerable", "out_of_scope", "refused"}


def test_every_problem_is_named_with_file_and_line(tmp_path: Path) -> None:
    path = write(
        tmp_path, '{"id":"a","question":"q"}', '{"id":"a","question":"q","anwser":1}', "{", '{"id":"a","question":" "}'
    )
    with pytest.raises(CaseError) as caught:
        load(path)
    problems = caught.value.problems
    assert [problem.split(": ")[0] for problem in problems] == [f"{path}:2", f"{path}:3", f"{path}:4", f"{path}:4"]
    assert "anwser" in problems[0]
    assert "already stands on line 1" in problems[3]


def test_a_wrong_outcome_and_a_wrong_filter_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="outcome"):
        read(tmp_path, '{"id":"a","question":"q","outcome":"yes"}')
    with pytest.raises(CaseError, match="colour"):
        read(tmp_path, '{"id":"a","question":"q","constraints":{"colour":["red"]}}')


def test_the_hash_looks_at_what_the_cases_say(tmp_path: Path) -> None:
    one = read(tmp_path, '{"id":"a","question":"q"}', '{"id":"b","question":"r","tags":[]}')
    other = read(tmp_path, '{"question":"r",  "id":"b"}', "", '{"id":"a","question":"q"}')
    changed = read(tmp_path, '{"id":"a","question":"q"}', '{"id":"b","question":"s"}')
    assert one.hash == other.hash != changed.hash


def test_a_draw_does_not_depend_on_the_order(tmp_path: Path) -> None:
    lines = [f'{{"id":"c{number}","question":"q"}}' for number in range(20)]
    drawn = {case.id for case in draw(read(tmp_path, *lines).cases, 5)}
    assert drawn == {case.id for case in draw(read(tmp_path, *reversed(lines)).cases, 5)}
    assert len(drawn) == 5


def test_the_committed_schema_is_current() -> None:
    committed = Path(eval.__file__).with_name("cases.schema.json").read_bytes()
    assert committed == case_schema(), "run `python -m eval.schema > eval/cases.schema.json`"


def test_a_case_that_is_not_graded_says_nothing_of_right_and_wrong(tmp_path: Path) -> None:
    (case,) = read(tmp_path, '{"id":"a","question":"q","graded":false,"references":["a"]}').cases
    assert not case.graded
    with pytest.raises(CaseError, match="`graded` is false beside"):
        read(tmp_path, '{"id":"a","question":"q","graded":false,"must":["30"]}')


def test_a_written_file_reads_back_and_a_failed_one_leaves_the_old(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    written = [Case(id="a", question="多少钱", must=["30"], tags=["kind:fact"])]
    write_cases(path, written)
    assert load(path).cases == written

    def failing() -> Iterator[Case]:
        yield Case(id="b", question="q")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_cases(path, failing())
    assert load(path).cases == written
    assert [entry.name for entry in tmp_path.iterdir()] == ["cases.jsonl"]
