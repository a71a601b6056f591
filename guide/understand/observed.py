"""Which attributes products state, and the values seen: closed ones become words a shopper may use as a constraint."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from catalog import lexicon
from catalog.model import AttributeValue, Measure, Product, as_measure
from catalog.quantity import canonical, parse

_LONGEST_VALUE = 24
_MOST_VALUES = 200
"""More distinct texts than this, and an attribute is prose rather than a closed list."""
_OPEN = frozenset({"type", "brand", "model", "description", "name"})


_COUNTRY = re.compile(r"^中国(?=.)|,? ?\bchina$")


class Attribute(msgspec.Struct, frozen=True):
    """One attribute over the whole shop."""

    key: str
    kind: Literal["boolean", "number", "text"]
    """What most products state it as."""
    unit: str
    """The canonical unit of a number, or ""."""
    categories: dict[str, int]
    """How many products of each category state it."""
    count: int
    values: tuple[str, ...]
    """Closed values seen, as the lexicon has them."""
    least: float = math.inf
    most: float = -math.inf
    """The range of its numbers in the canonical unit."""


def observe(products: Iterable[Product]) -> tuple[dict[str, Attribute], dict[str, tuple[tuple[str, str], ...]]]:
    """Attributes by key, and closed values by every spelling with (key, value as the lexicon has it)."""
    kinds: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    spellings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    seen: defaultdict[str, list[float]] = defaultdict(list)
    for product in products:
        stated = set()
        for key, number in numbers(product).items():
            seen[key] = [min([number, *seen[key]]), max([number, *seen[key]])]
        for key, value in _stated(product):
            stated.add(key)
            kinds[key][_kind(value)] += 1
            for text in _texts(value):
                spellings[key][lexicon.fold(text)] = lexicon.value(text)
        for key, spelling, value in _translated(product):
            spellings[key].setdefault(spelling, value)
        totals.update(stated)
        for category in set(product.categories):
            counts[category].update(stated)
    by_key = {key: {c: n[key] for c, n in counts.items() if n[key]} for key in totals}
    found = {key: _attribute(key, kinds[key], by_key[key], totals[key], spellings[key]) for key in totals}
    attributes = {
        key: msgspec.structs.replace(one, least=seen[key][0], most=seen[key][1]) if seen[key] else one
        for key, one in found.items()
    }
    return attributes, _closed(spellings)


def _attribute(
    key: str, kinds: Counter[tuple[str, str]], categories: dict[str, int], count: int, spellings: dict[str, str]
) -> Attribute:
    (kind, unit), _ = kinds.most_common(1)[0]
    values = sorted(set(spellings.values())) if len(spellings) <= 2 * _MOST_VALUES else []
    return Attribute(key, kind, unit, categories, count, tuple(values))  # type: ignore[arg-type]


def traits(product: Product) -> frozenset[tuple[str, str]]:
    """Canonical (key, value) pairs of a product and its variants; yes is "true", no is "false"."""
    found: set[tuple[str, str]] = set()
    for key, value in _stated(product):
        texts = [str(value).lower()] if isinstance(value, bool) else _texts(value)
        found.update((key, lexicon.value(text)) for text in texts)
    return frozenset(found)


def numbers(product: Product) -> dict[str, float]:
    """A product's measures by key in canonical units, and its mean `rating` in stars."""
    found = {"rating": product.rating.value} if product.rating else {}
    for key, value in _stated(product):
        measure = _whole(value) if isinstance(value, str) else as_measure(value)
        if measure is not None:
            found.setdefault(key, canonical(measure)[0])
    return found


def _stated(product: Product) -> Iterator[tuple[str, AttributeValue]]:
    for name, value in product.attributes.items():
        yield lexicon.key(name), value
    for variant in product.variants:
        for name, value in variant.options.items():
            yield lexicon.key(name), value


def _kind(value: AttributeValue) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", ""
    measure = _whole(value) if isinstance(value, str) else as_measure(value)
    return ("text", "") if measure is None else ("number", canonical(measure)[1])


@lru_cache(65536)
def _whole(text: str) -> Measure | None:
    """The measure that a text is from end to end (256GB)."""
    found = parse(text) if text[:1].isdigit() else []
    return found[0].measure if len(found) == 1 and found[0].end - found[0].start == len(text) else None


def _texts(value: AttributeValue) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for text in listed if isinstance(text, str) and len(text) <= _LONGEST_VALUE]


def _translated(product: Product) -> Iterator[tuple[str, str, str]]:
    """Values as the translations, whose attributes stand in the same order, say them: (key, spelling, base value)."""
    for text in product.translations.values():
        aligned = zip(product.attributes.items(), (text.attributes or {}).values(), strict=False)
        for (name, value), other in aligned:
            for base, translated in zip(_texts(value), _texts(other), strict=False):
                yield lexicon.key(name), lexicon.fold(translated), lexicon.value(base)


def _place(spelling: str) -> str:
    """云南 for 中国云南, Hunan for Hunan, China: a province needs no country."""
    return _COUNTRY.sub("", spelling).strip(" ,")


def _closed(spellings: dict[str, dict[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, names in spellings.items():
        values = set(names.values())
        if key in _OPEN:
            continue
        if len(values) <= _MOST_VALUES:
            for spelling, value in names.items():
                for name in {spelling, _place(spelling)} if key == "origin" else {spelling}:
                    found[name].add((key, value))
        for kind in {lexicon.kind_of(value) for value in values} - {""}:
            for spelling, value in lexicon.value_names(kind).items():
                if value in values:
                    found[spelling].add((key, value))
    return {spelling: tuple(sorted(pairs)) for spelling, pairs in found.items() if spelling}
