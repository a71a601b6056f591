"""How an answer begins: what was said before is read, a conversation is found or made, a claim is taken."""

import secrets
from typing import NamedTuple

import msgspec

from guide.errors import StateError
from guide.live.desk import Desk
from guide.model import Question
from guide.problems import Problem
from guide.state.model import Beginning, Claim


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question, who asks it, and what it belongs to."""

    owner: str
    """Id of the key that asks; empty where there are no keys."""
    question: Question
    conversation_id: str | None = None
    profile_id: str | None = None
    claim: Claim | None = None


class Opened(NamedTuple):
    """An answer that may begin; or, with another id than its own, the earlier one that is to be told again."""

    answer_id: str
    question: Question
    conversation_id: str | None
    kept: bool
    """False: the state cannot be written, the answer goes out all the same."""
    earlier: bool = False


async def opened(desk: Desk, asked: Asked, history_turns: int) -> Opened:
    """Open an answer in the state.

    A question that brings its own history belongs to no conversation; any other begins one, or goes on with its own.

    Raises:
        Problem: this key knows no such conversation.
        ClaimConflict: the claim was made for another request.
    """
    question = await _with_history(desk, asked, history_turns)
    mints = asked.conversation_id is None and not asked.question.history
    conversation_id = f"c_{secrets.token_urlsafe(18)}" if mints else asked.conversation_id
    answer_id = f"a_{secrets.token_urlsafe(12)}"
    beginning = Beginning(
        answer_id=answer_id, owner=asked.owner, conversation_id=conversation_id, minted=mints,
        profile_id=asked.profile_id, claim=asked.claim,
    )  # fmt: skip
    try:
        begun = await desk.run(desk.state.answers.begin, beginning)
    except StateError:
        return Opened(answer_id, question, asked.conversation_id, kept=False)
    if begun is None:
        raise _unknown()
    return Opened(begun, question, conversation_id, kept=True, earlier=begun != answer_id)


async def _with_history(desk: Desk, asked: Asked, turns: int) -> Question:
    """The question with what was said before; where that cannot be read, without, and the answer will say so."""
    if asked.conversation_id is None:
        return asked.question
    try:
        said = await desk.run(desk.state.conversations.turns, asked.conversation_id, asked.owner, turns)
    except StateError:
        return asked.question
    if said is None:
        raise _unknown()
    return msgspec.structs.replace(asked.question, history=tuple(said))


def _unknown() -> Problem:
    return Problem("unknown_conversation", "no conversation of this key has this id: leave it out to begin a new one")
