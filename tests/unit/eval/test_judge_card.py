"""Calibration: labels against verdicts, the card, and what refuses it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner
from sklearn.metrics import balanced_accuracy_score, cohen_kappa_score, roc_auc_score

from eval.cli import main
from eval.errors import CardError
from eval.judges import agreement
from eval.judges.calibrate import calibrate
from eval.judges.card import LABELS, JudgeCard, Labelled, load, save
from eval.judges.labels import Unit, join, read_labels, read_scores
from eval.judges.version import NAME, PARTS, version


def claim(verdict: str, support: float, text: str = "a b c", start: int = 0) -> dict[str, Any]:
    return {
        "text": text, "start": start, "end": start + len(text), "verdict": verdict, "reason": "text",
        "support": support, "cited": False,
    }  # fmt: skip


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def many(count: int, seed: int = 3) -> list[Unit]:
    """Statements of a judge that is mostly right, two labellers each."""
    rng = np.random.default_rng(seed)
    units = []
    for at in range(count):
        said = LABELS[rng.choice(4, p=[0.5, 0.2, 0.2, 0.1])]
        votes = {"ann": said, "bo": said if rng.random() < 0.8 else LABELS[rng.integers(4)]}
        judged = said if rng.random() < 0.7 else LABELS[rng.integers(4)]
        units.append(Unit("s", f"a{at // 3}", at % 3, "x", votes, judged, float(np.round(rng.random(), 1))))
    return units


def test_the_figures_are_those_of_scikit_learn() -> None:
    units = many(200)
    votes = agreement.against_judge(units)
    said = np.array([label for unit in units for label in unit.votes.values()])
    judged = np.array([unit.verdict for unit in units for _ in unit.votes])
    score = np.array([unit.score for unit in units for _ in unit.votes])
    read = (said != "not_checkable") & (judged != "not_checkable")
    good = said[read] == "supported"
    ours = agreement.balanced_accuracy(votes)
    assert ours.value == pytest.approx(balanced_accuracy_score(good, judged[read] == "supported"), abs=1e-4)
    assert agreement.auc(votes).value == pytest.approx(roc_auc_score(good, score[read]), abs=1e-4)
    both = agreement.between(units, "ann", "bo")
    ann, bo = ([unit.votes[name] for unit in units] for name in ("ann", "bo"))
    assert agreement.kappa(both).value == pytest.approx(cohen_kappa_score(ann, bo), abs=1e-4)
    assert agreement.raw_agreement(both).value == pytest.approx(np.mean(np.array(ann) == np.array(bo)), abs=1e-4)
    assert ours.low is not None
    assert ours.low < ours.value < ours.high


def test_the_interval_knows_that_statements_of_one_answer_go_together() -> None:
    alone = [Unit("s", f"a{at}", 0, "x", {"ann": LABELS[at % 2]}, LABELS[at % 4 // 2], 0.5) for at in range(80)]
    together = [unit._replace(id=f"a{at % 4}") for at, unit in enumerate(alone)]
    wide, narrow = (agreement.raw_agreement(agreement.against_judge(units)) for units in (together, alone))
    assert wide.value == narrow.value == 0.5
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_a_statement_people_disagree_on_counts_in_parts() -> None:
    units = [Unit("s", "a", 0, "x", {"ann": "supported", "bo": "contradicted"}, "supported", 1.0)]
    assert agreement.confusion(agreement.against_judge(units)) == {
        "supported": {"supported": 0.5}, "contradicted": {"supported": 0.5},
    }  # fmt: skip


def test_nothing_to_compute_from_gives_no_value() -> None:
    units = [Unit("s", "a", 0, "x", {"ann": "not_checkable"}, "supported", 1.0)]
    votes = agreement.against_judge(units)
    assert agreement.auc(votes).value is None
    assert agreement.balanced_accuracy(votes).value is None
    assert agreement.kappa(agreement.between(units, "ann", "bo")).value is None


def test_labels_meet_their_statements_by_place_by_span_and_as_a_whole(tmp_path: Path) -> None:
    scores = lines(tmp_path / "scores.jsonl", [
        {"id": "a", "score": 0.4, "verdict": "contradicted",
         "claims": [claim("supported", 0.9), claim("contradicted", 0.1, "d e", 10)]},
    ])  # fmt: skip
    labels = lines(tmp_path / "labels.jsonl", [
        {"id": "a", "claim": 0, "label": "supported", "labeller": "ann"},
        {"id": "a", "start": 9, "end": 12, "label": "supported", "labeller": "ann"},
        {"id": "a", "label": "contradicted", "labeller": "ann", "set": "whole"},
        {"id": "a", "claim": 0, "label": "contradicted", "labeller": "bo"},
        {"id": "a", "claim": 0, "label": None, "labeller": "bo"},
        {"id": "a", "claim": 0, "label": "not_enough_evidence", "labeller": "ann"},
    ])  # fmt: skip
    units = join(read_labels([labels]), read_scores([scores]))
    assert {(unit.set, unit.claim): (unit.votes, unit.verdict, unit.score) for unit in units} == {
        ("labels", 0): ({"ann": "not_enough_evidence"}, "supported", 0.9),
        ("labels", 1): ({"ann": "supported"}, "contradicted", 0.1),
        ("whole", None): ({"ann": "contradicted"}, "contradicted", 0.4),
    }


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ({"id": "b", "claim": 0}, "other answers"),
        ({"id": "a", "claim": 7}, "has 1 statements"),
        ({"id": "a", "claim": 0, "text": "A B C"}, "other words"),
        ({"id": "a", "start": 40, "end": 50}, "no statement stands at 40-50"),
        ({"id": "a"}, "as a whole"),
        ({"id": "a", "claim": 0, "label": "true"}, "labels.jsonl:1"),
    ],
)
def test_labels_of_something_else_are_refused(tmp_path: Path, label: dict[str, Any], says: str) -> None:
    scores = lines(tmp_path / "scores.jsonl", [{"id": "a", "claims": [claim("supported", 0.9)]}])
    labels = lines(tmp_path / "labels.jsonl", [{"label": "supported", "labeller": "ann", **label}])
    with pytest.raises(CardError, match=says):
        calibrate([labels], [scores], NAME, version())


def test_the_hash_of_labels_knows_neither_their_order_nor_their_time(tmp_path: Path) -> None:
    scores = lines(tmp_path / "scores.jsonl", [{"id": "a", "claims": [claim("supported", 0.9)] * 2}])
    rows: list[dict[str, Any]] = [
        {"id": "a", "claim": at, "label": "supported", "labeller": "ann", "at": f"2026-11-2{at}"} for at in range(2)
    ]
    hashes = [
        calibrate([lines(tmp_path / f"{name}.jsonl", some)], [scores], NAME, version()).labels_sha256
        for name, some in (("one", rows), ("two", rows[::-1]), ("three", rows[:1]))
    ]
    assert hashes[0] == hashes[1] != hashes[2]


def make_card(n: int = 60, **changes: Any) -> JudgeCard:
    card = JudgeCard(judge=NAME, version=version(), date="2026-11-22", labels_sha256="0" * 64, n=n, sets=[])
    return msgspec.structs.replace(card, **changes)


def test_a_card_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    one = Labelled(set="s", id="a", claim=0, digest="d", votes={"supported": 2})
    card = make_card(labelled=[one])
    save(card, tmp_path / "card.json")
    assert load(tmp_path / "card.json") == card
    assert card.face.labelled == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"n": 49}, "at least 50"), ({"version": "old"}, "calibrate"), ({"judge": "somebody"}, "a card of somebody")],
)
def test_a_card_that_cannot_vouch_is_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    save(make_card(**changes), tmp_path / "card.json")
    with pytest.raises(CardError, match=says):
        load(tmp_path / "card.json")


def test_what_is_no_card_is_refused(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("{}", "utf-8")
    with pytest.raises(CardError, match="no judge card"):
        load(tmp_path / "card.json")


def test_the_version_of_the_judge_is_that_of_all_it_judges_with() -> None:
    """What the checker imports is hashed, but for the shapes of an answer."""
    code = "import sys, eval.faithfulness.check, eval.ranges; print(*(m for m in sys.modules if m.startswith('eval.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    used = {name.removeprefix("eval.").replace(".", "/") for name in done.stdout.split()}
    hashed = tuple(part.removesuffix(".py") for part in PARTS)
    assert {name for name in used if not name.startswith(hashed)} <= {"answer", "cases", "errors", "files", "metrics"}


def test_calibrate_writes_a_card_and_says_it(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    scores, labels = [], []
    for at in range(60):
        good = bool(rng.random() < 0.7)
        scores.append({"id": f"a{at}", "claims": [claim("supported" if good else "contradicted", 0.8 * good + 0.1)]})
        for name, sure in (("ann", 0.95), ("bo", 0.9)):
            right = good == bool(rng.random() < sure)
            labels.append(
                {"id": f"a{at}", "claim": 0, "label": "supported" if right else "not_enough_evidence", "labeller": name}
            )
    words = ["calibrate", str(lines(tmp_path / "l.jsonl", labels)), "--scores",
             str(lines(tmp_path / "s.jsonl", scores)), "--out", str(tmp_path / "card.json")]  # fmt: skip
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "labels: 60 labelled in 60 answers by ann, bo" in done.stdout
    assert "ann and bo: kappa " in done.stdout
    card = load(tmp_path / "card.json")
    assert card.n == 60
    assert len(card.labelled) == 60
    assert sum(count for row in card.sets[0].confusion.values() for count in row.values()) == pytest.approx(60)
    said = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert "labelled" not in said or said["labelled"] == []
    assert said["sets"][0]["balanced_accuracy"]["value"] > 0.8
    foreign = CliRunner().invoke(main, [*words, "--judge", "other"])
    assert foreign.exit_code == 2
