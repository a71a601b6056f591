"""`guide-eval import` as a person meets it, and what is peculiar to single formats."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lamp_shop import lamp_answer

from eval.answer import read_answer
from eval.cases import load
from eval.cli import main
from eval.metrics import abstention, answers
from eval.metrics.model import Judged


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["import", *(str(word) for word in words)])


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "faq.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_columns_of_other_names_is_mapped(tmp_path: Path) -> None:
    source = table(tmp_path, "Nr;Frage;Antwort;Pflicht\n7;How long?;30 days.;30 days|thirty days;return\n")
    out = tmp_path / "cases.jsonl"
    refused = call(source, "--format", "csv", "--out", out)
    assert refused.exit_code == 3
    assert f"{source}:1: no column of questions among 'Nr', 'Frage'" in refused.stderr
    assert not out.exists()
    words = ["--map", "question=Frage", "--map", "references=Antwort", "--map", "id=Nr", "--map", "must=Pflicht"]
    wrong = call(source, "--format", "csv", "--out", out, *words)
    assert "faq.csv:2: bad_cells: 5 cells, but the header has 4" in wrong.stderr
    assert wrong.exit_code == 3
    table(tmp_path, 'Nr;Frage;Antwort;Pflicht\n7;How long?;30 days.;"30 days|thirty days;return"\n')
    assert call(source, "--format", "csv", "--out", out, *words).exit_code == 0
    (case,) = load(out).cases
    assert (case.id, case.question, case.references) == ("7", "How long?", ["30 days."])
    assert case.must == [["30 days", "thirty days"], "return"]


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ","), ("gb18030", "\t"), ("utf-8", ";")])
def test_chinese_headers_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = [("编号", "问题", "答案", "可回答"), ("1", "多久能到？", "三天内。", "是"), ("2", "店主是谁？", "", "否")]
    source = table(tmp_path, "".join(mark.join(row) + "\r\n" for row in rows), encoding)
    assert call(source, "--format", "csv", "--out", tmp_path / "out.jsonl").exit_code == 0
    known, unknown = load(tmp_path / "out.jsonl").cases
    assert (known.language, known.references, known.graded) == ("zh", ["三天内。"], True)
    assert (unknown.answerable, unknown.graded) == (False, True)


def test_a_line_break_in_a_cell_does_not_shift_the_lines(tmp_path: Path) -> None:
    source = table(tmp_path, 'question,answer\n"How\nlong?",30 days\n,nothing asked\n')
    done = call(source, "--format", "csv", "--out", tmp_path / "out.jsonl", "--json")
    problems = json.loads(done.stdout)["problems"]
    assert [(problem["line"], problem["code"]) for problem in problems] == [(4, "no_question")]


@pytest.mark.parametrize("form", ["csv", "ragas"])
def test_an_open_quotation_mark_is_told_and_nothing_is_written(tmp_path: Path, form: str) -> None:
    csv.field_size_limit(1 << 20)  # as whoever read a table before may have left it
    source = table(tmp_path, 'question,reference\n"How long?,30 days\n' + "x" * 140_000)
    refused = call(source, "--format", form, "--out", tmp_path / "out.jsonl")
    assert refused.exit_code == 3
    assert f"{source}:2: not a table: field larger than field limit" in refused.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_grades_stand_after_a_colon(tmp_path: Path) -> None:
    source = table(tmp_path, "question,relevant\nWhich cup?,shop:cup:2; faq-1\n")
    assert call(source, "--format", "csv", "--out", tmp_path / "out.jsonl").exit_code == 0
    assert load(tmp_path / "out.jsonl").cases[0].relevant == {"shop:cup": 2.0, "faq-1": 1.0}


def test_what_a_system_answered_is_no_gold(tmp_path: Path) -> None:
    source = tmp_path / "old.csv"
    source.write_text(
        "question,answer,contexts,ground_truths\nHow heavy?,9 kg,\"['x']\",\"['2 kg']\"\n", encoding="utf-8"
    )
    assert call(source, "--format", "ragas", "--out", tmp_path / "out.jsonl").exit_code == 0
    (case,) = load(tmp_path / "out.jsonl").cases
    assert case.references == ["2 kg"]


def test_a_conversation_becomes_history_and_a_question(tmp_path: Path) -> None:
    said = [{"type": "human", "content": "a tent?"}, {"type": "ai", "content": "The Alp."},
            {"type": "human", "content": "how heavy?"}, {"type": "ai", "content": "2 kg"}]  # fmt: skip
    source = tmp_path / "set.json"
    source.write_text(json.dumps([{"user_input": said, "reference": "2 kg"}]), encoding="utf-8")
    assert call(source, "--format", "ragas", "--out", tmp_path / "out.jsonl").exit_code == 0
    (case,) = load(tmp_path / "out.jsonl").cases
    assert [turn.content for turn in case.history] == ["a tent?", "The Alp."]
    assert case.question == "how heavy?"


def test_trec_topics_a_line_each(tmp_path: Path) -> None:
    topics, qrels = tmp_path / "topics.tsv", tmp_path / "qrels"
    topics.write_text("1\tblue cup\n2\tred cup\n", encoding="utf-8")
    qrels.write_text("1 0 d1 2\n1 0 d2 0\n", encoding="utf-8")
    missing = call(topics, "--format", "trec", "--out", tmp_path / "out.jsonl")
    assert (missing.exit_code, "--qrels" in missing.stderr) == (3, True)
    assert call(topics, "--format", "trec", "--qrels", qrels, "--out", tmp_path / "out.jsonl").exit_code == 0
    (case,) = load(tmp_path / "out.jsonl").cases
    assert (case.id, case.relevant) == ("1", {"d1": 2.0, "d2": 0.0})


def test_wrong_usage_is_exit_2(tmp_path: Path) -> None:
    source = table(tmp_path, "question\nHow?\n")
    assert call(source, "--format", "csv", "--out", tmp_path / "o", "--map", "question").exit_code == 2
    assert call(source, "--format", "xls", "--out", tmp_path / "o").exit_code == 2
    assert call(tmp_path / "none.csv", "--format", "csv", "--out", tmp_path / "o").exit_code == 2


def test_a_row_without_gold_is_never_right(tmp_path: Path) -> None:
    source = table(tmp_path, "question\nHow much is the lamp?\n")
    done = call(source, "--format", "csv", "--out", tmp_path / "out.jsonl")
    assert "1 of them without gold: never scored as right or wrong" in done.stdout
    judged = Judged(load(tmp_path / "out.jsonl").cases[0], read_answer(lamp_answer()), 12.0)
    assert answers.wrongs(judged) is None
    states = {metric.name: metric.sample(judged).state for metric in (*answers.METRICS, *abstention.METRICS)}
    assert set(states.values()) == {"not_applicable"}, states


def test_validate_tells_machines_what_is_wrong_and_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id":"a","question":"q","tags":["x"]}\n{"id":"b","question":"q","graded":false}\n', "utf-8")
    held = json.loads(CliRunner().invoke(main, ["validate", str(path), "--json"]).stdout)
    assert (held["cases"], held["without_gold"], held["tags"]) == (2, 1, {"x": 1})
    path.write_text('{"id":"a"}\n', "utf-8")
    wrong = CliRunner().invoke(main, ["validate", str(path), "--json"])
    assert wrong.exit_code == 2
    assert json.loads(wrong.stdout)["problems"][0].startswith(f"{path}:1: ")
