"""All of the state in one SQL database, and what goes over all of it: retention and erasure."""

from pathlib import Path

from sqlalchemy import URL, Connection, Select, delete, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from guide.config import Settings, StateSettings
from guide.state.answers import SqlAnswers
from guide.state.clock import Clock, wall
from guide.state.conversations import SqlConversations
from guide.state.database import Database
from guide.state.feedback import SqlFeedback
from guide.state.model import Erased
from guide.state.tables import ANSWERS, CLAIMS, CONVERSATIONS, EVENTS, FEEDBACK, TURNS, UNANSWERED
from guide.state.unanswered import SqlUnanswered

FILE = "state.db"
_DAY_MS = 24 * 3600 * 1000


class SqlState:
    """The state in one database."""

    def __init__(self, url: str | URL, settings: StateSettings, clock: Clock = wall) -> None:
        """Take a database; nothing is made in it before something is kept.

        Raises:
            ConfigError: the address is none, or its driver is not installed.
        """
        self._database = database = Database(url)
        self._clock = clock
        self._settings = settings
        self.conversations = SqlConversations(database, clock)
        self.unanswered = SqlUnanswered(database, clock)
        self.feedback = SqlFeedback(database, clock)
        gaps = self.unanswered if settings.unanswered else None
        self.answers = SqlAnswers(database, clock, self.conversations, gaps, settings.replay_seconds)

    def purge(self) -> None:
        """Remove what is older than the settings allow.

        Raises:
            StateError: not now; the next purge takes it along.
        """
        now = self._clock()
        oldest = now - int(self._settings.retention_days * _DAY_MS)
        silent = select(ANSWERS.c.id).where(ANSWERS.c.alive_at < now - int(self._settings.replay_seconds * 1000))
        with self._database.write() as connection:
            connection.execute(delete(EVENTS).where(EVENTS.c.answer.in_(silent)))
            connection.execute(delete(CLAIMS).where(CLAIMS.c.answer.in_(silent)))
            connection.execute(delete(ANSWERS).where(ANSWERS.c.made_at < oldest))
            connection.execute(delete(TURNS).where(TURNS.c.at < oldest))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.seen_at < oldest))

    def erase(self, key: str, /) -> Erased:
        """Remove all of a conversation, or of a profile, by its id.

        A conversation in which the profile spoke goes as a whole: the answers in it speak of the same person.

        Raises:
            StateError: nothing was removed.
        """
        spoken = select(ANSWERS.c.conversation).where(ANSWERS.c.profile == key, ANSWERS.c.conversation.is_not(None))
        conversations = select(CONVERSATIONS.c.id).where(or_(CONVERSATIONS.c.id == key, CONVERSATIONS.c.id.in_(spoken)))
        with self._database.write() as connection:
            ids = list(connection.scalars(conversations))
            answers = select(ANSWERS.c.id).where(or_(ANSWERS.c.conversation.in_(ids), ANSWERS.c.profile == key))
            erased = Erased(
                conversations=len(ids),
                turns=_count(connection, TURNS.c.conversation.in_(ids)),
                answers=_count(connection, ANSWERS.c.id.in_(answers)),
                feedback=_count(connection, FEEDBACK.c.answer.in_(answers)),
                unanswered=_count(connection, UNANSWERED.c.answer.in_(answers)),
            )
            connection.execute(delete(ANSWERS).where(or_(ANSWERS.c.conversation.in_(ids), ANSWERS.c.profile == key)))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(ids)))
        self._database.settle()
        return erased

    def close(self) -> None:
        """Let the database go."""
        self._database.close()


def open_state(settings: Settings) -> SqlState:
    """The state that the settings name: by default a file in the data folder. Nothing is made before it is used.

    Raises:
        ConfigError: `state.url` cannot be used.
    """
    return SqlState(settings.state.url or _file(settings.data), settings.state)


def _file(data: Path) -> URL:
    return URL.create("sqlite", database=str(data / FILE))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    counted: Select[int] = select(func.count()).where(which)
    return connection.scalar(counted) or 0
