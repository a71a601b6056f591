"""One product beside another: "A is heavier than B", A 比 B 续航久 20 小时, held against what both records say."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from catalog.model import Product
from eval.faithfulness.fields import entry_of, fields_of, named_fields
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.names import Mention
from eval.text.listed import listed
from eval.text.prices import Price, prices
from eval.text.quantities import of_value, quantities
from eval.text.wordlists import NEGATION
from eval.worth import Amount, differences, extreme

# What leads to the product that is compared with; in Chinese 比, 和……相比.
_THAN = re.compile(
    r"(?:\bthan|\boutlasts?|\boutlives?|compared (?:to|with)|next to|beside|比起?|相比于?|相较于)"
    r"\s*(?:our |the |咱们?家的?|「|“)?$",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:跟|和|与|同)\s*(?:咱们?家的?|「|“)?$")
_BESIDE = re.compile(r"^[」”]?\s*(?:相比|比起来|比较|比的话|相较)")
# A 没有 B 重: the other has more.
_LESS_THAN = re.compile(r"(?:没有?|不如|不及|赶不上|比不上)\s*(?:咱们?家的?|「|“)?$")


class _Pair(NamedTuple):
    """Two directions of one comparison, the fields it may be about, and those it is about by itself."""

    fields: frozenset[str]
    alone: frozenset[str]
    more: re.Pattern[str]
    less: re.Pattern[str]


class _Side(NamedTuple):
    """A product of the comparison and what it holds, by entry of fields.toml; its price under "price"."""

    product: Product
    held: dict[str, list[float]]


def check_comparison(text: str, named: Sequence[Mention], source: Source, setting: Setting) -> list[Finding]:
    """What the statement says that one named product has more or less of, if both hold that field as one figure each.

    `text` has blanks where the names stand. A difference that is told has to be that of the figures.
    """
    sides = _sides(text, named, source)
    if sides is None:
        return []
    subject, other, (start, end) = sides
    turned = bool(_LESS_THAN.fullmatch(text[start:end]))
    if NEGATION.search(text[:start] + text[end:]):
        return []
    told = {entry_of(field.label) for product in (subject, other) for field in named_fields(text, product)}
    one, two = _side(subject, setting), _side(other, setting)
    for pair, match, more in _directions(text):
        about = (pair.fields & told or pair.alone) & one.held.keys() & two.held.keys()
        if not about:
            continue
        true = [_more(one.held[name], two.held[name]) is (more != turned) for name in about]
        verdict: Verdict = "supported" if any(true) else "contradicted"
        found = [Finding(verdict, "comparison", *match.span()), Finding("supported", "speaker", start, end)]
        found += [
            Finding("supported", "field", field.start, field.end)
            for field in named_fields(text, subject)
            if entry_of(field.label) in about
        ]
        return found + _difference(text, subject, other, about, setting)
    return []


def _sides(text: str, named: Sequence[Mention], source: Source) -> tuple[Product, Product, tuple[int, int]] | None:
    """(the product spoken of, that it is compared with, where "than" stands); None where names do not tell."""
    known = {product.id: product for product in source.products}
    for at, mention in enumerate(named):
        before = text[: mention.start]
        led = _THAN.search(before) or _LESS_THAN.search(before)
        led = led or (_WITH.search(before) if _BESIDE.match(text[mention.end :]) else None)
        other = [known[id_] for id_ in mention.ids if id_ in known]
        rest = [one for index, one in enumerate(named) if index != at and one.ids != mention.ids]
        subjects = {id_ for one in rest for id_ in one.ids if id_ in known} or known.keys() - mention.ids
        if led and len(other) == 1 and len(subjects) == 1:
            return known[subjects.pop()], other[0], led.span()
    return None


def _side(product: Product, setting: Setting) -> _Side:
    held: dict[str, list[float]] = {}
    for label, value in fields_of(product):
        read = of_value(value)
        if len(read) == 1:
            held.setdefault(entry_of(label), []).append(read[0].value)
        elif isinstance(value, float | int) and not isinstance(value, bool):
            held.setdefault(entry_of(label), []).append(float(value))
    price = extreme(setting.truth, product.id, setting.now) if setting.truth else None
    return _Side(product, held | ({"price": [float(price.value)]} if price else {}))


def _more(one: Sequence[float], other: Sequence[float]) -> bool | None:
    """Whether one has more; None where they have as much, or where their forms overlap."""
    if min(one) > max(other):
        return True
    return False if max(one) < min(other) else None


def _directions(text: str) -> Iterator[tuple[_Pair, re.Match[str], bool]]:
    """Each pair whose word stands in the text, with the word and whether it says more."""
    for pair in _pairs():
        for pattern, more in ((pair.more, True), (pair.less, False)):
            for match in pattern.finditer(text):
                yield pair, match, more


def _difference(text: str, one: Product, other: Product, about: frozenset[str], setting: Setting) -> list[Finding]:
    """The figures of a text that tell by how much: "20 g heavier", 贵 100 元."""
    if about == {"price"} and setting.truth:
        ends = {amount for product in (one, other) if (amount := extreme(setting.truth, product.id, setting.now))}
        return [_told(price, differences(ends)) for price in prices(text)]
    values = [
        [
            read[0]
            for label, value in fields_of(product)
            if entry_of(label) in about and len(read := of_value(value)) == 1
        ]
        for product in (one, other)
    ]
    found = []
    for quantity in quantities(text):
        gaps = [abs(a.value - b.value) for a in values[0] for b in values[1] if a.unit == b.unit == quantity.unit]
        held = any(quantity.same(a) for row in values for a in row)
        if gaps and not held:
            true = any(abs(gap - quantity.value) <= 1e-2 * max(gap, 1e-9) for gap in gaps)
            found.append(
                Finding("supported" if true else "contradicted", "number_difference", quantity.start, quantity.end)
            )
    return found


def _told(price: Price, gaps: set[Amount]) -> Finding:
    true = any(price.is_(*gap) for gap in gaps)
    return Finding("supported" if true else "contradicted", "price_difference", price.start, price.end)


@cache
def _pairs() -> tuple[_Pair, ...]:
    pairs = listed("eval.faithfulness", "comparatives.toml")["pair"]
    return tuple(
        _Pair(
            frozenset(pair["fields"]),
            frozenset(pair["alone"]),
            *(
                re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in pair[side]), re.IGNORECASE)
                for side in ("more", "less")
            ),
        )
        for pair in pairs
    )
