"""Conversations and turns. A turn's number is taken inside the transaction that writes it: none is used twice."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from guide.model import Turn
from guide.state.clock import Clock
from guide.state.database import Database
from guide.state.model import Conversation, KeptTurn
from guide.state.redact import redact
from guide.state.tables import CONVERSATIONS, TURNS


class SqlConversations:
    """Conversations in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def turns(self, conversation_id: str, owner: str, last: int, /) -> list[Turn] | None:
        """The last turns, oldest first; None: there is no such conversation."""
        with self._database.read() as connection:
            if not _owned(connection, conversation_id, owner):
                return None
            return [turn.spoken() for turn in _turns(connection, conversation_id, last)]

    def show(self, conversation_id: str, owner: str, /) -> Conversation | None:
        """All that is kept of it; None: there is no such conversation."""
        with self._database.read() as connection:
            rows = select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner)
            row = connection.execute(rows).first()
            if row is None:
                return None
            turns = _turns(connection, conversation_id)
            return Conversation(conversation_id=row.id, made_at=row.made_at, seen_at=row.seen_at, turns=turns)

    def delete(self, conversation_id: str, owner: str, /) -> bool:
        """Remove it with all that hangs on it; false: there is none."""
        with self._database.write() as connection:
            mine = CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner
            found = connection.execute(delete(CONVERSATIONS).where(*mine)).rowcount
        if found:
            self._database.settle()
        return bool(found)

    def begin(self, connection: Connection, conversation_id: str, owner: str, *, minted: bool) -> bool:
        """Make it, or say that it goes on; false: it is gone."""
        now = self._clock()
        if minted:
            row = {"id": conversation_id, "owner": owner, "made_at": now, "seen_at": now}
            connection.execute(insert(CONVERSATIONS).values(row))
            return True
        mine = CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner
        return bool(connection.execute(update(CONVERSATIONS).where(*mine).values(seen_at=now)).rowcount)

    def append(
        self, connection: Connection, conversation_id: str, answer_id: str, turns: Sequence[Turn], kept: int
    ) -> None:
        """Add turns behind the last; beyond `kept` the oldest go."""
        last = select(func.max(TURNS.c.turn)).where(TURNS.c.conversation == conversation_id)
        first = (connection.execute(last).scalar() or 0) + 1
        rows = [
            {"conversation": conversation_id, "turn": number, "role": turn.role, "content": _kept(turn),
             "product_ids": turn.product_ids, "answer_id": answer_id, "at": self._clock()}
            for number, turn in enumerate(turns, first)
        ]  # fmt: skip
        connection.execute(insert(TURNS), rows)
        oldest = first + len(rows) - kept
        connection.execute(delete(TURNS).where(TURNS.c.conversation == conversation_id, TURNS.c.turn < oldest))


def _kept(turn: Turn) -> str:
    """A shopper's words may be personal; the shop's own address in an answer is not."""
    return redact(turn.content) if turn.role == "user" else turn.content


def _owned(connection: Connection, conversation_id: str, owner: str) -> bool:
    mine = select(1).where(CONVERSATIONS.c.id == conversation_id, CONVERSATIONS.c.owner == owner)
    return connection.execute(mine).first() is not None


def _turns(connection: Connection, conversation_id: str, last: int | None = None) -> list[KeptTurn]:
    rows = select(TURNS).where(TURNS.c.conversation == conversation_id).order_by(TURNS.c.turn.desc()).limit(last)
    return [
        KeptTurn(turn=row.turn, role=row.role, content=row.content, product_ids=row.product_ids,
                 answer_id=row.answer_id, at=row.at)
        for row in reversed(connection.execute(rows).all())
    ]  # fmt: skip
