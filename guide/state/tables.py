"""The one schema. What hangs on an answer or a conversation goes with it (ON DELETE CASCADE).

Plain types only, so that any database SQLAlchemy speaks to will do. Times are milliseconds since 1970.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
_ID = String(64)


def _of_answer(*, primary: bool = True) -> Column[str]:
    return Column("answer", _ID, ForeignKey("answers.id", ondelete="CASCADE"), primary_key=primary, nullable=False)


CONVERSATIONS = Table(
    "conversations", METADATA,
    Column("id", _ID, primary_key=True),
    Column("owner", _ID, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False, index=True),
)  # fmt: skip
TURNS = Table(
    "turns", METADATA,
    Column("conversation", _ID, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),
    Column("content", Text, nullable=False),
    Column("product_ids", JSON, nullable=False),
    Column("answer_id", _ID, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)  # fmt: skip
ANSWERS = Table(
    "answers", METADATA,
    Column("id", _ID, primary_key=True),
    Column("owner", _ID, nullable=False),
    Column("conversation", _ID, ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("profile", String(128), index=True),
    Column("made_at", BigInteger, nullable=False, index=True),
    Column("alive_at", BigInteger, nullable=False),  # when its process last said that it runs
    Column("watched_at", BigInteger, nullable=False),  # when another process last read along
    Column("ended", Boolean, nullable=False),
)  # fmt: skip
EVENTS = Table(
    "events", METADATA,
    _of_answer(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)  # fmt: skip
CLAIMS = Table(
    "claims", METADATA,
    Column("owner", _ID, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", _ID, nullable=False),
    _of_answer(primary=False),
    Index("claims_of_answer", "answer"),
)  # fmt: skip
FEEDBACK = Table(
    "feedback", METADATA,
    _of_answer(),
    Column("rating", String(8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)  # fmt: skip
UNANSWERED = Table(
    "unanswered", METADATA,
    _of_answer(),
    Column("folded", String(255), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
)  # fmt: skip
