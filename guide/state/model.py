"""What goes into the state and comes out of it. Times are milliseconds since 1970, UTC."""

from typing import Literal, TypeAlias

import msgspec

from guide.model import Turn

Rating: TypeAlias = Literal["up", "down"]


class Claim(msgspec.Struct, frozen=True):
    """An `Idempotency-Key` and what it was sent with: the same key stands for one request only."""

    key: str
    fingerprint: str


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """What is known when an answer begins."""

    answer_id: str
    owner: str
    """Id of the key that asked; empty where there are no keys."""
    conversation_id: str | None = None
    minted: bool = False
    """The conversation begins with this answer."""
    profile_id: str | None = None
    claim: Claim | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A question that the shop's records could not answer."""

    text: str
    language: str
    outcome: str
    reason: str | None


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What stays of an answer that came to its end."""

    answer_id: str
    turns: tuple[Turn, Turn]
    """The question and the answer."""
    turns_kept: int
    gap: Gap | None = None


class KeptTurn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A turn of a conversation; numbers rise by one, and the oldest turns go first."""

    turn: int
    role: Literal["user", "assistant"]
    content: str
    product_ids: list[str] = []
    """The cards that an assistant's turn showed."""
    answer_id: str
    at: int

    def spoken(self) -> Turn:
        """The turn as the engine reads it."""
        return Turn(self.role, self.content, self.product_ids)


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, oldest turn first."""

    conversation_id: str
    made_at: int
    seen_at: int
    turns: list[KeptTurn]


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What a shopper says of an answer; the last word on it stands."""

    answer_id: str
    rating: Rating
    comment: str = ""


class Log(msgspec.Struct, frozen=True):
    """Events of an answer, encoded, that follow those a reader has; `running` as far as anybody knows."""

    events: list[bytes]
    running: bool


class GapGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A question that was asked in these or nearly these words, and how often it had no answer."""

    text: str
    """As it was asked last."""
    count: int
    reasons: dict[str, int]
    """How often for which reason (`unstated` where the outcome says it all)."""
    outcomes: dict[str, int]
    languages: list[str]
    last_seen: int
    folded: str
    """What the group is one by: width, case, spaces and marks of punctuation make no difference."""


class GapPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of groups ended: most frequent first, then the latest."""

    count: int
    last_seen: int
    folded: str


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure removed, in rows."""

    conversations: int
    turns: int
    answers: int
    feedback: int
    unanswered: int
