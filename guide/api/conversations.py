"""/v1/conversations: what is kept of a conversation, and its end."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Controller, Request, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from guide.api import asking
from guide.api.problems import responses
from guide.live.runs import Runs
from guide.problems import Problem
from guide.state.model import KeptTurn


class TurnShown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A turn as it is kept; `turn` numbers rise by one."""

    turn: int
    role: str
    content: str
    product_ids: list[str] = []
    """The cards that an assistant's turn showed, in order."""
    answer_id: str
    at: str


class ConversationShown(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept of a conversation, oldest turn first. Times are ISO 8601 in UTC."""

    conversation_id: str
    made_at: str
    seen_at: str
    turns: list[TurnShown]


class ConversationController(Controller):
    """Conversations of the key that asks; to any other key they do not exist."""

    path = "/v1/conversations/{conversation_id:str}"
    tags = ("Conversations",)

    @get(responses=responses(404, 500, 503))
    async def show(
        self,
        conversation_id: FromPath[str],
        request: Request[Any, Any, Any],
        runs: NamedDependency[SkipValidation[Runs]],
    ) -> ConversationShown:
        """What is kept of a conversation."""
        found = await runs.desk.run(runs.desk.state.conversations.show, conversation_id, asking.owner(request))
        if found is None:
            raise _unknown()
        turns = [_shown(turn) for turn in found.turns]
        return ConversationShown(
            conversation_id=conversation_id, made_at=moment(found.made_at), seen_at=moment(found.seen_at), turns=turns
        )

    @delete(status_code=204, responses=responses(404, 500, 503))
    async def erase(
        self,
        conversation_id: FromPath[str],
        request: Request[Any, Any, Any],
        runs: NamedDependency[SkipValidation[Runs]],
    ) -> None:
        """Remove a conversation with its answers, feedback and unanswered questions."""
        if not await runs.erase(conversation_id, asking.owner(request)):
            raise _unknown()


def moment(milliseconds: int) -> str:
    """A kept time as it is sent."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")


def _shown(turn: KeptTurn) -> TurnShown:
    return TurnShown(**msgspec.structs.asdict(turn) | {"at": moment(turn.at)})


def _unknown() -> Problem:
    return Problem("unknown_conversation", "no conversation of this key has this id")
