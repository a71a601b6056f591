"""What shoppers say of answers."""

from sqlalchemy import delete, insert, select

from guide.state.clock import Clock
from guide.state.database import Database
from guide.state.model import Feedback
from guide.state.redact import redact
from guide.state.tables import ANSWERS, FEEDBACK


class SqlFeedback:
    """Feedback in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, feedback: Feedback, owner: str, /) -> bool:
        """Keep it, in place of an earlier one; false: this key knows no such answer."""
        answer = feedback.answer_id
        with self._database.write() as connection:
            mine = select(1).where(ANSWERS.c.id == answer, ANSWERS.c.owner == owner)
            if connection.execute(mine).first() is None:
                return False
            connection.execute(delete(FEEDBACK).where(FEEDBACK.c.answer == answer))
            row = {"answer": answer, "rating": feedback.rating, "comment": redact(feedback.comment),
                   "at": self._clock()}  # fmt: skip
            connection.execute(insert(FEEDBACK).values(row))
            return True
