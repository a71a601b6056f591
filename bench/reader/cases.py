"""Pairs out of the evaluation cases: what the guide looks at for each question, labelled by the case's gold."""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.reader.pairs import Pair
from guide.choose import choose, rank
from guide.engine import Engine
from guide.evidence import Statement
from guide.model import Question, Turn
from index import api

# Too common to tell that a statement holds the answer.
_WEAK = {"可以", "支持", "没有", "不能", "不支持", "yes", "cannot", "not", "no,", "no.", "能"}
_LOOKED_AT = 6


class Looked(msgspec.Struct, frozen=True):
    """One question as it was compared with statements, best first."""

    question: str
    statements: list[Statement]
    odds: list[float]


def pairs(cases: Path, data: Path, tags: set[str]) -> list[Pair]:
    """Pairs of every case that has one of `tags` (all, if empty), asked of the shop in `data`."""
    store = api.open(data)
    store.warm(1)
    view = store.view(datetime.now(UTC))
    engine = Engine()
    chance = random.Random(5)
    found: list[Pair] = []
    for row in map(json.loads, cases.read_text("utf-8").splitlines()):
        if tags and not tags.intersection(row.get("tags", [])):
            continue
        history = tuple(msgspec.convert(row.get("history") or [], list[Turn]))
        question = Question(text=row["question"], history=history, product_ids=tuple(row.get("product_ids") or ()))
        with _watched() as looked:
            choose(question, engine.understand(question, view), view)
        for one in {(look.question, look.statements[0].record_id): look for look in looked if look.statements}.values():
            found += _labelled(one, row, chance)
    store.close()
    return found


class _watched:
    """Notes what the scorer is asked while the block runs."""

    def __enter__(self) -> list[Looked]:
        self._plain = plain = rank.Scorer.score
        noted: list[Looked] = []

        def score(self: rank.Scorer, statements: list[Statement], others: list[Statement] | None = None) -> list[float]:
            odds = plain(self, statements, others)
            order = sorted(range(len(odds)), key=lambda at: -odds[at])
            noted.append(Looked(self.question, [statements[at] for at in order], [odds[at] for at in order]))
            return odds

        rank.Scorer.score = score
        return noted

    def __exit__(self, *_: object) -> None:
        rank.Scorer.score = self._plain


def _labelled(look: Looked, row: dict, chance: random.Random) -> Iterator[Pair]:
    texts = [statement.text for statement in look.statements]
    if not row.get("answerable", True):
        yield from (Pair(look.question, text, False) for text in texts[:_LOOKED_AT])
        return
    relevant = set(row.get("relevant") or {})
    own = [bool({s.record_id, s.record_id.split("/")[0]} & relevant) for s in look.statements]
    says = [_says(text, row.get("must") or []) for text in texts]
    strange = [text for text, mine, right in zip(texts, own, says, strict=True) if not mine and not right]
    yield from (Pair(look.question, text, False) for text in strange[:5])
    right = [text for text, mine, good in zip(texts, own, says, strict=True) if mine and good]
    if not right:
        if any(own) and look.odds[own.index(True)] > 0:
            yield Pair(look.question, texts[own.index(True)], True, 0.7)
        return
    beside = [text for text, mine, good in zip(texts, own, says, strict=True) if mine and not good]
    yield from (Pair(look.question, text, True, 2.0) for text in right[:2])
    yield from (Pair(look.question, text, False, 0.4) for text in beside[:2])
    yield from (Pair(look.question, text, False) for text in chance.sample(beside[2:], min(3, len(beside[2:]))))


def _says(text: str, must: list[str | list[str]]) -> bool:
    wanted = [_folded(part) for entry in must for part in ([entry] if isinstance(entry, str) else entry)]
    strong = [part for part in wanted if part not in _WEAK and len(part) >= (3 if part.isascii() else 2)]
    return any(part in _folded(text) for part in strong)


def _folded(text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"(?<=\d),(?=\d)", "", plain)
