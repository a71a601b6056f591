"""The word check: trees as arrays, vectors, what is read of a word, and what is concluded of statements."""

from pathlib import Path

import numpy as np
import pytest

from eval.commands import ClaimRow, score_claims
from eval.faithfulness.words import trees, vectors
from eval.faithfulness.words.evidence import number, read
from eval.faithfulness.words.features import NAMES, features, said
from eval.faithfulness.words.kinds import opposites
from eval.faithfulness.words.support import support

CUP = (
    "The Lakeside travel mug keeps drinks hot for twelve hours. Its steel body is dishwasher safe. "
    "The lid locks with one hand and does not leak in a bag. It was designed in Oslo by a family firm."
)


def test_trees_follow_their_thresholds(tmp_path: Path) -> None:
    # One tree: feature 1 at most .5 -> -1, else feature 0 at most 2 -> 3, else 5.
    small = trees.Trees(
        roots=np.array([0]), feature=np.array([1, 0, 0, 0, 0]), threshold=np.array([0.5, 0, 2, 0, 0], np.float32),
        left=np.array([1, 1, 3, 3, 4]), right=np.array([2, 1, 4, 3, 4]),
        value=np.array([0, -1, 0, 3, 5], np.float32), bias=0.25, depth=2,
    )  # fmt: skip
    rows = np.array([[9, 0.5], [2, 1], [2.1, 1]], np.float32)
    assert small.log_odds(rows).tolist() == [-0.75, 3.25, 5.25]
    trees.save(small, tmp_path / "trees.npz")
    assert trees.load(tmp_path / "trees.npz").log_odds(rows).tolist() == [-0.75, 3.25, 5.25]


def test_near_words_have_near_vectors() -> None:
    happy, pleased, printer, odd = vectors.load().of(["happy", "pleased", "printer", "日"])
    assert happy @ pleased > 0.4 > happy @ printer
    assert not odd.any()


def test_a_word_is_read_against_the_sentence_about_it() -> None:
    evidence = read((CUP,))
    assert evidence is not None
    words = said("The mug keeps drinks cold for twelve hours.")
    row = dict(zip(NAMES, features(words, evidence)[words.words.index("cold")], strict=True))
    assert row["stem"] == 0
    assert row["opposite_in_best"] == 1
    assert row["left_found"] == 1


def test_opposites_go_both_ways_and_through_prefixes() -> None:
    assert "decrease" in opposites("increase")
    assert "happy" in opposites("unhappy")
    assert opposites("mug") == set()


@pytest.mark.parametrize(
    ("word", "value"), [("$3,500", 3500.0), ("20%", 20.0), ("3.5", 3.5), ("x5", 5.0), ("mug", None)]
)
def test_numbers_of_words(word: str, value: float | None) -> None:
    assert number(word) == value


def test_what_is_copied_or_reworded_is_better_supported_than_what_is_changed() -> None:
    true = [support(text, [CUP]) for text in ("The lid locks with one hand.", "Its body is made of steel.")]
    false = [support(text, [CUP]) for text in ("The lid locks with one knee.", "It was designed in Madrid by a bank.")]
    assert min(one.probability for one in true if one) > max(one.probability for one in false if one)


def test_the_least_supported_word_is_named() -> None:
    found = support("The mug was designed in Madrid.", [CUP])
    assert found is not None
    assert found.word == "Madrid"
    assert "The mug was designed in Madrid."[found.start : found.end] == "Madrid"


def test_nothing_to_read_gives_no_opinion() -> None:
    assert support("…", [CUP]) is None
    assert support("The mug is steel.", ["—"]) is None


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("The lid locks with one hand.", "supported"),
        ("The mug was designed in Madrid by a bank.", "not_enough_evidence"),
        ("The lid locks with one hand. The mug was designed in Madrid by a bank.", "not_enough_evidence"),
        ("It keeps drinks hot for 20 hours.", "contradicted"),
        ("这个杯子很好看。", "not_checkable"),
    ],
)
def test_a_response_is_as_good_as_its_least_supported_statement(response: str, verdict: str) -> None:
    texts = [CUP, "Keeps hot: 12 h."]
    scored = score_claims(ClaimRow(id="1", evidence=texts, response=response))
    assert scored.verdict == verdict
    if verdict != "not_checkable":
        assert (scored.score >= 0.5) == (verdict == "supported")


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("It is waterproof.", "contradicted"),
        ("It is not waterproof.", "supported"),
        ("The lamp is foldable.", "supported"),
        ("这款台灯不防水。", "supported"),
        ("这款台灯防水。", "contradicted"),
    ],
)
def test_yes_and_no_written_out_in_plain_evidence_are_read(response: str, verdict: str) -> None:
    evidence = ["Aurora Desk Lamp. waterproof: no. foldable: yes", "台灯。防水：否；可折叠：是"]
    assert score_claims(ClaimRow(id="1", evidence=evidence, response=response)).verdict == verdict
