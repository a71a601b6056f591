"""Asks the engine and folds its events, so that a test reads as a question and what came of it."""

import asyncio
from functools import cached_property
from typing import Any

from guide.engine import Engine
from guide.events import CitationEvent, Done, Event, FollowUps, Products, TableEvent, Text
from guide.model import Card, Question, Table, Turn
from index.api import View

_ENGINE = Engine()


class Told:
    """One answer: its events and what they say together."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events

    def of(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @cached_property
    def done(self) -> Done:
        (done,) = self.of(Done)
        return done

    @property
    def ended(self) -> tuple[str, str | None]:
        return self.done.outcome, self.done.reason

    @cached_property
    def text(self) -> str:
        return "".join(event.text for event in self.of(Text))

    @property
    def cards(self) -> list[Card]:
        return [card for event in self.of(Products) for card in event.products]

    @property
    def ids(self) -> list[str]:
        return [card.id for card in self.cards]

    @property
    def citations(self) -> list[CitationEvent]:
        return self.of(CitationEvent)

    @property
    def table(self) -> Table | None:
        return next((event.table for event in self.of(TableEvent)), None)

    @property
    def follow_ups(self) -> list[str]:
        return [text for event in self.of(FollowUps) for text in event.follow_ups]


def ask(view: View, text: str, **context: Any) -> Told:
    async def collected() -> list[Event]:
        return [event async for event in _ENGINE.answer(Question(text=text, **context), view, "answer-1")]

    return Told(asyncio.run(collected()))


def after(*shown: str, asked: str = "推荐一款手机") -> tuple[Turn, ...]:
    """A conversation in which these products were shown."""
    return (Turn("user", asked), Turn("assistant", "…", list(shown)))
