"""BM25F over records: field weights inside the saturation, impacts computed once at build time.

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), eq. 4.13 and 5: the weighted,
length-normalised term frequencies of all fields are added before they saturate, so a title word counts more than the
same word in a description without counting twice. A record is one row; postings are CSR arrays of (row, impact).
"""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from index.atomic import save_array, write_bytes
from index.tokens import tokens

K1 = 1.2
"""Saturation; the usual value of Robertson & Zaragoza."""

Floats = npt.NDArray[np.float32]


class FieldWeight(msgspec.Struct, frozen=True):
    """How much a field's words count, and how much its length discounts them (BM25's b)."""

    weight: float
    b: float


WEIGHTS = {
    "title": FieldWeight(3.0, 0.5),
    "brand": FieldWeight(2.0, 0.3),
    "category": FieldWeight(1.0, 0.5),
    "attributes": FieldWeight(0.5, 0.75),
    "bullets": FieldWeight(0.5, 0.75),
    "description": FieldWeight(0.5, 0.75),
    "question": FieldWeight(2.0, 0.5),
    "answer": FieldWeight(1.0, 0.75),
    "text": FieldWeight(1.0, 0.75),
}
"""Chosen on the tune halves of the dev sets (docs/design/retrieval.md); the same for every shop and language."""


class LexicalIndex(Protocol):
    """Scores every row for a query; 0 means that no word matched."""

    def scores(self, text: str) -> Floats:
        """(rows,) scores, 0 or more."""

    def rarity(self, term: str) -> int:
        """How many rows hold a term of `tokens`."""


def build(rows: list[dict[str, str]], folder: Path) -> None:
    """Write the postings of `rows` (field name -> text) into an existing folder."""
    frequencies: list[Counter[str]] = [Counter() for _ in rows]
    for field, setting in WEIGHTS.items():
        _add_field([tokens(row.get(field, "")) for row in rows], setting, frequencies)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, counts in enumerate(frequencies):
        for term, frequency in counts.items():
            postings[term].append((row, frequency))
    _write(postings, len(rows), folder)


def _add_field(texts: list[list[str]], setting: FieldWeight, frequencies: list[Counter[str]]) -> None:
    lengths = [len(terms) for terms in texts if terms]
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    for terms, counts in zip(texts, frequencies, strict=True):
        scale = setting.weight / (1 - setting.b + setting.b * len(terms) / mean)
        for term, count in Counter(terms).items():
            counts[term] += count * scale  # type: ignore[assignment]  # a Counter of floats


def _write(postings: dict[str, list[tuple[int, float]]], total: int, folder: Path) -> None:
    terms = sorted(postings)
    starts = np.zeros(len(terms) + 1, np.int64)
    rows, impacts = [], []
    for at, term in enumerate(terms):
        pairs = postings[term]
        frequency = np.fromiter((pair[1] for pair in pairs), np.float32, len(pairs))
        idf = np.log(1 + (total - len(pairs) + 0.5) / (len(pairs) + 0.5))
        rows.append(np.fromiter((pair[0] for pair in pairs), np.int32, len(pairs)))
        impacts.append((idf * frequency * (K1 + 1) / (K1 + frequency)).astype(np.float32))
        starts[at + 1] = starts[at] + len(pairs)
    write_bytes(folder / "terms.json", json.dumps([total, terms], ensure_ascii=False).encode())
    save_array(folder / "starts.npy", starts)
    save_array(folder / "rows.npy", np.concatenate(rows) if rows else np.zeros(0, np.int32))
    save_array(folder / "impacts.npy", np.concatenate(impacts) if impacts else np.zeros(0, np.float32))


class Bm25f:
    """The postings of one pool, mapped from disk."""

    def __init__(self, folder: Path) -> None:
        self._total, terms = json.loads((folder / "terms.json").read_text("utf-8"))
        self._place: dict[str, int] = {term: at for at, term in enumerate(terms)}
        self._starts = np.load(folder / "starts.npy")
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        self._impacts = np.load(folder / "impacts.npy", mmap_mode="r")

    def scores(self, text: str) -> Floats:
        """(rows,) scores; a word counts at most twice however often it is typed."""
        result = np.zeros(self._total, np.float32)
        for term, count in Counter(tokens(text)).items():
            at = self._place.get(term)
            if at is not None:
                span = slice(self._starts[at], self._starts[at + 1])
                result[self._rows[span]] += min(count, 2) * self._impacts[span]
        return result

    def rarity(self, term: str) -> int:
        """How many rows hold a term of `tokens`."""
        at = self._place.get(term)
        return 0 if at is None else int(self._starts[at + 1] - self._starts[at])
