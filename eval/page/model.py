"""The data of the page: one JSON object inside it, from which its script draws everything but the plots."""

from typing import Literal

import msgspec

from eval.answer import Card, Citation
from eval.cases import Case
from eval.compare import Comparison
from eval.faithfulness.model import Checked
from eval.gate import GateVerdict
from eval.report import Report


class MetricWords(msgspec.Struct, frozen=True):
    """What a metric is called and where it belongs."""

    name: str
    group: str
    better: Literal["higher", "lower"]
    says: str


class Passage(msgspec.Struct, frozen=True):
    """An offered passage; many answers are offered the same one, and it stands here once."""

    record_id: str
    field: str
    text: str


class Shown(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An answer and what was found of it. `right` is None where it cannot be told; `evidence` are passage numbers."""

    error: str | None = None
    outcome: str | None = None
    reason: str | None = None
    text: str = ""
    products: list[Card] = []
    citations: list[Citation] = []
    evidence: list[int] = []
    writer: str | None = None
    ms: float | None = None
    right: bool | None = None
    wrong: list[str] = []
    claims: list[Checked] = []


class PageCase(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A case, its answer, and the answer of the baseline where there is one."""

    case: Case
    accepted: list[str]
    slices: list[str]
    now: Shown
    before: Shown | None = None
    moved: list[str] = []
    """The compared metrics whose value of this case changed."""


class Page(msgspec.Struct, kw_only=True):
    """The whole page."""

    report: Report
    metrics: list[MetricWords]
    cases: list[PageCase]
    passages: list[Passage]
    comparison: Comparison | None
    gate: GateVerdict | None
    """What the default rules of `guide-eval gate` say, where there is a baseline."""
