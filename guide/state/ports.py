"""The seam to whatever keeps the state; one contract test-suite holds every implementation.

Every call blocks. All raise StateError where the state cannot be read or written now.
"""

from collections.abc import Sequence
from typing import Protocol

from guide.model import Turn
from guide.state.model import Beginning, Conversation, Ending, Erased, Feedback, GapGroup, GapPlace, Log


class Conversations(Protocol):
    """What was said, bound to the key that began it: to any other key it does not exist."""

    def turns(self, conversation_id: str, owner: str, last: int, /) -> list[Turn] | None:
        """The last turns, oldest first; None: there is no such conversation."""

    def show(self, conversation_id: str, owner: str, /) -> Conversation | None:
        """All that is kept of it; None: there is no such conversation."""

    def delete(self, conversation_id: str, owner: str, /) -> bool:
        """Remove it with its answers, events, feedback and unanswered questions; false: there is none."""


class Answers(Protocol):
    """Answers while they run and for a while after, so that a broken stream can go on."""

    def begin(self, beginning: Beginning, /) -> str | None:
        """The answer's own id; or that of the earlier answer its claim stands for; None: the conversation is gone.

        Raises:
            ClaimConflict: the claim stands for another request.
        """

    def log(self, answer_id: str, after: int, events: Sequence[bytes], /, *, failed: bool | None = None) -> bool:
        """Append events to the `after` that are there, and say that it lives; false: it was erased.

        With `failed` these are the last; a failed answer gives its claim back.
        """

    def read(self, answer_id: str, owner: str, after: int, /) -> Log | None:
        """The events after number `after`; None: no such answer, or its time to be resumed is over."""

    def watch(self, answer_id: str, /) -> None:
        """Somebody in another process reads along."""

    def watched(self, answer_id: str, within: float, /) -> bool:
        """Whether somebody in another process read along in the last seconds."""

    def end(self, ending: Ending, /) -> None:
        """Keep what was said, the question also where it found no answer; nothing, if it was erased meanwhile."""


class FeedbackBox(Protocol):
    """What shoppers say of answers."""

    def put(self, feedback: Feedback, owner: str, /) -> bool:
        """Keep it, in place of an earlier one; false: this key knows no such answer."""


class Unanswered(Protocol):
    """Questions without an answer, for the catalog team."""

    def page(self, k: int, after: GapPlace | None, /) -> list[GapGroup]:
        """At most `k` groups, most frequent first, from where the last page ended."""


class State(Protocol):
    """All that is kept."""

    @property
    def conversations(self) -> Conversations:
        """What was said."""

    @property
    def answers(self) -> Answers:
        """What is being answered."""

    @property
    def feedback(self) -> FeedbackBox:
        """What shoppers think of it."""

    @property
    def unanswered(self) -> Unanswered:
        """What the records do not tell."""

    def purge(self) -> None:
        """Remove what is older than the settings allow."""

    def erase(self, key: str, /) -> Erased:
        """Remove all of a conversation, or of a profile, by its id."""

    def close(self) -> None:
        """Let the database go."""
