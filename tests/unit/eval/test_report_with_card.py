"""A judge card on the command line: the report shows it, corrects by its labels, and lets faithfulness gate."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lamp_shop import lamp_answer

from eval.cli import main
from eval.commands import answers
from eval.judges.version import version
from eval.label.session import Session
from eval.label.statements import draw, of_run


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def guide(path: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    """Every fifth price is wrong."""
    wrong = int(body["question"].split()[-1]) % 5 == 0
    return 200, {}, lamp_answer(f"The Aurora Desk Lamp costs {'$44.40' if wrong else '$49.90'} [1].")


@pytest.fixture
def run_folder(serve: Callable[..., str], catalog_file: Path, tmp_path: Path) -> Path:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("".join(json.dumps({"id": f"c{at}", "question": f"Lamp {at}"}) + "\n" for at in range(60)))
    out = tmp_path / "run"
    done = call("run", cases, "--target", serve(guide), "--out", out, "--catalog", catalog_file)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture
def card_file(run_folder: Path, tmp_path: Path) -> Path:
    """One labeller, who agrees with the records except on one statement of five."""
    labels = tmp_path / "ann.jsonl"
    statements = draw(of_run(answers(run_folder)), 55)
    session = Session(statements, "ann", "run", labels)
    for at, statement in enumerate(statements):
        wrong = "$44.40" in statement.text or at % 5 == 0
        session.label(statement.place, "contradicted" if wrong else "supported")
    done = call("calibrate", labels, "--scores", run_folder / "scores.jsonl", "--out", tmp_path / "card.json")
    assert done.exit_code == 0, done.output
    return tmp_path / "card.json"


def test_a_report_with_a_card_shows_it_and_the_corrected_figure(run_folder: Path, card_file: Path) -> None:
    done = call("report", run_folder, "--judge-card", card_file, "--min", "faithfulness_offline=0.5", "--json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["judge_card"]["n"] == 55
    assert report["judge_card"].get("labelled", []) == []
    raw, found = report["metrics"]["faithfulness_offline"]["value"], report["faithfulness_corrected"]
    assert found["raw"] == raw == 0.8
    assert found["value"] < 0.72
    assert found["interval"][0] < found["value"] < found["interval"][1]
    words = (run_folder / "report.md").read_text("utf-8")
    assert "## Judge card" in words
    assert "Faithfulness, corrected by 55 labels (run) of the run's 60 statements: 0." in words
    missed = call("report", run_folder, "--judge-card", card_file, "--min", "faithfulness_offline=0.9")
    assert missed.exit_code == 1


def test_a_run_of_other_answers_shows_the_card_and_says_why_it_is_not_corrected(
    run_folder: Path, card_file: Path
) -> None:
    card = card_file.read_text("utf-8")
    card_file.write_text(card.replace('"id": "c', '"id": "other'), "utf-8")
    report = json.loads(call("report", run_folder, "--judge-card", card_file, "--json").stdout)
    assert report["faithfulness_corrected"]["value"] is None
    assert "other answers" in report["faithfulness_corrected"]["refused"]
    assert "not corrected by labels" in (run_folder / "report.md").read_text("utf-8")


def test_a_stale_card_is_refused_before_anything_is_scored(run_folder: Path, card_file: Path) -> None:
    card = json.loads(card_file.read_text("utf-8"))
    card_file.write_text(json.dumps({**card, "version": "older"}), "utf-8")
    refused = call("report", run_folder, "--judge-card", card_file)
    assert refused.exit_code == 2
    assert "guide-eval calibrate" in refused.stderr
    assert call("report", run_folder, "--min", "faithfulness_offline=0.5").exit_code == 2


def test_scores_of_another_version_of_the_judge_are_not_vouched_for(run_folder: Path, card_file: Path) -> None:
    rules = run_folder.parent / "rules.toml"
    rules.write_text("[metrics.faithfulness_offline]\nmin = 0.5\n", "utf-8")
    words = ("gate", run_folder, "--rules", rules, "--judge-card", card_file)
    assert call(*words).exit_code == 0
    assert call("gate", run_folder, "--rules", rules).exit_code == 2
    scores = run_folder / "scores.jsonl"
    scores.write_text(scores.read_text("utf-8").replace(f'"judge":"{version()}"', '"judge":"older"', 1), "utf-8")
    stale = call(*words)
    assert stale.exit_code == 2
    assert "guide-eval report" in stale.stderr
    labels = run_folder.parent / "ann.jsonl"
    refused = call("calibrate", labels, "--scores", scores, "--out", card_file)
    assert refused.exit_code == 2
    assert "scored by faithfulness_offline older" in refused.stderr
