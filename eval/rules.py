"""The rules of a gate, as a TOML file says them; without one those of `gates_default.toml` hold."""

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import msgspec

from eval.errors import ThresholdError
from eval.runs import METRICS
from eval.slices import KINDS
from eval.verdict import JUDGED_METRICS

DEFAULT = Path(__file__).with_name("gates_default.toml")

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Loss = Annotated[float, msgspec.Meta(ge=0)]
Kind = Literal["min", "max", "tolerance", "significant"]
ABSOLUTE: frozenset[Kind] = frozenset({"min", "max"})
RELATIVE: frozenset[Kind] = frozenset({"tolerance", "significant"})


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one metric has to hold; every bound that is given counts."""

    min: float | None = None
    """The run's value may not be below this."""
    max: float | None = None
    """The run's value may not be above this."""
    tolerance: Loss | None = None
    """How much worse than the baseline's the value may be, in the metric's own unit; without a baseline not checked."""
    significant: Loss | None = None
    """The loss against the baseline may not surely be larger than this; 0: there may be no sure loss at all."""
    optional: bool = False
    """Whether the metric may score nothing, as long as it scored nothing in the baseline either."""
    with_card: bool = False
    """For a judged metric: checked where a judge card is given; where none is, left out, and the verdict says so."""

    @property
    def bounds(self) -> dict[Kind, float]:
        """The bounds that are given."""
        given: dict[Kind, float | None] = {
            "min": self.min, "max": self.max, "tolerance": self.tolerance, "significant": self.significant,
        }  # fmt: skip
        return {kind: bound for kind, bound in given.items() if bound is not None}


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole rules file."""

    max_error_share: Share = 0.0
    """Share of cases that may have no answer, in the run and in the baseline; above it nothing is judged."""
    metrics: dict[str, Rule] = {}
    """Metric name -> its rule."""
    slices: dict[str, dict[str, Rule]] = {}
    """Slice (`tag:…`, `language:…`, `intent:…`) -> metric name -> its rule over the cases of the slice."""

    def bounds(self, kinds: frozenset[Kind] = ABSOLUTE | RELATIVE) -> "Iterator[Bound]":
        """Every bound of these kinds."""
        for slice_, rules in ((None, self.metrics), *self.slices.items()):
            for name, rule in rules.items():
                for kind, value in rule.bounds.items():
                    if kind in kinds:
                        yield Bound(slice_, name, kind, value, rule.optional)


class Bound(NamedTuple):
    """One bound of one rule."""

    slice: str | None
    metric: str
    kind: Kind
    value: float
    optional: bool


def load(path: Path | None = None, *, judge_card: bool = False) -> Rules:
    """The rules in a file, or the default ones.

    Raises:
        ThresholdError: it cannot be read, has an unknown key, rules nothing, or gates on a judge without a card.
    """
    source = path or DEFAULT
    try:
        rules = msgspec.convert(tomllib.loads(source.read_text("utf-8")), Rules)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ThresholdError(f"{source}: no rules for a gate: {error}") from error
    everywhere = {"": rules.metrics} | {f"{name}: ": ruled for name, ruled in rules.slices.items()}
    faults = [f"{name} is no slice; write {', '.join(f'{kind}:…' for kind in KINDS)}"
              for name in rules.slices if name.partition(":")[0] not in KINDS]  # fmt: skip
    faults += [
        f"{where}{fault}"
        for where, ruled in everywhere.items()
        for name, rule in ruled.items()
        for fault in _faults(name, rule, judge_card=judge_card)
    ]
    if not any(everywhere.values()):
        faults = ["it rules no metric"]
    if faults:
        raise ThresholdError("\n".join(f"{source}: {fault}" for fault in faults))
    return rules


def _faults(name: str, rule: Rule, *, judge_card: bool) -> list[str]:
    faults = []
    if name not in METRICS:
        faults.append(f"no metric is called {name!r}; there are {', '.join(METRICS)}")
    if name in JUDGED_METRICS and not (judge_card or rule.with_card):
        faults.append(f"{name} is scored by a judge without a card: it cannot gate without --judge-card")
    if rule.with_card and name in METRICS and name not in JUDGED_METRICS:
        faults.append(f"{name} is scored by no judge: it needs no card")
    if not rule.bounds:
        faults.append(f"{name} has none of min, max, tolerance and significant")
    if not all(map(math.isfinite, rule.bounds.values())):
        faults.append(f"{name} has a bound that is no finite number")
    return faults
