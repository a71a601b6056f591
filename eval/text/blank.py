"""Blanks where something was read already, so that it is not read again; the places of the rest stay."""

import re
from collections.abc import Iterable
from typing import Protocol


class Placed(Protocol):
    """Anything found in a text: its code points [start, end)."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """Behind the last one."""


def blank(text: str, found: Iterable[Placed]) -> str:
    """The text with blanks for what was found in it."""
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with blanks wherever the pattern matches."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
