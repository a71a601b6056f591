"""Estimates and tests against other people's numbers: numpy, scipy, published values, and simulation."""

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from eval.metrics.model import NOT_APPLICABLE, Sample, Statistic, scored
from eval.statistics import detectable, paired, resample
from eval.statistics.estimate import evaluate, value_of
from eval.statistics.paired import Pairs
from eval.statistics.significance import beyond, holm, mcnemar, significance


def both(statistic: Statistic, a: Sequence[Sample], b: Sequence[Sample], keys: Sequence[object] = ()) -> Pairs:
    found = paired.pairs(statistic, a, b, [str(key) for key in keys] or [str(at) for at in range(len(a))])
    assert found is not None
    return found


def yes_no(*values: int) -> list[Sample]:
    return [scored(value) for value in values]


# --- estimates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statistic", "rows", "expected"),
    [
        ("mean", [(1,), (0,), (1,), (1,)], 0.75),
        ("ratio", [(1, 4), (0, 6)], 0.1),
        ("precision", [(3, 1, 0), (0, 0, 9)], 0.75),
        ("recall", [(3, 1, 0), (0, 0, 9)], 0.25),
        ("f1", [(2, 1, 1), (0, 0, 0)], 2 / 3),
        ("max", [(1,), (7,), (3,)], 7),
        ("ratio", [(0, 0)], None),
    ],
)
def test_values(statistic: Statistic, rows: list[tuple[float, ...]], expected: float | None) -> None:
    assert value_of(statistic, rows) == (None if expected is None else pytest.approx(expected))


def test_a_case_counted_twice_is_a_case_written_twice() -> None:
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 3, (1, 40)).astype(float)
    for statistic, width in (("p50", 1), ("p95", 1), ("p99", 1), ("mean", 1), ("ratio", 2), ("f1", 3)):
        rows = rng.random((40, width))
        twice = np.repeat(rows, counts[0].astype(int), axis=0)
        found = evaluate(statistic, rows, counts)[0]  # type: ignore[arg-type]
        assert found == pytest.approx(value_of(statistic, twice))  # type: ignore[arg-type]
        if statistic.startswith("p"):
            assert found == pytest.approx(np.percentile(twice, int(statistic[1:])))


@pytest.mark.parametrize(
    ("rows", "area"),
    [
        ([(0.9, 0), (0.8, 0), (0.7, 1), (0.6, 1)], (0 + 0 + (0 + 1 / 3) / 2 + (1 / 3 + 1 / 2) / 2) / 4),
        ([(0.5, 0), (0.5, 1)], 0.5),  # no order among equals
        ([(0.1, 1), (0.9, 0)], 0.25 / 2),
    ],
)
def test_area_under_risk_and_coverage(rows: list[tuple[float, float]], area: float) -> None:
    assert value_of("risk_area", rows) == pytest.approx(area)


# --- intervals -------------------------------------------------------------------------------------------------------


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(200):
        rows = (rng.random((80, 1)) < 0.7).astype(float)
        ends = resample.interval("mean", rows, np.arange(80))
        assert ends is not None
        hits += ends[0] <= 0.7 <= ends[1]
    assert 0.90 <= hits / 200 <= 0.99


