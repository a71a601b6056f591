"""What every LexicalIndex promises, held by the BM25F postings and by a plain reading of the formula."""

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import lexical
from index.lexical import K1, WEIGHTS, Bm25f, LexicalIndex
from index.tokens import tokens

ROWS = [
    {"title": "静海 N1 头戴式降噪耳机", "brand": "静海", "description": "主动降噪，续航 40 小时"},
    {"title": "Quiet vacuum cleaner VC-200", "brand": "Alder", "description": "A quiet cleaner for hard floors"},
    {"title": "Vacuum bottle", "bullets": "keeps tea warm"},
    {"question": "Can I return a vacuum?", "answer": "Within seven days"},
    {},
]


class Plain:
    """BM25F word by word and row by row."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._fields = [{name: tokens(row.get(name, "")) for name in WEIGHTS} for row in rows]

    def scores(self, text: str) -> np.ndarray:
        return np.array([self._row(row, text) for row in range(len(self._fields))], np.float32)

    def _row(self, row: int, text: str) -> float:
        total = 0.0
        for term, count in Counter(tokens(text)).items():
            holding = sum(any(term in words for words in fields.values()) for fields in self._fields)
            idf = math.log(1 + (len(self._fields) - holding + 0.5) / (holding + 0.5))
            frequency = sum(self._frequency(row, name, term) for name in WEIGHTS)
            total += min(count, 2) * idf * frequency * (K1 + 1) / (K1 + frequency)
        return total

    def _frequency(self, row: int, name: str, term: str) -> float:
        words, setting = self._fields[row][name], WEIGHTS[name]
        lengths = [len(fields[name]) for fields in self._fields if fields[name]]
        if not lengths:
            return 0.0
        return (
            setting.weight * words.count(term) / (1 - setting.b + setting.b * len(words) * len(lengths) / sum(lengths))
        )


def _postings(folder: Path) -> LexicalIndex:
    lexical.build(ROWS, folder)
    return Bm25f(folder)


@pytest.fixture(params=[_postings, lambda _folder: Plain(ROWS)], ids=["postings", "plain"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> LexicalIndex:
    make: Callable[[Path], LexicalIndex] = request.param
    return make(tmp_path)


@pytest.mark.parametrize(
    ("query", "best"), [("降噪耳机", 0), ("quiet vacuum", 1), ("vc200", 1), ("warm tea", 2), ("return", 3)]
)
def test_the_row_that_holds_the_words_is_best(index: LexicalIndex, query: str, best: int) -> None:
    scores = index.scores(query)
    assert scores.shape == (len(ROWS),)
    assert (scores >= 0).all()
    if query == "vc200":  # letters and digits match apart: "VC-200" holds vc and 200
        assert scores[best] > 0
    assert int(scores.argmax()) == best


@pytest.mark.parametrize("query", ["zebra", "", "的", "!!!"])
def test_no_shared_word_is_exactly_zero(index: LexicalIndex, query: str) -> None:
    assert not index.scores(query).any()


@pytest.mark.parametrize(
    "query", ["vacuum", "quiet vacuum vacuum vacuum", "静海 耳机 40", "return a vacuum bottle VC-200"]
)
def test_postings_give_what_the_formula_says(tmp_path: Path, query: str) -> None:
    assert _postings(tmp_path).scores(query) == pytest.approx(Plain(ROWS).scores(query), rel=1e-5)
