"""Wrong figures and wrong units."""

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bench.mutations import prose, wording
from bench.mutations.amounts import NAMES, WRONG, equals, joined, plain, stated
from bench.mutations.edit import rewritten
from bench.mutations.kinds import LANGUAGES, Mutation
from bench.mutations.saved import Fact, Statement, facts_of, price_of
from bench.mutations.shop import Shop, offers, prices
from bench.mutations.ways import ways
from catalog.model import Measure

_LEAST = 0.08
"""A figure nearer than this share might be rounding."""
_FACTORS = (0.5, 0.6, 0.75, 0.8, 0.85, 1.15, 1.25, 1.5, 1.8, 2)


def number(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The attribute's figure is another plausible one; in a shop text or a quotation, a figure with a unit is."""
    for fact in facts_of(statement, shop):
        if isinstance(fact.value, Measure):
            for figure in wrong_figures(fact, shop, random)[:3]:
                yield from _told(statement, shop, fact, figure, fact.value.unit, "number")
    yield from prose.changed(statement, shop, "number", lambda found: _wrong_in_prose(found, shop, statement, random))


def unit(statement: Statement, shop: Shop, random: Random) -> Iterator[Mutation]:
    """The figure stays, its unit or its currency is another."""
    price = price_of(statement, shop)
    if price is not None and len({offer.currency for offer in offers(price.product)}) == 1:
        other = price.shown.translate(str.maketrans("¥$", "$¥"))
        shown = statement.text.replace(price.shown, other)
        yield rewritten(statement, "unit", "currency in place", shown, price.product.id)
        if len(prices(price.product)) == 1:
            called = wording.names(price.product, statement, shop)
            wrong, amount = ("USD" if price.currency == "CNY" else "CNY"), Decimal(price.amount)
            for group, told in wording.priced(price, amount, called, statement.language, shop, wrong):
                shape = wording.shaped("currency, sentence", group)
                yield rewritten(statement, "unit", shape, told, price.product.id)
    for fact in facts_of(statement, shop):
        if isinstance(fact.value, Measure) and fact.value.value > 0:
            figure, said = plain(fact.value.value), shop.said(fact.product.id)
            for wrong in WRONG.get(fact.value.unit, []):
                if not stated(figure, wrong, said):
                    yield from _told(statement, shop, fact, figure, wrong, "unit")
    yield from prose.changed(statement, shop, "unit", prose.Amount.in_other_unit)


def in_place(statement: Statement, fact: Fact, shop: Shop, said: str) -> str | None:
    """The statement with `said` for its amount; None where its figure is not said just once behind the title."""
    if not isinstance(fact.value, Measure) or fact.value.unit not in NAMES:
        return None
    title = shop.title(fact.product, statement.language)
    _head, _, tail = statement.text.rpartition(title) if title in statement.text else ("", "", statement.text)
    words = sorted({word for each in NAMES.get(fact.value.unit, {}).values() for word in each}, key=len, reverse=True)
    figure = "".join(f",?{digit}" if at else digit for at, digit in enumerate(plain(fact.value.value)))
    figure = figure.replace(".", re.escape("."))
    shape = rf"(?<![\d.-]){figure}(?![\d.])\s?(?:{'|'.join(map(re.escape, words))})(?![a-z])"
    if len(found := list(re.finditer(shape, tail))) != 1:
        return None
    begin = len(statement.text) - len(tail)
    return statement.text[: begin + found[0].start()] + said + statement.text[begin + found[0].end() :]


def wrong_figures(fact: Fact, shop: Shop, random: Random) -> list[str]:
    """Plausible figures that no record of the product has in that unit."""
    if not isinstance(fact.value, Measure) or fact.value.value <= 0:
        return []
    right = fact.value.value
    others = [value for value in shop.others(fact.product, fact.key, fact.value.unit) if 1 / 3 < value / right < 3]
    made_up = [_rounded(right, right * factor) for factor in random.sample(_FACTORS, 4)]
    found = random.sample(others, min(2, len(others))) + made_up
    wrong = [plain(value) for value in found if abs(value - right) >= _LEAST * right]
    said = shop.said(fact.product.id)
    return [figure for figure in dict.fromkeys(wrong) if not stated(figure, fact.value.unit, said)]


def _told(statement: Statement, shop: Shop, fact: Fact, figure: str, in_unit: str, kind: str) -> Iterator[Mutation]:
    language = statement.language
    said = joined(figure, in_unit, language) if in_unit != "piece" and in_unit in NAMES else None
    shown = in_place(statement, fact, shop, said) if said else None
    if shown:
        yield rewritten(statement, kind, "in place", shown, fact.product.id)
    if said and len(statement.fields) == 1:
        called = wording.names(fact.product, statement, shop)
        wrong = Measure(float(figure), in_unit)
        for shape, written in [("", said), *ways(wrong, statement.text, language, shop.shapes)]:
            if shape != "other unit" or (kind == "number" and not _known_in_other_unit(wrong, shop, fact)):
                for sentence in wording.figures(fact, written, called, language, shop):
                    yield rewritten(statement, kind, f"sentence, {shape}".strip(", "), sentence, fact.product.id)


def _known_in_other_unit(value: Measure, shop: Shop, fact: Fact) -> bool:
    said, further = shop.said(fact.product.id), shop.shapes.sentences.get("equal")
    found = (one for language in LANGUAGES for one in equals(value.value, value.unit, language, further))
    return any(stated(figure, unit, said) for figure, unit in found)


def _rounded(right: float, value: float) -> float:
    """As fine as the right figure, so that it looks as true."""
    places = -int(Decimal(plain(right)).as_tuple().exponent)
    if places > 0:
        return round(value, places)
    step = next(size for size in (1000, 100, 50, 10, 5, 1) if right % size == 0)
    return max(step, round(value / step) * step)


def _wrong_in_prose(found: prose.Amount, shop: Shop, statement: Statement, random: Random) -> str | None:
    right = float(found.figure)
    values = [plain(_rounded(right, right * factor)) for factor in random.sample(_FACTORS, 4)]
    said = "\n".join(shop.said(record) for record in statement.records)
    fits = [value for value in values if abs(float(value) - right) >= _LEAST * right and not found.known(value, said)]
    if not fits:
        return None
    words = found.in_words(fits[0]) if shop.shapes.sentences["prose_in_words"] else None
    return words or found.written(fits[0])
