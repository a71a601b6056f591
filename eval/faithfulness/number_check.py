"""Numbers with units in a statement against the values and texts of the records."""

import re
from collections.abc import Sequence
from functools import lru_cache

from catalog.model import Product
from eval.faithfulness.fields import Named, named_fields
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.faithfulness.owners import owners
from eval.names import Mention
from eval.passages import Passage
from eval.products import sellables
from eval.text.dates import without_dates
from eval.text.fold import contains_folded, fold
from eval.text.prices import without_prices
from eval.text.quantities import TEMPERATURES, Quantity, of_value, quantities
from eval.text.tokens import features

_COUNTED = re.compile(
    r"(?:here (?:are|is)|here's|found|following|these|top|compar\w+|show\w*|有|找到|以下|推荐|对比|比较|为您)\D{0,24}?"
    r"(?P<number>\d+|[二两三四五六七八九十]+|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b)\s*"
    r"(?P<unit>款|件|个(?!小时|月|星期|工作日|钟)|种|products?|options?|items?|results?|match(?:es)?|picks?|choices|models?)",
    re.IGNORECASE,
)
# A count without a noun of its own: "This one fits", 为您找到这一款, "what fits (2)".
_SINGLE = re.compile(r"\bthis one fits\b|(?:找到|有|推荐)(?P<zh>这一款)", re.IGNORECASE)
_BRACKETED = re.compile(r"\bfits? \((?P<number>\d+)\)", re.IGNORECASE)
# What is found are products; what there is may be a product's variants ("there are 3 options").
_FOUND = re.compile(r"found|products?$|找到", re.IGNORECASE)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OVER = re.compile(r"(?:over|above|more than|at least|超过|至少|不少于|高于)\s*$", re.IGNORECASE)
_UNDER = re.compile(r"(?:under|below|less than|不到|少于|低于|不超过)\s*$", re.IGNORECASE)


def check_counts(text: str, source: Source, setting: Setting) -> list[Finding]:
    """`here are 3 products`: the number shown, the number that match, or the number of a product's forms."""
    found = []
    for match in _COUNTED.finditer(text):
        number = _count(match["number"])
        found_ones = _FOUND.search(match[0]) is not None and setting.counts
        allowed = setting.counts if found_ones else setting.counts | _form_counts(source)
        if allowed and number is not None:
            found.append(_count_finding(number in allowed, match.span("number")))
    if setting.counts:
        found += [_count_finding(1 in setting.counts, match.span()) for match in _SINGLE.finditer(text)]
        found += [
            _count_finding(int(match["number"]) in setting.counts, match.span("number"))
            for match in _BRACKETED.finditer(text)
        ]
    taken = [finding.start for finding in found]
    for start, end in _group_counts(text, setting):
        if start not in taken:
            found.append(Finding("supported", "count", start, end))
    return found


def check_quantities(text: str, source: Source, named: Sequence[Mention] = ()) -> list[Finding]:
    """One finding per number outside prices, names and quotes (blanked by the caller), and the names of its field.

    Where the text names several products (`named`) in an order that tells, the field has to be that of its own.
    """
    said = [quantity for passage in source.passages for quantity in _numbers(passage)]
    measured = [quantity for passage in source.passages for quantity in _numbers(_without_money(passage))]
    found = []
    amounts = quantities(text)
    for quantity, owner in zip(amounts, owners(text, named, amounts), strict=True):
        if quantity.unit == "count" and 1 < quantity.given == len({one.ids for one in named}):  # "the two", 两款
            found.append(Finding("supported", "count", quantity.start, quantity.end))
            continue
        products = [product for product in source.products if owner is None or product.id in owner]
        fields = [field for product in products for field in named_fields(text, product)]
        values = [one for product in products for one in _named_values(text, product, quantity.unit)]
        values += [one for field in fields for one in _of_field(field, quantity.unit)]
        # Beside the field it names, only a text that gives the same unit: a bare 4 is no warranty of 4 years. "满 99
        # 包邮" may leave out the 元 of its record; "three hours" is not borne out by "$3".
        prose = [q for q in _prose(source) if q.unit == quantity.unit and owner is None]
        pool = values + prose if values else measured if quantity.unit else said
        verdict, reason = _check(text, quantity, source, pool, values)
        found.append(Finding(verdict, reason, quantity.start, quantity.end))
        if verdict == "supported":
            holding = [field for field in fields if any(quantity.same(one) for one in _of_field(field, quantity.unit))]
            found += [Finding("supported", "field", field.start, field.end) for field in holding]
    return found


