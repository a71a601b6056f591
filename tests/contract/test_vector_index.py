"""Both ways to the nearest passages, FAISS with a bitmap and numpy over a few rows, must agree under any mask."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import vectors as module

pytest.importorskip("faiss")
ROWS, DIM = 300, 16


def units(seed: int, rows: int = ROWS) -> np.ndarray:
    array = np.random.default_rng(seed).normal(size=(rows, DIM)).astype(np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def index() -> module.FlatIndex:
    return module.FlatIndex(units(1))


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.integers(1, 2 * ROWS))
def test_numpy_and_faiss_give_the_same(seed: int, share: float, k: int) -> None:
    index = module.FlatIndex(units(1))
    mask = np.random.default_rng(seed).random(ROWS) < share
    query = units(seed + 1, 1)[0]
    scanned, there = index._scan(query, k, mask)
    few, here = index._few(query, k, np.flatnonzero(mask))
    assert len(scanned) == len(few) == min(k, int(mask.sum()))
    assert np.allclose(there, here, atol=1e-5)
    differing = scanned != few  # only rows of equal cosine may change places
    assert np.allclose(index.cosines(query, scanned[differing]), index.cosines(query, few[differing]), atol=1e-5)
    assert mask[scanned].all()
    assert mask[few].all()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.04, 0.06, 0.5, 1.0])
def test_the_best_passing_rows_come_first_with_their_exact_cosines(index: module.FlatIndex, share: float) -> None:
    mask = np.zeros(ROWS, bool)
    mask[np.random.default_rng(3).permutation(ROWS)[: round(share * ROWS)]] = True
    query = units(5, 1)[0]
    rows, cosines = index.nearest(query, 7, mask)
    exact = np.where(mask, units(1) @ query, -9)
    best = np.argsort(-exact)[: min(7, int(mask.sum()))]
    assert rows.tolist() == best.tolist()
    assert cosines == pytest.approx(exact[best], abs=1e-5)


def test_without_a_mask_all_rows_pass(index: module.FlatIndex) -> None:
    query = units(5, 1)[0]
    everywhere = np.ones(ROWS, bool)
    assert index.nearest(query, 9, None)[0].tolist() == index.nearest(query, 9, everywhere)[0].tolist()
    assert len(index.nearest(query, 10 * ROWS, None)[0]) == ROWS


def test_cosines_of_given_rows(index: module.FlatIndex) -> None:
    query = units(5, 1)[0]
    rows = np.array([5, 0, 5])
    assert index.cosines(query, rows) == pytest.approx((units(1) @ query)[rows], abs=1e-6)
    assert index.cosines(query, np.array([], np.int64)).shape == (0,)


def test_both_paths_are_reached_by_their_share_of_rows(
    index: module.FlatIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the other path")

    query, mask = units(5, 1)[0], np.zeros(ROWS, bool)
    mask[: int(module.SPARSE * ROWS) - 1] = True
    monkeypatch.setattr(module.FlatIndex, "_scan", never)
    index.nearest(query, 3, mask)
    mask[: int(module.SPARSE * ROWS) + 1] = True
    with pytest.raises(AssertionError):
        index.nearest(query, 3, mask)
