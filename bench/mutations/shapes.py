"""The sets of wordings, a folder of data files each.

A set is of use to measure a checker as long as nobody who works on the checker has read it.
"""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.mutations.kinds import Language

SETS = ("first", "held", "third")


class Shapes:
    """One set: its sentences round a fact, its phrases of yes/no attributes, and what it makes up."""

    def __init__(self, name: str = "first") -> None:
        self._folder = Path(__file__).parent / name

    @cached_property
    def sentences(self) -> dict[str, Any]:
        """sentences.toml, which tells what its keys are."""
        return self._read("sentences")

    @cached_property
    def booleans(self) -> dict[str, dict[Language, list[str]]]:
        """Per attribute and language, what is said of a product of which it is true, and of one of which it is not."""
        return self._read("booleans")

    @cached_property
    def invented(self) -> list[dict[str, Any]]:
        """What is made up, in both languages, of which products, and which words keep it away."""
        lines: list[dict[str, Any]] = self._read("invented")["line"]
        return lines

    @cached_property
    def leaves_out(self) -> frozenset[str]:
        """The shapes that are not drawn from this set."""
        return frozenset(self.sentences["leaves_out"])

    def wordings(self, language: Language, kind: str) -> list[str]:
        """The sentences of one kind; [] where the set has none."""
        found: list[str] = self.sentences[language].get(kind, [])
        return found

    def table(self, language: Language, kind: str) -> dict[str, Any]:
        """Wordings by attribute, unit, currency or group; {} where the set has none."""
        found: dict[str, Any] = self.sentences[language].get(kind, {})
        return found

    def _read(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self._folder / f"{name}.toml").read_text("utf-8"))
