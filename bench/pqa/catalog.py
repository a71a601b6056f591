"""The candidates as a shop's feed: one product a row, with its attributes, texts, reviews and answered questions."""

import json
import sys
from pathlib import Path

import msgspec

from bench.judged import MAPPINGS
from bench.pqa.asked import Asked, Candidate
from bench.pqa.attributes import name_of, value_of
from catalog import feeds
from catalog.issues import Issue
from index import api
from index.build import BuildOptions, build


class Row(msgspec.Struct):
    """A row of the feed."""

    asin: str
    title: str
    description: str = ""
    bullets: list[str] = []
    attributes: dict[str, object] = {}
    reviews: list[dict[str, str]] = []
    questions: list[dict[str, str]] = []


def rows(questions: list[Asked]) -> list[Row]:
    """One row a product; a text that several questions were shown is there once."""
    found: dict[str, Row] = {}
    seen: set[tuple[str, str, str]] = set()
    for asked in questions:
        row = found.setdefault(asked.product_id, Row(asked.product_id, asked.title))
        for candidate in asked.candidates:
            mark = (asked.product_id, candidate.source, candidate.text)
            if mark not in seen:
                seen.add(mark)
                _place(row, candidate)
    return list(found.values())


def _place(row: Row, candidate: Candidate) -> None:
    if candidate.source == "review":
        row.reviews.append({"id": candidate.id, "text": candidate.text})
    elif candidate.source == "cqa":
        answer, question = split_answer(candidate.text)
        row.questions.append({"question": question, "answer": answer})
    elif candidate.source == "attribute":
        row.attributes.setdefault(name_of(candidate.text), value_of(candidate.text))
    elif candidate.source == "bullet":
        row.bullets.append(candidate.text)
    else:
        row.description = f"{row.description}\n{candidate.text}".strip()


def split_answer(text: str) -> tuple[str, str]:
    """A `cqa` candidate's answer and the question it answered."""
    answer, _, question = text.rpartition(" Question: ")
    return (answer.strip(), question.strip()) if answer else (text.strip(), "")


def store(questions: list[Asked], work: Path) -> api.Store:
    """The store below `work`, built once.

    Raises:
        ModelError: the encoder's weights are missing.
    """
    if not (work / "CURRENT").is_file():
        work.mkdir(parents=True, exist_ok=True)
        feed = work / "feed.jsonl"
        feed.write_text("".join(json.dumps(msgspec.to_builtins(row)) + "\n" for row in rows(questions)), "utf-8")
        read = feeds.read([str(feed)], str(MAPPINGS / "pqa.toml"), "pqa")
        records = [item for item in read if not isinstance(item, Issue)]
        build(work, records, BuildOptions(), lambda *step: print(*step, file=sys.stderr))
    opened = api.open(work)
    opened.warm(2)
    return opened
