import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Blend, fuse

HALF = Blend(0.5, 0.1)
COUNTS = st.integers(1, 20)


def array(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_without_meaning_the_words_decide_alone() -> None:
    assert fuse(array(4, 2, 0), None, HALF) == pytest.approx([1, 0.5, 0])
    assert fuse(array(4, 2, 0), array(0.1, 0.2, 0.9), Blend(0.0, 0.1)) == pytest.approx([1, 0.5, 0])


def test_without_a_matching_word_meaning_decides_alone() -> None:
    assert fuse(array(0, 0), array(0.9, 0.85), HALF) == pytest.approx([0.5, 0.25])


def test_a_cosine_below_the_band_counts_as_nothing() -> None:
    assert fuse(array(0, 0, 0), array(0.9, 0.7, -1), HALF)[1:].tolist() == [0, 0]


def test_no_candidates() -> None:
    assert fuse(array(), array(), HALF).shape == (0,)


@given(st.integers(0, 2**32 - 1), COUNTS, st.floats(0, 1), st.floats(0.01, 1))
def test_scores_lie_between_0_and_1_and_never_fall_when_a_retriever_says_more(
    seed: int, count: int, weight: float, span: float
) -> None:
    random = np.random.default_rng(seed)
    words, cosines = random.random(count).astype(np.float32) * 9, random.random(count).astype(np.float32)
    scores = fuse(words, cosines, Blend(weight, span))
    assert ((scores >= 0) & (scores <= 1 + 1e-6)).all()
    better = words.copy()
    better[0] = min(words[0] * 1.5, words.max())
    assert fuse(better, cosines, Blend(weight, span))[0] >= scores[0] - 1e-6
