"""Pairs of a question and a text with a label: written for this, and labelled by people elsewhere."""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WRITTEN = Path(__file__).parent / "pairs"
_ATTRIBUTE = re.compile(r"^([a-z_]+):\s*(\{.*)$", re.DOTALL)
_PART = re.compile(r"([a-z_]+):(\"[^\"]*\"|[\w.%-]+)")
_LIST = re.compile(r"\[([^\]]*)\]")
_PLAIN = {"value", "unit", "name"}


class Pair(NamedTuple):
    """`weight` says how much the label counts in training."""

    question: str
    text: str
    answers: bool
    weight: float = 1.0


def half(key: str) -> str:
    """`tune` or `report`, by the parity of the key's hash."""
    return "tune" if hashlib.sha256(key.encode()).digest()[0] % 2 == 0 else "report"


def held(text: str) -> bool:
    """Whether a text belongs to the seventh that is only measured on."""
    return hashlib.sha256(text.encode()).digest()[1] < 38


def written(name: str, *, measured: bool) -> list[Pair]:
    """Pairs of `statements` or `wishes`: every statement with questions it answers and questions it only resembles."""
    rows = map(json.loads, (WRITTEN / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [
        Pair(question, row["statement"], answers, 1.5)
        for row in rows
        if held(row["statement"]) == measured
        for answers, questions in ((True, row["yes"]), (False, row["no"]))
        for question in questions
    ]


def product_answers(data: Path, part: str) -> list[Pair]:
    """Candidates of amazon_pqa's ePQA and semiPQA, labelled by people; `part` is tune or report."""
    rows = [(row, "epqa") for row in _rows(data / "epqa.jsonl")]
    rows += [(row, "semi") for row in _rows(data / "semipqa_ranking_dev.jsonl")]
    kept_out = {row["question"] for row, source in rows if source == "epqa" and half(row["qid"]) == "report"}
    chance = random.Random(7)
    found = []
    for row, source in rows:
        full = row["label"] == ("2" if source == "epqa" else "1")
        if half(row["qid"]) != part or (source == "semi" and part == "tune" and row["question"] in kept_out):
            continue
        if source == "semi" and not full and chance.random() > 0.3:  # fourteen in fifteen of them answer nothing
            continue
        weight = 0.7 if source == "epqa" and row["label"] == "1" else 1.0
        found.append(Pair(row["question"], readable(row["candidate"]), full, weight))
    return found


def wishes(data: Path, part: str) -> list[Pair]:
    """Queries of esci and zh_ecom with titles that fit, come near, or have nothing to do with them."""
    chance = random.Random(11)
    found = list(_esci(data / "esci_us_shrunk", part, chance))
    return found + list(_zh(data / "zh_ecom_ecominstruct", part, chance))


def _esci(folder: Path, part: str, chance: random.Random) -> Iterator[Pair]:
    titles = {row.get("asin") or row.get("id"): row["title"] for row in _rows(folder / "products.jsonl")}
    some = list(titles.values())
    grades = {"E": (True, 1.0, 9), "S": (True, 0.4, 3), "C": (False, 0.6, 6), "I": (False, 1.0, 9)}
    for row in _rows(folder / "dev/qrels.jsonl"):
        if half(row["query"]) != part:
            continue
        for grade, (fits, weight, most) in grades.items():
            named = [titles[j["docid"]] for j in row["judgments"] if j["esci"] == grade and j["docid"] in titles]
            for title in chance.sample(named, min(most, len(named))):
                yield Pair(row["query"], f"for sale: {title[:160]}", fits, weight)
        for title in chance.sample(some, 5):
            yield Pair(row["query"], f"for sale: {title[:160]}", False)


def _zh(folder: Path, part: str, chance: random.Random) -> Iterator[Pair]:
    titles = {row["pid"]: row["title"] for row in _rows(folder / "products.jsonl")}
    some = list(titles.values())
    for row in _rows(folder / "dev/qrels.jsonl"):
        if half(row["query"]) != part:
            continue
        for pid in row["positive_pids"][:4]:
            yield Pair(row["query"], f"在售：{titles[pid][:80]}", True, 2.0)
        for pid in row["negative_pids"][:3]:
            yield Pair(row["query"], f"在售：{titles[pid][:80]}", False, 0.7)
        for title in chance.sample(some, 3):
            yield Pair(row["query"], f"在售：{title[:80]}", False)


def readable(candidate: str) -> str:
    """An attribute of amazon_pqa (`color: { value:"red" }`) as our statements are written (`color: red`)."""
    match = _ATTRIBUTE.match(candidate.strip())
    if match is None:
        return re.sub(r"\s+", " ", candidate).strip()[:400]
    inner = re.sub(r"normalized_value:\{[^{}]*\},?", "", match[2])
    parts = [_said(key, value.strip('"')) for key, value in _PART.findall(inner)]
    parts += [items.replace('"', "").strip() for items in _LIST.findall(inner)]
    said = ", ".join(dict.fromkeys(parts)) or re.sub(r'[{}"]', " ", inner)
    return f"{match[1].replace('_', ' ')}: {said}"[:300]


def _said(key: str, value: str) -> str:
    if key in _PLAIN:
        return {"true": "yes", "false": "no"}.get(value, value)
    return f"{key.replace('_', ' ')} {value}"


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)
