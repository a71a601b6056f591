"""A line of a proposed mapping file: TOML with a reason and an example in a comment."""

import json
import re
from typing import Any

import msgspec

_WIDTH = 40
"""Characters of an example value."""


class Entry(msgspec.Struct):
    """One line of the proposal: our name, their column, how a cell is read, and why."""

    name: str
    column: str
    reason: str
    how: dict[str, str] = {}
    hint: str = ""

    def line(self, example: Any) -> str:
        """The entry as TOML; `example` is one of the column's values."""
        parts = {"column": self.column, **self.how}
        inner = ", ".join(f"{key} = {quoted(value)}" for key, value in parts.items())
        target = f"{{ {inner} }}" if self.how else quoted(self.column)
        key = self.name if re.fullmatch(r"[A-Za-z0-9_-]+", self.name) else quoted(self.name)
        hint = f"; {self.hint}" if self.hint else ""
        return f"{key} = {target}  # {self.reason}{hint}; e.g. {shown(example)}"


def quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def shown(value: Any) -> str:
    """A value inside a comment: one line, cut, without control characters."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", str(value))
    return f"'{text[:_WIDTH]}…'" if len(text) > _WIDTH else f"'{text}'"
