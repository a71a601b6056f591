"""Asking the engine, in process, on the product's page; what it answered as data that is kept and scored later."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.pqa.asked import Asked
from bench.pqa.traced import candidate_of, is_evidence
from guide.engine import Engine
from guide.events import CitationEvent, Done, Event
from guide.model import Question
from index import api


class Given(msgspec.Struct, frozen=True):
    """What one question got."""

    id: str
    outcome: str
    used: str | None = None
    """Id of the candidate that the answer cites first; None when it cites none, or none of this question's."""
    cited: bool = False
    """Whether it cites any evidence at all."""
    claim: str = ""
    """Text of the first claim of kind answer."""
    claims: list[str] = []
    """Texts of all claims."""
    writer: str = "composer"


def ask(questions: list[Asked], store: api.Store, engine: Engine) -> list[Given]:
    """Every question with its product's id, one after another."""
    view = store.view(datetime.now(UTC))
    return asyncio.run(_all(questions, view, engine))


async def _all(questions: list[Asked], view: api.View, engine: Engine) -> list[Given]:
    return [await _one(asked, view, engine) for asked in questions]


async def _one(asked: Asked, view: api.View, engine: Engine) -> Given:
    question = Question(text=asked.text, product_ids=(asked.product_id,))
    return given(asked, [event async for event in engine.answer(question, view, f"pqa-{asked.id}")])


def given(asked: Asked, events: list[Event]) -> Given:
    """One answer's events as what is scored."""
    done = next(event for event in events if isinstance(event, Done))
    citations = {event.n: event for event in events if isinstance(event, CitationEvent)}
    order = [citations[n] for claim in done.claims for n in claim.citations]
    evidence = [c for c in order if is_evidence(c.record_id, c.field)]
    used = candidate_of(asked, evidence[0].record_id, evidence[0].field, evidence[0].quote) if evidence else None
    return Given(
        asked.id,
        done.outcome,
        used.id if used else None,
        bool(evidence),
        next((claim.text for claim in done.claims if claim.kind == "answer"), ""),
        [claim.text for claim in done.claims],
        done.writer,
    )


def save(answers: list[Given], target: Path) -> None:
    """Keep answers, one JSON object a line: a second writer's drafts are scored as these are."""
    target.write_text("".join(json.dumps(msgspec.to_builtins(answer)) + "\n" for answer in answers), "utf-8")


def load(source: Path) -> list[Given]:
    """Answers that `save` kept."""
    return [msgspec.json.decode(line, type=Given) for line in source.read_bytes().splitlines()]
