"""Questions that the records could not answer, counted together where they say the same."""

import re
from collections import Counter

from sqlalchemy import Connection, and_, func, insert, or_, select

from catalog.text import fold
from guide.state.clock import Clock
from guide.state.database import Database
from guide.state.model import Gap, GapGroup, GapPlace
from guide.state.redact import redact
from guide.state.tables import UNANSWERED

_UNSTATED = "unstated"
_MARKS = re.compile(r"[^\w]+")
_LONGEST = 255
"""What the column holds; longer questions are one where they begin alike."""


class SqlUnanswered:
    """Unanswered questions in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, connection: Connection, answer_id: str, gap: Gap) -> None:
        """Keep one, without what may be personal."""
        text = redact(gap.text)
        row = {"answer": answer_id, "folded": folded(text), "text": text, "language": gap.language,
               "outcome": gap.outcome, "reason": gap.reason or _UNSTATED, "at": self._clock()}  # fmt: skip
        connection.execute(insert(UNANSWERED).values(row))

    def page(self, k: int, after: GapPlace | None, /) -> list[GapGroup]:
        """At most `k` groups, most frequent first, from where the last page ended."""
        key, count, last = UNANSWERED.c.folded, func.count(), func.max(UNANSWERED.c.at)
        groups = select(key, count.label("asked"), last.label("seen")).group_by(key)
        if after:
            groups = groups.having(
                or_(
                    count < after.count,
                    and_(count == after.count, last < after.last_seen),
                    and_(count == after.count, last == after.last_seen, key > after.folded),
                )
            )
        groups = groups.order_by(count.desc(), last.desc(), key).limit(k)
        with self._database.read() as connection:
            return [_group(connection, row.folded, row.asked, row.seen) for row in connection.execute(groups)]


def folded(text: str) -> str:
    """What makes two questions one: width, case, spaces and punctuation make no difference."""
    return (_MARKS.sub(" ", fold(text)).strip() or text)[:_LONGEST]


def _group(connection: Connection, key: str, count: int, last_seen: int) -> GapGroup:
    asked = select(UNANSWERED).where(UNANSWERED.c.folded == key).order_by(UNANSWERED.c.at)
    rows = connection.execute(asked).all()
    return GapGroup(
        text=rows[-1].text, count=count, reasons=dict(Counter(row.reason for row in rows)),
        outcomes=dict(Counter(row.outcome for row in rows)), languages=sorted({row.language for row in rows}),
        last_seen=last_seen, folded=key,
    )  # fmt: skip
