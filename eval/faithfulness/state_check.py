"""Availability, yes/no fields and quotations in a statement."""

import re

from catalog.model import Attributes, AttributeValue, Product
from eval.faithfulness.model import Finding, Setting, Source
from eval.text.fold import contains_folded, fold, key
from eval.text.wordlists import NEGATION
from eval.truth import sellables
from eval.variants import best_named

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
    """`in stock`, `out of stock`: of the variants the clause names, else of any (in) or of all (out).

    A clause that may name a variant in words the record does not use ("mango" for 芒果) says too little to contradict.
    """
    found = []
    rest = _OUT.sub(lambda gone: " " * len(gone[0]), text)
    for match, out in [(m, True) for m in _OUT.finditer(text)] + [(m, False) for m in _IN.finditer(rest)]:
        states, named = _states(_clause(text, match.start(), match.end()), text, source)
        if not states:
            continue
        holds = not any(states) if out else any(states)
        if holds or named or len(set(states)) == 1:
            found.append(_finding(holds, "stock", match))
        else:
            found.append(Finding("not_enough_evidence", "stock", *match.span()))
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


def _states(clause: str, text: str, source: Source) -> tuple[list[bool], bool]:
    """(whether each sellable the clause, or else the text, is about can be had; whether it names variants)."""
    states, named = [], False
    for product in source.products:
        forms = sellables(product)
        meant = best_named(clause, forms) or best_named(text, forms)
        named = named or bool(meant)
        states += [form.offer.availability == "in_stock" for form in meant or forms if form.offer]
    return states, named


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
