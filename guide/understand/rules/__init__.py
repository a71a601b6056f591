"""Word lists and patterns of the readers, as data."""

import re
import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((files("guide.understand.rules") / f"{name}.toml").read_text(encoding="utf-8"))


def pattern(lines: list[str]) -> re.Pattern[str]:
    """Lines of alternatives as one expression that ignores case."""
    return re.compile("|".join(lines), re.IGNORECASE)
