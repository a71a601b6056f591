"""Availability, yes/no fields and quotations in a statement."""

import re

from catalog.model import Attributes, AttributeValue, Product
from eval.faithfulness.model import Finding, Setting, Source
from eval.text.fold import contains_folded, fold, key
from eval.text.wordlists import NEGATION
from eval.truth import Sellable, sellables, value_text

_OUT = re.compile(
    r"out of stock|sold out|not (?:currently )?(?:in stock|available)|unavailable|no longer available"
    r"|缺货|售罄|无货|没货|没有现货|没有货|暂无库存|已下架",
    re.IGNORECASE,
)
_IN = re.compile(
    r"in stock|available now|currently available|ready to ship|有货|现货|库存充足|可立即发货", re.IGNORECASE
)
_QUOTE = re.compile(r"“([^”]{3,})”|\"([^\"]{3,})\"|「([^」]{2,})」|『([^』]{2,})』")
_CLAUSE = re.compile(r"[,，;；。!！]")
_YES = frozenset({"yes", "true", "是", "有", "支持"})
_NO = frozenset({"no", "false", "否", "无", "不支持"})
# Yes/no labels as Chinese shoppers read them; an answer in Chinese about an English record uses these.
_LABELS = {
    "防水": "waterproof", "无线": "wireless", "降噪": "noise_cancelling", "主动降噪": "noise_cancelling",
    "可机洗": "machine_washable", "可折叠": "foldable", "有机": "organic", "可充电": "rechargeable", "素食": "vegan",
    "无麸质": "gluten_free", "洗碗机": "dishwasher_safe", "快充": "fast_charging", "自动关机": "auto_shutoff",
}  # fmt: skip


def check_quotes(text: str, source: Source, setting: Setting) -> list[Finding]:
    """What stands in quotation marks stands in the record, or was the shopper's own word."""
    said = [fold(passage.text) for passage in source.passages]
    asked = fold(setting.question)
    found = []
    for match in _QUOTE.finditer(text):
        quote = fold(next(group for group in match.groups() if group)).rstrip(".。…")
        if any(contains_folded(passage, quote) for passage in said):
            found.append(Finding("supported", "quote", *match.span()))
        elif not contains_folded(asked, quote):
            found.append(Finding("not_enough_evidence", "quote", *match.span()))
    return found


def check_stock(text: str, source: Source) -> list[Finding]:
    """`in stock`, `out of stock`: of the variant the sentence names, else of any (in) or all (out)."""
    found = []
    for match in _OUT.finditer(text):
        states = _states(text, source)
        if states:
            found.append(_finding(not any(states), "stock", match))
    for match in _IN.finditer(_OUT.sub(lambda gone: " " * len(gone[0]), text)):
        states = _states(text, source)
        if states:
            found.append(_finding(any(states), "stock", match))
    return found


def check_flags(text: str, source: Source) -> list[Finding]:
    """`waterproof`, `不防水`: the field of that name, with the polarity of the clause it stands in."""
    found: list[Finding] = []
    flags = [flag for product in source.products for flag in _flags(product)]
    labels = {label for label, _ in flags} | {
        zh for zh, en in _LABELS.items() if any(en == label for label, _ in flags)
    }
    for label in sorted(labels, key=len, reverse=True):
        match = re.search(re.escape(label).replace("_", r"[\s_-]"), text, re.IGNORECASE)
        if not match or any(other.start <= match.start() < other.end for other in found):
            continue
        claimed = not NEGATION.search(_clause(text, match.start(), match.end()))
        values = {value for name, value in flags if name == _LABELS.get(label, label) or name == label}
        found.append(_finding(claimed in values, "flag", match))
    return found


def _states(text: str, source: Source) -> list[bool]:
    """Whether each sellable the sentence is about can be had."""
    return [
        form.offer.availability == "in_stock"
        for product in source.products
        for form in _meant(text, sellables(product))
        if form.offer
    ]


def _meant(text: str, forms: list[Sellable]) -> list[Sellable]:
    """The forms most of whose option values the text names; all when it names none."""
    folded = fold(text)
    scores = [
        sum(contains_folded(folded, fold(value_text(value))) for value in form.variant.options.values())
        if form.variant
        else 0
        for form in forms
    ]
    best = max(scores, default=0)
    return [form for form, score in zip(forms, scores, strict=True) if score == best]


def _flags(product: Product) -> list[tuple[str, bool]]:
    said: list[Attributes] = [product.attributes]
    said += [translation.attributes or {} for translation in product.translations.values()]
    said += [variant.options for variant in product.variants]
    return [
        (key(name), flag)
        for attributes in said
        for name, value in attributes.items()
        if (flag := _as_flag(value)) is not None
    ]


def _as_flag(value: AttributeValue) -> bool | None:
    if isinstance(value, bool):
        return value
    folded = fold(value) if isinstance(value, str) else ""
    return True if folded in _YES else False if folded in _NO else None


def _clause(text: str, start: int, end: int) -> str:
    before = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    return text[before : after.start() if after else len(text)]


def _finding(holds: bool, reason: str, match: re.Match[str]) -> Finding:
    return Finding("supported" if holds else "contradicted", reason, *match.span())
