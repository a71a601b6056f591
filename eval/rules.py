"""The rules of a gate, as a TOML file says them; without one those of `gates_default.toml` hold."""

import math
import tomllib
from pathlib import Path
from typing import Annotated

import msgspec

from eval.compare import METRICS
from eval.errors import ThresholdError
from eval.verdict import JUDGED_METRICS

DEFAULT = Path(__file__).with_name("gates_default.toml")

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Loss = Annotated[float, msgspec.Meta(ge=0)]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one metric has to hold; every bound that is given counts."""

    min: float | None = None
    """The run's value may not be below this."""
    max: float | None = None
    """The run's value may not be above this."""
    tolerance: Loss | None = None
    """How much worse than the baseline's the value may be, in the metric's own unit; without a baseline not checked."""
    optional: bool = False
    """Whether the metric may score nothing, as long as it scored nothing in the baseline either."""


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole rules file."""

    max_error_share: Share = 0.0
    """Share of cases that may have no answer, in the run and in the baseline; above it nothing is judged."""
    metrics: dict[str, Rule]
    """Metric name -> its rule."""


def load(path: Path | None = None) -> Rules:
    """The rules in a file, or the default ones.

    Raises:
        ThresholdError: it cannot be read, has an unknown key, rules nothing, or gates on a judge without a card.
    """
    source = path or DEFAULT
    try:
        rules = msgspec.convert(tomllib.loads(source.read_text("utf-8")), Rules)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ThresholdError(f"{source}: no rules for a gate: {error}") from error
    faults = [fault for name, rule in rules.metrics.items() for fault in _faults(name, rule)]
    if not rules.metrics:
        faults = ["it rules no metric"]
    if faults:
        raise ThresholdError("\n".join(f"{source}: {fault}" for fault in faults))
    return rules


def _faults(name: str, rule: Rule) -> list[str]:
    bounds = [bound for bound in (rule.min, rule.max, rule.tolerance) if bound is not None]
    faults = []
    if name not in METRICS:
        faults.append(f"no metric is called {name!r}; there are {', '.join(METRICS)}")
    if name in JUDGED_METRICS:
        faults.append(f"{name} is scored by a judge without a card: it cannot gate")
    if not bounds:
        faults.append(f"{name} has none of min, max and tolerance")
    if not all(map(math.isfinite, bounds)):
        faults.append(f"{name} has a bound that is no finite number")
    return faults
