import random

import ir_measures
import pytest
from ir_measures import RR, Judged, P, R, nDCG
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu import sentence_chrf

from eval.metrics import retrieval
from eval.metrics.answers import overlap
from eval.metrics.overlap import chrf, rouge_l
from eval.text.tokens import squad_normalise


def test_the_numbers_are_those_of_ir_measures() -> None:
    rng = random.Random(7)
    ours = {
        nDCG @ 10: retrieval.ndcg,
        R @ 100: retrieval.recall,
        RR @ 10: retrieval.reciprocal_rank,
        P @ 1: retrieval.precision_at_1,
        Judged @ 10: retrieval.judged_share,
    }
    for _ in range(20):
        pool = [f"d{number}" for number in range(200)]
        hits = rng.sample(pool, rng.randint(10, 120))
        grades = {record: rng.randint(0, 3) for record in rng.sample(pool, 30)} | {"d-always": 1}
        qrels = [ir_measures.Qrel("q", record, grade) for record, grade in grades.items()]
        run = [ir_measures.ScoredDoc("q", hit, -rank) for rank, hit in enumerate(hits)]
        truth = ir_measures.calc_aggregate(list(ours), qrels, run)
        for measure, score in ours.items():
            assert score(hits, {record: float(grade) for record, grade in grades.items()}) == pytest.approx(
                truth[measure]
            )


# Precision, recall and F1 as SQuAD 1.1's evaluation script computes them.
@pytest.mark.parametrize(
    ("answer", "references", "expected"),
    [
        ("The Denver Broncos!", ["Denver Broncos"], (1, 1, 1)),
        ("Denver Broncos team", ["Denver Broncos"], (2 / 3, 1, 0.8)),
        ("a cat sat", ["the cat sat on the mat"], (1, 0.5, 2 / 3)),
        ("no", ["yes", "no, never"], (1, 0.5, 2 / 3)),
        ("nothing shared", ["else"], (0, 0, 0)),
        ("the the cat", ["cat cat"], (1, 0.5, 2 / 3)),  # a repeated word counts as often as both have it
        ("A", ["an"], (1, 1, 1)),  # articles alone: two empty texts
        ("1,000 metres", ["1000 metres tall", "a mile"], (1, 2 / 3, 0.8)),
        ("", ["word"], (0, 0, 0)),
    ],
)
def test_token_overlap_is_squads(answer: str, references: list[str], expected: tuple[float, float, float]) -> None:
    assert overlap(answer, references, chinese=False) == pytest.approx(expected)


def test_chinese_overlap_counts_characters_and_whole_latin_words() -> None:
    assert overlap("支持 USB-C 充电。", ["支持 USB 充电"], chinese=True) == pytest.approx((5 / 6, 1, 10 / 11))


def test_squad_normalisation() -> None:
    assert squad_normalise("The  quick, brown-fox: a (an) Jump!") == "quick brownfox jump"


TEXTS = [
    ("The lamp lasts 30 hours on one charge.", "It lasts for 30 hours on a single charge"),
    ("Yes, it is waterproof (IPX7).", "It's waterproof: IPX7!"),
    ("nothing shared", "else"),
    ("same words here", "same words here"),
    ("a", "a longer reference than the answer"),
    ("one two three four five six", "six five four three two one"),
    ("", "an empty answer"),
]


@pytest.mark.parametrize(("answer", "reference"), TEXTS)
def test_rouge_l_is_rouge_scores(answer: str, reference: str) -> None:
    expected = RougeScorer(["rougeL"]).score(reference, answer)["rougeL"].fmeasure
    assert rouge_l(answer, reference, chinese=False) == pytest.approx(expected)


@pytest.mark.parametrize(("answer", "reference"), [*TEXTS, ("保温 12 小时", "保温时间是 12 小时左右"), ("好", "坏")])
def test_chrf_is_sacrebleus(answer: str, reference: str) -> None:
    assert chrf(answer, reference) == pytest.approx(sentence_chrf(answer, [reference]).score / 100)


def test_rouge_l_of_chinese_counts_characters_in_order() -> None:
    assert rouge_l("保温十二小时", "十二小时保温", chinese=True) == pytest.approx(2 * 4 / 12)
