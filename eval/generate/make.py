"""From feeds to a case file."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval.cases import content_hash, write
from eval.errors import SourceError
from eval.generate.draw import draw
from eval.generate.shop import Shop
from eval.generate.wordings import Language
from eval.records import read


class Wanted(NamedTuple):
    """What is to be made."""

    total: int
    seed: int
    languages: Sequence[Language]
    kinds: Sequence[str]
    clock: str | None
    """ISO 8601; without it the sales that run now hold, and the cases are judged when they are asked."""


class Generated(msgspec.Struct, kw_only=True):
    """What was made, by kind."""

    out: str
    cases: int
    hash: str
    kinds: dict[str, int]


def make(catalog: Sequence[str], mapping: str | None, out: Path, wanted: Wanted) -> Generated:
    """Write the cases.

    Raises:
        SourceError: the records give no question of these kinds and languages, or the clock is no time.
        FeedError: a feed cannot be read at all.
        MappingError: the mapping file is wrong.
    """
    shop = Shop(read(catalog, mapping), _time(wanted.clock))
    cases = draw(shop, wanted.total, wanted.seed, wanted.languages, wanted.kinds, wanted.clock)
    if not cases:
        raise SourceError(f"{', '.join(catalog)}: the records give no question of these kinds and languages")
    write(out, cases)
    kinds = Counter(case.tags[0].removeprefix("kind:") for case in cases)
    return Generated(out=str(out), cases=len(cases), hash=content_hash(cases), kinds=dict(kinds))


def _time(clock: str | None) -> dt.datetime:
    if clock is None:
        return dt.datetime.now(dt.UTC)
    try:
        when = dt.datetime.fromisoformat(clock)
    except ValueError as error:
        raise SourceError(f"--clock {clock}: not an ISO 8601 time") from error
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
