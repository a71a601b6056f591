"""Where a product's texts say something else than a compared attribute: both are shown, none is believed.

A table has no question that says what matters, so only what plainly speaks of the whole product counts: a number beside
the attribute's own name (续航 20 小时), and a clause that begins by denying what the attribute affirms or the other way
round. "The case is not waterproof" says nothing of the earbuds, "extendable to 48 GB" nothing of what is built in.
"""

import re

from catalog import lexicon, units
from catalog.model import Measure
from catalog.quantity import Quantity, parse
from catalog.text import fold
from guide.evidence import Statement
from guide.model import Language

_SAME = 0.02
"""Numbers this near to each other (as a share) are rounded forms of one."""
_BESIDE = 4
"""Most characters between a number and the attribute's name."""
_WHOLE = r"(?:^|[，,。.;；：:！!]\s*)(?:本品|本机|机身|整机|产品|全身|它|这款|it|this|the product|the body)?\s*"
_DENIED = re.compile(
    rf"{_WHOLE}(?:不支持|不能|不可|不带|不|没有|未|无|is not|isn't|has no|does not support|no|not|without)\s*$"
)
_AFFIRMED = re.compile(rf"{_WHOLE}(?:支持|可以|可|能|有|带|is fully|is|has an?|has|supports)\s*$")
# 无酒精, sugar-free: the label itself denies, and a sentence about it would have to be taken apart.
_NEGATIVE = re.compile(r"^(?:无|不|免|非)|\bfree\b|\bnon\b")
_TEXTS = {"description", "bullets"}
_TOLD: dict[Language, str] = {
    "zh": "{title}的{field}有两种说法：资料里是{value}，商品说明写道“{quote}”。",
    "en": "The records of {title} disagree on {field}: {value} in the data, “{quote}” in the description.",
}


def attribute(stated: Statement, others: list[Statement]) -> list[Statement]:
    """Those among the `others` of the same product that contradict an attribute."""
    texts = [s for s in others if s.field in _TEXTS]
    if isinstance(stated.value, bool):
        return [s for s in texts if _contradicts(stated, s.quote, holds=stated.value)]
    if isinstance(stated.value, Measure):
        return [s for s in texts if _another(stated, stated.value, s.quote)]
    return []


def told(title: str, field: str, value: str | None, quote: str, language: Language) -> str:
    """The contradiction in a sentence."""
    return _TOLD[language].format(title=title, field=field, value=value, quote=quote)


def _contradicts(stated: Statement, text: str, *, holds: bool) -> bool:
    folded, pattern = fold(text), _DENIED if holds else _AFFIRMED
    return any(
        pattern.search(folded[: match.start()])
        for label in _labels(stated)
        if not _NEGATIVE.search(label)
        for match in re.finditer(rf"(?<![a-z]){re.escape(label)}(?![a-z])", folded)
    )


def _another(stated: Statement, value: Measure, text: str) -> bool:
    """Whether a number of the same kind beside the attribute's name is another one, and none is the same."""
    number, unit = units.canonical(value)
    alike = [q for q in parse(text) if q.upper is None and units.canonical(q.measure)[1] == unit]
    values = [units.canonical(q.measure)[0] for q in alike]
    if any(abs(found - number) <= _SAME * abs(number) for found in values):
        return False
    return any(_beside(stated, q, text) for q in alike)


def _beside(stated: Statement, quantity: Quantity, text: str) -> bool:
    before, after = text[: quantity.start].lower(), text[quantity.end :].lower()
    return any(
        re.search(rf"{re.escape(label)}[^，,。.;；]{{0,{_BESIDE}}}$", before)
        or re.match(rf"[^，,。.;；]{{0,{_BESIDE}}}{re.escape(label)}", after)
        for label in _labels(stated)
    )


def _labels(stated: Statement) -> set[str]:
    """What the attribute is called: as the record has it, and in both languages."""
    known = {lexicon.label(stated.key, language) for language in ("zh", "en")}
    return {fold(label) for label in (stated.label, *known) if len(label) > 1}
