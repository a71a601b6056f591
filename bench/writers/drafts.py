"""Drafts on disk: what was decided, and what a model wrote of it, one JSON object a line."""

from collections.abc import AsyncGenerator
from pathlib import Path

import msgspec

from guide.errors import GeneratorError
from guide.model import Decision, Question
from guide.write.model import Message


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One answer before it was verified."""

    id: str
    """Of the question in the data set."""
    question: Question
    decision: Decision
    text: str = ""
    """What the model wrote, word for word; empty where nothing was there to write, or it failed at once."""
    error: str = ""
    """Why the model gave up; empty: it did not."""
    seconds: float = 0.0
    """What the writing took; 0 where the model was not asked."""


class Spoken:
    """A model that says what a draft holds, and fails where it failed."""

    resting = False
    """Left alone for a while; what was written does not fail."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    async def stream(self, messages: list[Message], max_tokens: int, deadline: float, /) -> AsyncGenerator[str, None]:
        """The text in one piece.

        Raises:
            GeneratorError: the model had given up.
        """
        yield self._draft.text
        if self._draft.error:
            raise GeneratorError(self._draft.error)

    async def aclose(self) -> None:
        """Nothing to let go."""


def load(source: Path) -> list[Draft]:
    """The drafts of a file; none when it is not there."""
    lines = source.read_bytes().splitlines() if source.is_file() else []
    return [msgspec.json.decode(line, type=Draft) for line in lines]


def append(draft: Draft, target: Path) -> None:
    """Add a draft: a run that was cut off goes on behind it."""
    with target.open("ab") as file:
        file.write(msgspec.json.encode(draft) + b"\n")
