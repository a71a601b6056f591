"""Limits on numbers with units: at least 20 hours battery, 16GB, 27寸, 噪音低于40分贝, for 3-year-olds."""

import re
from collections.abc import Iterator

import msgspec

from catalog import lexicon, quantity
from catalog.quantity import Quantity, canonical
from catalog.units import BY_SYMBOL
from guide.model import Constraint
from guide.understand import bounds
from guide.understand.found import Found, join
from guide.understand.observed import Attribute
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import Span, lookup, phrases
from index.filters import Filter, RangeFilter

_NEARBY = 14
"""How far from the number, in code points, an attribute may be named."""
_BESIDE = 2
"""A name this close to the number leaves the query with it."""
_TOLERANCE = 0.005
"""A number without limiting words means itself, give or take rounding (27 寸, 16 GB)."""
# What a unit measures when the shopper does not say: the first key that this shop states.
_USUAL = {
    "h": ("battery_life", "runtime", "warranty"),
    "cm": ("screen_size", "length", "height", "cable_length"),
    "g": ("weight", "net_weight"),
    "ml": ("capacity", "volume"),
    "W": ("power", "charging_power", "output_power"),
    "mAh": ("battery_capacity",),
    "Hz": ("refresh_rate",),
    "dB": ("noise",),
    "lm": ("brightness",),
    "m^2": ("room_size",),
    "kPa": ("suction",),
    "GB": ("memory", "storage"),
}
SIZE_UNIT = "yard"
"""42码 is a size; nobody buys by the yard."""
_HINTS = tuple((tuple(ask["keys"]), pattern(ask["words"])) for ask in load("measures")["ask"])
_COUNTS = {key: pattern(words) for key, words in load("measures")["count"].items()}
_MEMORY_SIZES = frozenset(2.0**power for power in range(2, 11)) | {6.0, 12.0, 24.0, 48.0}
_CLAUSE = re.compile(r"[,,。;;!?、]")
_AGE = re.compile(r"岁|years?[- ]olds?", re.IGNORECASE)
_SPREAD = 3.0
"""A wish may lie so many times below the least number seen, or above the most."""
_SMALL_MEMORY = 64
"""Up to this many GB a bare figure is working memory, above it is storage."""
_MORE_IS_MEANT = frozenset({"battery_life", "battery_life_with_case", "battery_capacity", "warranty", "charging_power"})
_LESS_IS_MEANT = frozenset({"noise", "sleep_mode_noise", "charging_time"})


def read(text: str, shop: Shop, categories: tuple[str, ...]) -> Found:
    """Range filters in the unit the shopper used; a number whose attribute the shop does not state is left alone."""
    quantities = measured(text, shop, categories)
    found = []
    for bound in bounds.read(text, [(q.start, q.end) for q in quantities]):
        said = [quantities[i] for i in bound.marks]
        key, name = _key(text, said[0], shop, categories)
        unsaid = (
            bound.kind == "bare" and not categories and name == (said[0].start, said[0].end) and key != "suitable_age"
        )
        if key and not unsaid:
            found.append(_one(text, bound, said, key, name))
    return join([*found, *_counted(text, shop, categories)])


def measured(text: str, shop: Shop, categories: tuple[str, ...]) -> list[Quantity]:
    """Quantities as they are meant of things of these categories: 16g of a laptop are gigabytes, 5g is a network."""
    found = [one for one in quantity.parse(text) if one.unit != SIZE_UNIT]
    if not shop.coverage("memory", categories) and not shop.coverage("storage", categories):
        return found
    grams = [one for one in found if text[one.start : one.end].lower().endswith("g") and one.unit == "g"]
    sizes = [msgspec.structs.replace(one, unit="GB") for one in grams if one.value in _MEMORY_SIZES]
    return sorted([*(one for one in found if one not in grams), *sizes], key=lambda one: one.start)


def _counted(text: str, shop: Shop, categories: tuple[str, ...]) -> Iterator[Found]:
    """Numbers that a word of their own names rather than a unit: SPF50, 8 cores, 87键."""
    for key, words in _COUNTS.items():
        if not shop.coverage(key, categories):
            continue
        for match in words.finditer(text):
            group = next(name for name, said in match.groupdict().items() if said)
            for bound in bounds.read(text, [match.span(group)]):
                said = Quantity(float(match[group]), "", *match.span(group))
                low, high = _limits(bound.kind, [said], key)
                span = (min(bound.start, match.start()), max(bound.end, match.end()))
                value = f"{'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'}"
                yield Found(
                    filter=Filter(attributes={key: RangeFilter(min=low, max=high)}),
                    constraints=(Constraint(key, text[slice(*span)].strip(), value),),
                )