def _check(
    text: str, quantity: Quantity, source: Source, pool: list[Quantity], named: list[Quantity]
) -> tuple[Verdict, str]:
    """The field the sentence names decides; else any number of the records that agrees will do."""
    if any(quantity.same(other) for other in pool):
        return "supported", "number"
    values = [q for passage in source.passages if passage.structured for q in _numbers(passage)]
    if any(_holds(text, quantity, other) for other in named or values):
        return "supported", "number_comparison"
    if quantity.unit and any(quantity.unit == other.unit for other in named or pool):
        return "contradicted", "number"
    return "not_enough_evidence", "number"


def _prose(source: Source) -> list[Quantity]:
    return [quantity for passage in source.passages if not passage.structured for quantity in _numbers(passage)]


def _of_field(field: Named, unit: str) -> list[Quantity]:
    """What a field holds in this unit; a degree may be one of any scale."""
    scales = TEMPERATURES | {"degree"}
    read = [one for value in field.values for one in of_value(value)]
    return [one for one in read if one.unit == unit or {one.unit, unit} <= scales]


def _holds(text: str, quantity: Quantity, other: Quantity) -> bool:
    """`over 20 hours` is true of a value of 30 hours; a bare number compares with nothing."""
    if not quantity.unit or quantity.unit != other.unit:
        return False
    before, after = text[: quantity.start], text[quantity.end : quantity.end + 3]
    if _OVER.search(before) or after.startswith("以上"):
        return other.value > quantity.value
    return bool((_UNDER.search(before) or after.startswith(("以内", "以下"))) and other.value < quantity.value)


def _named_values(text: str, product: Product, unit: str) -> list[Quantity]:
    """The quantities of this unit in the fields whose whole label the text names."""
    words = {feature.text for feature in features(text)}
    values = [
        (name, value)
        for attributes in (product.attributes, *(said.attributes or {} for said in product.translations.values()))
        for name, value in attributes.items()
    ]
    values += [(name, value) for sellable in sellables(product) if sellable.variant
               for name, value in sellable.variant.options.items()]  # fmt: skip
    named = []
    for name, value in values:
        label = {feature.text for feature in features(fold(name.replace("_", " ")))}
        if label and label <= words:
            named += [quantity for quantity in of_value(value) if quantity.unit == unit]
    return named


def _group_counts(text: str, setting: Setting) -> list[tuple[int, int]]:
    """Where the text gives the number of products of a category or brand it names ("we sell 12 lamps")."""
    if setting.truth is None:
        return []
    folded = fold(text)
    counts = {count for name, count in setting.truth.groups.items() if contains_folded(folded, name)}
    bare = (quantity for quantity in quantities(text) if quantity.unit in ("", "count"))
    return [(quantity.start, quantity.end) for quantity in bare if quantity.given in counts]


@lru_cache(maxsize=65536)
def _numbers(passage: Passage) -> tuple[Quantity, ...]:
    """The quantities of a passage, read once; the parts of its dates are none."""
    return tuple(quantities(without_dates(passage.text)))


@lru_cache(maxsize=65536)
def _without_money(passage: Passage) -> Passage:
    return passage._replace(text=without_prices(passage.text))


def _count_finding(holds: bool, span: tuple[int, int]) -> Finding:
    return Finding("supported" if holds else "contradicted", "count", *span)


def _count(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text.lower() in _WORDS:
        return _WORDS.index(text.lower())
    found = quantities(f"{text}款")
    return int(found[0].given) if found else None


def _form_counts(source: Source) -> frozenset[int]:
    """How many variants, and how many values of each option, the products have, in all or in stock."""
    counts = set()
    for product in source.products:
        forms = [form for form in sellables(product) if form.variant]
        stocked = [form for form in forms if form.offer and form.offer.availability == "in_stock"]
        for chosen in (forms, stocked):
            counts.add(len(chosen))
            options = {name for form in chosen if form.variant for name in form.variant.options}
            counts |= {
                len({str(form.variant.options.get(name)) for form in chosen if form.variant}) for name in options
            }
    return frozenset(counts - {0})
