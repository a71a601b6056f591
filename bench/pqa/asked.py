"""The questions with their labelled candidates, their halves, and a part drawn by hash."""

import hashlib
import json
from collections import defaultdict
from pathlib import Path

import msgspec

FILE = "amazon_pqa/dev/epqa.jsonl"
ANSWERS = 2
"""Label of a candidate that fully answers."""


class Candidate(msgspec.Struct, frozen=True):
    """One text about a product as people saw it; `reference` is what a person answered from it ("" if nothing)."""

    id: str
    source: str
    """review, attribute, cqa, description or bullet."""
    text: str
    label: int
    reference: str


class Asked(msgspec.Struct, frozen=True):
    """One question about one product."""

    id: str
    product_id: str
    title: str
    text: str
    candidates: list[Candidate]

    @property
    def answerable(self) -> bool:
        """Whether any candidate fully answers."""
        return any(candidate.label == ANSWERS for candidate in self.candidates)

    @property
    def references(self) -> list[str]:
        """What people answered, from any candidate."""
        return [candidate.reference for candidate in self.candidates if candidate.reference]

    @property
    def half(self) -> str:
        """`tune` or `report`, as the reader's training divides them (bench/reader/pairs.py)."""
        return "tune" if hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0 else "report"


def read(data: Path) -> list[Asked]:
    """All questions below a data folder, in file order.

    Raises:
        FileNotFoundError: the data set is not there.
    """
    rows: dict[str, list[dict]] = defaultdict(list)
    for line in (data / FILE).read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["qid"]].append(row)
    return [
        Asked(qid, own[0]["ASIN"], own[0]["title"], own[0]["question"], [_candidate(row) for row in own])
        for qid, own in rows.items()
    ]


def _candidate(row: dict) -> Candidate:
    return Candidate(row["qa_pair_id"], row["source"], row["candidate"], int(row["label"]), row["answer"].strip())


def drawn(questions: list[Asked], count: int = 150) -> list[Asked]:
    """`count` questions of the report half in the order of a hash: the same on every machine."""
    report = [asked for asked in questions if asked.half == "report"]
    return sorted(report, key=lambda asked: hashlib.sha256(f"draw:{asked.id}".encode()).hexdigest())[:count]
