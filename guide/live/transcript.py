"""What was said in an answer, put together while it runs and kept when it is done, just before the client learns so."""

import logging

import msgspec

from guide.errors import StateError
from guide.events import Done, Event, Products, Status, Text
from guide.live.desk import Desk
from guide.live.opening import Opened
from guide.model import Turn
from guide.state.model import Ending, Gap

UNAVAILABLE = "state_unavailable"
_GAPS = frozenset({"unanswerable", "no_match"})
"""Outcomes that tell of something the catalog lacks; the other ways not to answer do not."""
log = logging.getLogger("guide")


class Transcript:
    """What one question and its answer say."""

    def __init__(self, desk: Desk, opened: Opened, turns_kept: int) -> None:
        self._desk = desk
        self._opened = opened
        self._turns_kept = turns_kept
        self._text = ""
        self._product_ids: list[str] = []

    async def take(self, event: Event, *, lost: bool) -> Event:
        """The event as it goes out: `status` names the conversation, `done` tells what could not be kept."""
        match event:
            case Status():
                return msgspec.structs.replace(event, conversation_id=self._opened.conversation_id)
            case Products():
                self._product_ids = [card.id for card in event.products]
            case Text():
                self._text += event.text
            case Done():
                kept = await self._keep(event)
                if lost or not kept:
                    return msgspec.structs.replace(event, degraded=[*event.degraded, UNAVAILABLE])
            case _:
                pass
        return event

    async def _keep(self, done: Done) -> bool:
        if not self._opened.kept:
            return False
        text, answer_id = self._opened.question.text, self._opened.answer_id
        gap = None
        if done.outcome in _GAPS:
            gap = Gap(text=text, language=done.language, outcome=done.outcome, reason=done.reason)
        turns = Turn("user", text), Turn("assistant", self._text, self._product_ids)
        ending = Ending(answer_id=answer_id, turns=turns, turns_kept=self._turns_kept, gap=gap)
        try:
            await self._desk.run(self._desk.state.answers.end, ending)
        except StateError as error:
            log.warning("answer_id=%s is not kept: %s", answer_id, error)
            return False
        return True