def test_cases_of_one_topic_make_the_interval_wider() -> None:
    rows = np.array([[1.0]] * 50 + [[0.0]] * 50)
    alone = resample.interval("mean", rows, np.arange(100))
    together = resample.interval("mean", rows, np.arange(100) // 10)
    assert alone is not None
    assert together is not None
    assert (together[1] - together[0]) / (alone[1] - alone[0]) == pytest.approx(math.sqrt(10), rel=0.2)


def test_no_fault_in_300_cases_is_no_proof_that_there_is_none() -> None:
    nothing = resample.interval("ratio", np.array([[0.0, 2.0]] * 300), np.arange(300))
    assert nothing is not None
    expected = stats.binomtest(0, 300).proportion_ci(method="exact")
    assert nothing == pytest.approx((expected.low, expected.high))
    whole = resample.interval("mean", np.ones((300, 1)), np.arange(300))
    assert whole == pytest.approx((1 - expected.high, 1))


def test_a_paired_interval_is_narrower_than_two_separate_ones() -> None:
    rng = random.Random(5)
    a = [float(rng.random() < 0.7) for _ in range(300)]
    b = [1 - value if at % 50 == 0 else value for at, value in enumerate(a)]
    pair = both("mean", yes_no(*map(int, a)), yes_no(*map(int, b)))
    ends = paired.interval(pair)
    assert ends is not None
    assert pair.difference == pytest.approx(np.mean(b) - np.mean(a))
    assert ends[1] - ends[0] < 0.04  # two intervals of 300 such cases are .10 wide each


# --- tests -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lost", "won"), [(0, 0), (1, 0), (5, 0), (6, 0), (2, 9), (12, 5), (40, 41)])
def test_mcnemar_is_scipys_sign_test(lost: int, won: int) -> None:
    trials = max(lost + won, 1)
    for side, alternative in (("lower", "greater"), ("either", "two-sided")):
        expected = stats.binomtest(lost, trials, alternative=alternative).pvalue if lost + won else 1.0
        assert mcnemar(lost, won, side) == pytest.approx(expected)  # type: ignore[arg-type]


def test_yes_no_values_are_tested_by_mcnemar() -> None:
    a, b = yes_no(*[1] * 20), yes_no(*[0] * 6, *[1] * 14)
    assert significance(both("mean", a, b), "lower") == ("mcnemar", 2**-6)
    assert significance(both("mean", b, a), "lower") == ("mcnemar", 1.0)
    assert significance(both("mean", a, b), "either") == ("mcnemar", 2**-5)


def test_six_wrong_answers_about_one_topic_are_one_event() -> None:
    a, b = yes_no(*[1] * 20), yes_no(*[0] * 6, *[1] * 14)
    topics = ["lamp"] * 6 + [f"t{number}" for number in range(14)]
    assert significance(both("mean", a, b, topics), "lower") == ("sign-flip", 0.5)


def test_a_sign_flip_of_a_mean_is_scipys_permutation_test() -> None:
    rng = np.random.default_rng(2)
    a = rng.random(10)
    b = a - rng.normal(0.1, 0.2, 10)
    pair = both("mean", [scored(value) for value in a], [scored(value) for value in b])
    expected = stats.permutation_test(
        (b, a), lambda one, other: np.mean(one - other), permutation_type="samples", alternative="less"
    )
    assert significance(pair, "lower") == ("sign-flip", pytest.approx(expected.pvalue))
    two_sided = stats.permutation_test((b, a), lambda one, other: np.mean(one - other), permutation_type="samples")
    assert significance(pair, "either").p == pytest.approx(two_sided.pvalue, abs=2 / 1024)


def test_many_changes_are_drawn_and_agree_with_the_exact_test() -> None:
    rng = np.random.default_rng(4)
    a = rng.random(200)
    b = a - rng.normal(0.02, 0.1, 200)
    pair = both("mean", [scored(value) for value in a], [scored(value) for value in b])
    assert significance(pair, "lower").p == pytest.approx(stats.ttest_rel(b, a, alternative="less").pvalue, abs=0.01)


def test_wrong_amounts_count_by_answer_and_a_ratio_is_exchanged_whole() -> None:
    right = [scored(0, 5)] * 40
    wrong_at_one = [scored(5, 5), *right[1:]]
    wrong_at_eight = [*[scored(1, 5)] * 8, *right[8:]]
    assert significance(both("ratio", right, wrong_at_one), "higher") == ("sign-flip", 0.5)
    assert significance(both("ratio", right, wrong_at_eight), "higher") == ("sign-flip", pytest.approx(2**-8))


def test_a_case_that_scores_in_one_run_only_is_exchanged_too() -> None:
    a = [scored(0, 4)] * 10 + [NOT_APPLICABLE] * 6
    b = [scored(0, 4)] * 10 + [scored(2, 2)] * 6
    pair = both("ratio", a, b)
    assert (pair.difference, pair.one_by_one) == (pytest.approx(12 / 52), False)
    assert significance(pair, "higher").p == pytest.approx(2**-6)
    assert paired.pairs("ratio", a, [NOT_APPLICABLE] * 16, list(range(16))) is None


def test_equally_good_runs_are_called_different_once_in_twenty() -> None:
    rng = random.Random(9)
    false = 0
    for _ in range(400):
        a, b = ([int(rng.random() < 0.9) for _ in range(60)] for _ in range(2))
        false += significance(both("mean", yes_no(*a), yes_no(*b)), "lower").p < 0.05
    assert false / 400 < 0.06


def test_a_loss_is_beyond_a_margin_only_when_it_is_surely_larger() -> None:
    pair = both("mean", yes_no(*[1] * 100), yes_no(*[0] * 20, *[1] * 80))
    assert beyond(pair, 0.0, "lower") == pytest.approx(1 / 2001)
    assert beyond(pair, 0.1, "lower") < 0.05
    assert beyond(pair, 0.18, "lower") > 0.2
    assert beyond(pair, 0.0, "higher") == 1.0


def test_holm_multiplies_the_smallest_by_all_and_never_falls_below_a_smaller_one() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


# --- what can be told ------------------------------------------------------------------------------------------------


def test_two_hundred_cases_see_six_points_and_three_points_need_a_thousand() -> None:
    """The rule of thumb of docs/evaluation.md, where a tenth of the cases change by chance."""
    rng = random.Random(1)

    def noisy(cases: int) -> Pairs:
        a = [int(rng.random() < 0.8) for _ in range(cases)]
        b = [1 - value if rng.random() < 0.1 else value for value in a]
        return both("mean", yes_no(*a), yes_no(*b))

    few, many = (detectable.detectable(noisy(cases), 0.025) for cases in (200, 1000))
    assert few == pytest.approx(0.06, abs=0.012)
    assert many == pytest.approx(0.03, abs=0.006)


def test_without_noise_it_is_the_loss_that_brings_five_wrong_answers() -> None:
    same = yes_no(*[1] * 300)
    found = detectable.detectable(both("mean", same, same), 0.05)
    assert found is not None
    assert stats.poisson.sf(4, found * 300) == pytest.approx(0.8)


def test_a_loss_as_large_as_detectable_is_detected_in_about_four_samples_of_five() -> None:
    rng = random.Random(8)
    same = yes_no(*[1] * 200)
    loss = detectable.detectable(both("mean", same, same), 0.05)
    assert loss is not None
    found = 0
    for _ in range(300):
        b = yes_no(*(int(rng.random() >= loss) for _ in range(200)))
        found += significance(both("mean", same, b), "lower").p < 0.05
    assert 0.74 < found / 300 < 0.88


def test_beyond_a_bound() -> None:
    rows = np.array([[0.0, 1.0]] * 100)
    nothing = detectable.detectable_beyond("ratio", rows, np.arange(100))
    assert nothing == pytest.approx(-math.log(0.2) / 100)  # at this rate 100 cards hold a fault 4 times in 5
    mixed = detectable.detectable_beyond("mean", np.array([[0.0], [1.0]] * 50), np.arange(100))
    assert mixed == pytest.approx(0.8416 * 0.05, rel=0.05)
