"""Idempotency keys: one key of one owner stands for one request and its one answer."""

from sqlalchemy import Connection, delete, insert, select

from guide.errors import ClaimConflict
from guide.state.model import Claim
from guide.state.tables import CLAIMS


def holder(connection: Connection, owner: str, claim: Claim) -> str | None:
    """The answer that the claim stands for, if it was made before.

    Raises:
        ClaimConflict: it stands for another request.
    """
    row = connection.execute(select(CLAIMS).where(CLAIMS.c.owner == owner, CLAIMS.c.key == claim.key)).first()
    if row is None:
        return None
    if row.fingerprint != claim.fingerprint:
        raise ClaimConflict("this Idempotency-Key was sent with another request: take a new one for a new question")
    return str(row.answer)


def take(connection: Connection, owner: str, claim: Claim, answer_id: str) -> None:
    """Let the claim stand for an answer, whatever it stood for."""
    connection.execute(delete(CLAIMS).where(CLAIMS.c.owner == owner, CLAIMS.c.key == claim.key))
    row = {"owner": owner, "key": claim.key, "fingerprint": claim.fingerprint, "answer": answer_id}
    connection.execute(insert(CLAIMS).values(row))


def release(connection: Connection, answer_id: str) -> None:
    """The answer failed: the same request may be made again."""
    connection.execute(delete(CLAIMS).where(CLAIMS.c.answer == answer_id))
