"""What a metric is made of.

A metric looks at one case at a time and gives a `Sample`; a statistic joins the samples that scored. So every
metric can say of every case whether it scored, erred, abstained or did not apply, and these four always add up to
the number of cases.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import msgspec

from eval.answer import Answer
from eval.cases import Case
from eval.faithfulness.model import Checked, Setting
from eval.outcomes import abstains
from eval.text.fold import is_chinese
from eval.truth import Truth

State = Literal["scored", "error", "abstained", "not_applicable"]
Statistic = Literal["mean", "ratio", "precision", "recall", "f1", "p50", "p95", "p99", "max", "risk_area"]


class Sample(NamedTuple):
    """One case's part in a metric; what `values` hold depends on the statistic.

    mean, p50, p95, p99, max: (value,). ratio: (part, whole). precision, recall, f1: (true positives, false
    positives, false negatives). risk_area: (confidence, 1 if wrong).
    """

    state: State
    values: tuple[float, ...] = ()


ABSTENTION = Sample("abstained")
ERROR = Sample("error")
NOT_APPLICABLE = Sample("not_applicable")


def scored(*values: float) -> Sample:
    """A sample that counts."""
    return Sample("scored", tuple(float(value) for value in values))


def share(part: float, whole: float) -> Sample:
    """A ratio sample; nothing to count does not apply."""
    return scored(part, whole) if whole else NOT_APPLICABLE


class Judged(NamedTuple):
    """One case with all that its metrics look at. `error` set means there is no answer to look at."""

    case: Case
    answer: Answer | None = None
    ask_ms: float | None = None
    hits: Sequence[str] | None = None
    search_ms: float | None = None
    first_text_ms: float | None = None
    setting: Setting = Setting()
    checked: Sequence[Checked] = ()
    outside: dict[str, Sample] = {}  # noqa: RUF012 - a NamedTuple default, replaced and never changed
    error: str | None = None

    @property
    def truth(self) -> Truth | None:
        """The shop's records, if they were given."""
        return self.setting.truth

    @property
    def now(self) -> dt.datetime:
        """The time at which promotions are judged."""
        return self.setting.now

    @property
    def abstained(self) -> bool:
        """Whether the guide declined to answer."""
        return self.answer is not None and abstains(self.answer.outcome) is True

    @property
    def chinese(self) -> bool:
        """Whether the case is a Chinese one (by its label, else by its letters)."""
        return is_chinese(self.case.language, self.case.question)


class Metric(msgspec.Struct, frozen=True):
    """A named measurement; `better` says which way a threshold would point."""

    name: str
    group: str
    statistic: Statistic
    better: Literal["higher", "lower"]
    measure: Callable[[Judged], Sample]
    says: str

    def sample(self, judged: Judged) -> Sample:
        """The case's sample; an error of the target is never given to the measure."""
        return ERROR if judged.error is not None else self.measure(judged)
