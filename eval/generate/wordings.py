"""How shoppers say it: the wordings of both languages, read from the TOML files beside this one."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeAlias, TypeVar

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
T = TypeVar("T")


@cache
def data(language: Language) -> dict[str, Any]:
    """Every list of one language."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))


def ways(language: Language, name: str) -> list[str]:
    """All ways to say one thing."""
    found: list[str] = data(language)[name]
    return found


def in_turn(streams: Iterable[Iterator[T]]) -> Iterator[T]:
    """One of each in turn, until all have run dry: no stream crowds out another."""
    left = list(streams)
    while left:
        for stream in list(left):
            try:
                yield next(stream)
            except StopIteration:
                left.remove(stream)


def asked(random: Random, facts: Sequence[T], wordings: Sequence[str]) -> Iterator[tuple[T, str]]:
    """Every fact in one wording, then every fact in another, until all are used: no pair comes twice."""
    drawn, said = list(facts), list(wordings)
    random.shuffle(drawn)
    random.shuffle(said)
    for turn in range(len(said)):
        for at, fact in enumerate(drawn):
            yield fact, said[(at + turn) % len(said)]
