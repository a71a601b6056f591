"""Prediction-powered correction: right on average, with an interval that covers, and refused where it cannot hold."""

import re

import numpy as np
import pytest

from bench.correction import RATE, measure
from eval.faithfulness.model import Checked
from eval.judges.card import JudgeCard, Labelled
from eval.judges.correct import Answered, corrected, ratio
from eval.judges.draw import order
from eval.judges.labels import digest_of
from eval.judges.version import NAME, version


@pytest.mark.parametrize("flip", [0.05, 0.3])
def test_the_interval_covers_the_truth_95_times_in_100(flip: float) -> None:
    found = measure(flip, 100, 600)
    assert 0.93 <= found["covers"] <= 0.97  # 600 draws see .95 to within .018
    assert abs(found["corrected"] - RATE) < 0.005
    assert abs(found["judge alone"] - RATE) > 0.02  # what the judge says alone is off


def test_a_good_judge_gives_a_narrower_interval_than_labels_alone() -> None:
    found = measure(0.05, 100, 100)
    assert found["width"] < found["width of labels alone"]


def statement(at: int, n: int) -> Checked:
    verdict = "contradicted" if (at + n) % 5 == 0 else "supported"
    return Checked(f"Statement {at} {n}.", 0, 9, verdict, "text", 0.5, False)


def answers(count: int = 40, each: int = 2) -> list[Answered]:
    return [Answered(f"c{at}", f"t{at}", [statement(at, n) for n in range(each)]) for at in range(count)]


def card(said: list[Answered], count: int = 60, skip: int = 0, words: str = "") -> JudgeCard:
    """Labels as `guide-eval label` draws them: all agree with the judge but every tenth, which nobody can check."""
    texts = {(one.id, at): claim for one in said for at, claim in enumerate(one.claims)}
    places = order(texts)[skip : skip + count]
    labelled = [
        Labelled(set="run", id=id_, claim=at, digest=digest_of(texts[id_, at].text + words),
                 votes={"not_checkable" if n % 10 == 0 else texts[id_, at].verdict: 2})
        for n, (id_, at) in enumerate(places)
    ]  # fmt: skip
    return JudgeCard(
        judge=NAME, version=version(), date="2026-11-22", labels_sha256="0", n=count, sets=[], labelled=labelled
    )


def test_a_run_is_corrected_by_the_labels_of_its_own_statements() -> None:
    said = answers()
    found = corrected(card(said), said)
    assert found.refused is None
    assert (found.n_statements, found.n_labelled, found.set) == (80, 60, "run")
    assert found.raw == 0.8
    assert found.value == pytest.approx(0.8, abs=0.05)
    assert found.interval is not None
    assert found.interval[0] < found.value < found.interval[1]


def test_labels_that_cannot_speak_for_the_run_are_refused() -> None:
    said = answers()
    assert "other answers" in (corrected(card(said, words="!"), said).refused or "")
    part = corrected(card(answers(60)), answers(60)[:40]).refused or ""
    assert re.fullmatch(r"\d+ of the 60 labelled statements are not in this run", part)
    assert "takes 50" in (corrected(card(said, 49), said).refused or "")
    assert "chosen" in (corrected(card(said, 55, skip=5), said).refused or "")


def test_people_who_can_check_nothing_leave_no_ratio() -> None:
    predicted = np.array([[1.0, 1.0], [1.0, 1.0]])
    found = ratio(predicted=predicted, topic=np.array([0, 1]), at=np.array([0, 1]), labels=np.zeros((2, 2)))
    assert found == (None, None)
