"""The written cases: an utterance and everything that must be read from it."""

from pathlib import Path
from typing import Any, Literal

import msgspec

from guide.model import Question, Turn

FOLDER = Path(__file__).parent


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One utterance; `expect` is described in docs/design/understanding.md."""

    id: str
    text: str
    language: Literal["zh", "en", "mixed"]
    slice: str
    expect: dict[str, Any]
    history: tuple[Turn, ...] = ()
    product_ids: tuple[str, ...] = ()
    locale: str | None = None

    def question(self) -> Question:
        """The utterance as the wire brings it."""
        return Question(text=self.text, history=self.history, product_ids=self.product_ids, locale=self.locale)


def load(path: Path) -> list[Case]:
    """Cases of a file, one JSON object a line.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: a line is no case.
    """
    return [msgspec.json.decode(line, type=Case) for line in path.read_bytes().splitlines() if line.strip()]
