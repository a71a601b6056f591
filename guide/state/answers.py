"""Answers and the log of their events: begun once, resumed by whoever may, in this process or another."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, insert, select, update

from guide.state import claims
from guide.state.clock import Clock
from guide.state.conversations import SqlConversations
from guide.state.database import Database
from guide.state.model import Beginning, Claim, Ending, Log
from guide.state.tables import ANSWERS, EVENTS
from guide.state.unanswered import SqlUnanswered

HEARTBEAT_SECONDS = 5.0
"""A silent answer says this often that it still runs (guide/live/recorder.py)."""
_LOST_MS = int(3 * HEARTBEAT_SECONDS * 1000)
"""After three missed signs of life its process is taken for dead."""


class SqlAnswers:
    """Answers in a database."""

    def __init__(
        self, database: Database, clock: Clock, conversations: SqlConversations, unanswered: SqlUnanswered | None,
        replay_seconds: float,
    ) -> None:  # fmt: skip
        self._database = database
        self._clock = clock
        self._conversations = conversations
        self._unanswered = unanswered
        self._replay_ms = int(replay_seconds * 1000)

    def begin(self, beginning: Beginning, /) -> str | None:
        """The answer's own id; or that of the earlier answer its claim stands for; None: the conversation is gone."""
        with self._database.write() as connection:
            owner, claim, conversation = beginning.owner, beginning.claim, beginning.conversation_id
            if claim and (earlier := self._earlier(connection, owner, claim)):
                return earlier
            if conversation and not self._conversations.begin(connection, conversation, owner, minted=beginning.minted):
                return None
            now = self._clock()
            row = {"id": beginning.answer_id, "owner": owner, "conversation": conversation,
                   "profile": beginning.profile_id, "made_at": now, "alive_at": now, "watched_at": 0,
                   "ended": False}  # fmt: skip
            connection.execute(insert(ANSWERS).values(row))
            if claim:
                claims.take(connection, owner, claim, beginning.answer_id)
            return beginning.answer_id

    def log(self, answer_id: str, after: int, events: Sequence[bytes], /, *, failed: bool | None = None) -> bool:
        """Append events to the `after` that are there, and say that it lives; false: it was erased."""
        with self._database.write() as connection:
            alive = update(ANSWERS).where(ANSWERS.c.id == answer_id)
            alive = alive.values(alive_at=self._clock(), ended=failed is not None)
            if not connection.execute(alive).rowcount:
                return False
            rows = [{"answer": answer_id, "seq": seq, "data": data} for seq, data in enumerate(events, after + 1)]
            if rows:
                connection.execute(insert(EVENTS), rows)
            if failed:
                claims.release(connection, answer_id)
            return True

    def read(self, answer_id: str, owner: str, after: int, /) -> Log | None:
        """The events after number `after`; None: no such answer, or its time to be resumed is over."""
        with self._database.read() as connection:
            row = _find(connection, answer_id, owner)
            if row is None or self._over(row):
                return None
            rows = select(EVENTS.c.data).where(EVENTS.c.answer == answer_id, EVENTS.c.seq > after)
            events = list(connection.scalars(rows.order_by(EVENTS.c.seq)))
            return Log(events, self._runs(row))

    def watch(self, answer_id: str, /) -> None:
        """Somebody in another process reads along."""
        with self._database.write() as connection:
            connection.execute(update(ANSWERS).where(ANSWERS.c.id == answer_id).values(watched_at=self._clock()))

    def watched(self, answer_id: str, within: float, /) -> bool:
        """Whether somebody in another process read along in the last seconds."""
        with self._database.read() as connection:
            at = connection.scalar(select(ANSWERS.c.watched_at).where(ANSWERS.c.id == answer_id))
            return at is not None and self._clock() - at < within * 1000

    def end(self, ending: Ending, /) -> None:
        """Keep what was said, the question also where it found no answer; nothing, if it was erased meanwhile."""
        with self._database.write() as connection:
            rows = select(ANSWERS.c.id, ANSWERS.c.conversation).where(ANSWERS.c.id == ending.answer_id)
            row = connection.execute(rows).first()
            if row is None:
                return
            if row.conversation:
                self._conversations.append(
                    connection, row.conversation, ending.answer_id, ending.turns, ending.turns_kept
                )
            if ending.gap and self._unanswered:
                self._unanswered.add(connection, ending.answer_id, ending.gap)

    def _earlier(self, connection: Connection, owner: str, claim: Claim) -> str | None:
        """The answer that the claim stands for, unless it died or is too old to be told again."""
        found = claims.holder(connection, owner, claim)
        row = found and _find(connection, found, owner)
        if not row or self._over(row):
            return None
        return found if row.ended or self._runs(row) else None

    def _runs(self, row: "Row[tuple[object, ...]]") -> bool:
        """Whether its process says that it lives."""
        return bool(not row.ended and self._clock() - row.alive_at < _LOST_MS)

    def _over(self, row: "Row[tuple[object, ...]]") -> bool:
        """Whether it is too late to resume: a running answer always can be."""
        return bool(self._clock() - row.alive_at > self._replay_ms)


def _find(connection: Connection, answer_id: str, owner: str) -> "Row[tuple[object, ...]] | None":
    return connection.execute(select(ANSWERS).where(ANSWERS.c.id == answer_id, ANSWERS.c.owner == owner)).first()
