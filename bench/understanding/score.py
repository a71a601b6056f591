"""Exact match over the cases, in whole, by slice and by language."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from bench.understanding import reading
from bench.understanding.cases import Case
from bench.understanding.match import matches
from bench.understanding.normal import Normaliser
from bench.understanding.shop import Sample
from guide.understand import understand

_DRAWS = 2000
_SEED = 20261122


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One case: whether its whole constraint set was read, and whether its intent was."""

    case: Case
    read: dict[str, Any]
    intent: str
    exact: bool
    intent_right: bool


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How many of `n` are right; the 95 % interval is a bootstrap over cases."""

    n: int
    right: int
    share: float
    low: float
    high: float


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one file."""

    exact: Share
    intent: Share
    by_slice: dict[str, Share]
    by_language: dict[str, Share]


def judge(cases: Iterable[Case], sample: Sample) -> list[Verdict]:
    """Read every case and set it against what it expects."""
    normal = Normaliser(sample.shop)
    return [_verdict(case, sample, normal) for case in cases]


def score(verdicts: Sequence[Verdict]) -> Score:
    """The shares that are right."""
    return Score(
        exact=_share([verdict.exact for verdict in verdicts]),
        intent=_share([verdict.intent_right for verdict in verdicts]),
        by_slice=_by(verdicts, "slice"),
        by_language=_by(verdicts, "language"),
    )


def _verdict(case: Case, sample: Sample, normal: Normaliser) -> Verdict:
    understanding = understand(case.question(), sample.shop, sample.price)
    read, wanted = reading.of(understanding), case.expect.get("intent", understanding.intent)
    intents = wanted["any"] if isinstance(wanted, dict) else [wanted]
    return Verdict(
        case=case,
        read=read,
        intent=understanding.intent,
        exact=matches(case.expect, read, normal),
        intent_right=understanding.intent in intents,
    )


def _by(verdicts: Sequence[Verdict], field: str) -> dict[str, Share]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        groups[getattr(verdict.case, field)].append(verdict.exact)
    return {name: _share(groups[name]) for name in sorted(groups)}


def _share(right: Sequence[bool]) -> Share:
    draws = np.random.default_rng(_SEED).choice(np.array(right, float), size=(_DRAWS, len(right))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    n, hits = len(right), sum(right)
    return Share(n=n, right=hits, share=round(hits / n, 4), low=round(float(low), 4), high=round(float(high), 4))