def _one(text: str, bound: bounds.Bound, said: list[Quantity], key: str, name: Span) -> Found:
    low, high = _limits(bound.kind, said, key)
    value = f"{'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'} {said[0].unit}"
    beside = abs(name[1] - bound.start) <= _BESIDE or abs(name[0] - bound.end) <= _BESIDE
    span = (min(bound.start, name[0]), max(bound.end, name[1])) if beside else (bound.start, bound.end)
    return Found(
        filter=Filter(attributes={key: RangeFilter(min=low, max=high, unit=said[0].unit)}),
        constraints=(Constraint(key, text[slice(*span)].strip(), value),),
        spans=() if bound.kind == "bare" else (span,),
    )


def _limits(kind: str, said: list[Quantity], key: str) -> tuple[float | None, float | None]:
    first, last = said[0].value, said[-1].value if said[-1].upper is None else said[-1].upper
    if kind == "range" or first != last:
        return first, last
    if kind == "max" or (kind == "bare" and key in _LESS_IS_MEANT):
        return None, first
    if kind in {"min", "over"} or (kind == "bare" and key in _MORE_IS_MEANT):
        return first, None
    if key == "suitable_age":  # a thing for three-year-olds is one that suits from three or earlier
        return None, first
    share = bounds.NEAR if kind == "near" else _TOLERANCE
    return round(first * (1 - share), 6), round(first * (1 + share), 6)


def _key(text: str, said: Quantity, shop: Shop, categories: tuple[str, ...]) -> tuple[str, Span]:
    """The number attribute that is meant, and where it is named: near the number, else the usual one for the unit."""
    here = (said.start, said.end)
    if _AGE.search(text[said.start : said.end + 5]):
        return ("suitable_age" if "suitable_age" in shop.attributes else "", here)
    unit = BY_SYMBOL[said.unit].canonical
    fitting = {
        key for key, attribute in shop.attributes.items() if attribute.kind == "number" and attribute.unit == unit
    }
    if categories:
        fitting = {key for key in fitting if shop.coverage(key, categories) > 0}
    if said.unit == "TB" and "storage" in fitting:
        return "storage", here
    start = max(0, said.start - _NEARBY)
    names = lookup(phrases(text[start : said.end + _NEARBY]), lexicon.attribute_names())
    for phrase, key in sorted(names, key=lambda hit: abs(start + hit[0].start - said.start)):
        near = [key] if key in fitting else _families(phrase.folded, fitting)
        if near:
            return near[0], (start + phrase.start, start + phrase.end)
    hinted = _hinted(text, here, fitting)
    if hinted:
        return hinted, here
    likely = {key for key in fitting if _likely(said, shop.attributes[key])}
    fitting = likely or fitting
    usual = [key for key in _USUAL.get(unit, ()) if key in fitting]
    if unit == "GB" and len(usual) > 1 and said.measure.value > _SMALL_MEMORY:
        return usual[1], here
    if not usual and categories:  # whatever most things of the kind state in this unit
        usual = sorted(fitting, key=lambda key: (-shop.coverage(key, categories), key))
    return (usual[0] if usual else ""), here


def _likely(said: Quantity, attribute: Attribute) -> bool:
    """Whether a number lies where the shop's numbers of this attribute lie: 6 mm is no length of a yoga mat."""
    value = canonical(said.measure)[0]
    low, high = sorted((attribute.least / _SPREAD, attribute.most * _SPREAD))
    return low <= value <= high


def _hinted(text: str, here: Span, fitting: set[str]) -> str:
    """The attribute that a word in the same clause points to: thicker than, 重, across; the nearest word holds."""
    start, end = max(0, here[0] - _NEARBY), here[1] + _NEARBY
    hits: list[tuple[int, str]] = []
    for keys, words in _HINTS:
        stated = next((key for key in keys if key in fitting), "")
        for match in words.finditer(text, start, end) if stated else ():
            between = text[min(match.end(), here[1]) : max(match.start(), here[0])]
            if not _CLAUSE.search(between):
                hits.append((max(here[0] - match.end(), match.start() - here[1], 0), stated))
    return min(hits)[1] if hits else ""


def _families(name: str, fitting: set[str]) -> list[str]:
    """`battery` may mean any battery attribute that is counted in this unit."""
    return sorted(key for key in fitting if name.replace(" ", "_") in key)
