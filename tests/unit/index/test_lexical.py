from pathlib import Path

import numpy as np
import pytest

from index import lexical
from index.lexical import Bm25f


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"title": "quiet vacuum cleaner", "description": "cleans floors"},
        {"title": "floor lamp", "description": "a vacuum is not needed, a quiet light"},
        {"title": "vacuum bottle", "brand": "Quiet"},
        {},
    ]
    lexical.build(rows, tmp_path)
    return tmp_path


def test_a_word_in_the_title_counts_more_than_in_the_description(folder: Path) -> None:
    scores = Bm25f(folder).scores("vacuum")
    assert scores.shape == (4,)
    assert scores[0] > scores[1] > 0


def test_no_word_in_common_scores_exactly_zero(folder: Path) -> None:
    index = Bm25f(folder)
    assert not index.scores("zebra").any()
    assert not index.scores("").any()
    assert index.scores("vacuum")[3] == 0


def test_a_rare_word_weighs_more_than_a_common_one(folder: Path) -> None:
    index = Bm25f(folder)
    assert index.scores("bottle")[2] > index.scores("vacuum")[2]
    assert (index.rarity("bottle"), index.rarity("vacuum"), index.rarity("zebra")) == (1, 3, 0)


def test_repeating_a_word_helps_once_and_no_more(folder: Path) -> None:
    index = Bm25f(folder)
    once, twice, often = (index.scores(" ".join(["bottle"] * n)) for n in (1, 2, 50))
    assert np.allclose(twice, 2 * once)
    assert np.array_equal(twice, often)


def test_scores_of_words_add_up(folder: Path) -> None:
    index = Bm25f(folder)
    assert np.allclose(index.scores("quiet bottle"), index.scores("quiet") + index.scores("bottle"))


def test_building_twice_gives_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again")
    lexical.build([{"title": "quiet vacuum cleaner", "description": "cleans floors"}], again)
    first = {path.name: path.read_bytes() for path in again.iterdir()}
    lexical.build([{"title": "quiet vacuum cleaner", "description": "cleans floors"}], again)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == first


def test_an_empty_pool_can_be_asked(tmp_path: Path) -> None:
    lexical.build([], tmp_path)
    assert Bm25f(tmp_path).scores("vacuum").shape == (0,)
