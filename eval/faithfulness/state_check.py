"""Availability and yes/no fields in a statement."""

import re

from catalog.model import Attributes, Product
from eval.faithfulness.flag_words import Worded, worded
from eval.faithfulness.model import Finding, Source, Verdict
from eval.products import as_flag, sellables
from eval.text.fold import CJK, fold, key
from eval.text.stock import states
from eval.text.wordlists import NEGATION, NO, YES
from eval.variants import best_named

_CLAUSE = re.compile(r"[,，;；。!！]|\.(?=\s)")
_VALUE = re.compile(
    rf"\s*(?:[:：（(—]|\bis\b|=)\s*(?P<value>{'|'.join(sorted(YES | NO, key=len, reverse=True))})(?!\w)[）)]?",
    re.IGNORECASE,
)
# A capital leads a speaker ("Mike: No."), not a label.
_WRITTEN = re.compile(
    rf"(?<!\w)(?P<label>[a-z][a-z -]{{2,30}}|[{CJK}]{{2,12}})\s*[:：]\s*"
    rf"(?P<value>{'|'.join(sorted(YES | NO, key=len, reverse=True))})(?=\s*(?:[.;,|。；，\n]|$))"
)
# Yes/no labels as Chinese shoppers read them; an answer in Chinese about an English record uses these.
_LABELS = {
    "防水": "waterproof", "无线": "wireless", "降噪": "noise_cancelling", "主动降噪": "noise_cancelling",
    "可机洗": "machine_washable", "可折叠": "foldable", "有机": "organic", "可充电": "rechargeable", "素食": "vegan",
    "无麸质": "gluten_free", "洗碗机": "dishwasher_safe", "快充": "fast_charging", "自动关机": "auto_shutoff",
}  # fmt: skip


def check_stock(text: str, source: Source) -> list[Finding]:
    """`in stock`, `on backorder`: of the variants the clause names, else of any of them (`out of stock`: of all).

    A clause that may name a variant in words the record does not use ("mango" for 芒果) says too little to contradict.
    """
    found = []
    for said in states(text):
        held, named = _held(_clause(text, said.start, said.end), text, source)
        fits = [state in said.allowed for state in held]
        if not fits:
            continue
        holds = all(fits) if said.denies else any(fits)
        sure = holds or named or len(set(fits)) == 1
        verdict: Verdict = "supported" if holds else "contradicted" if sure else "not_enough_evidence"
        found.append(Finding(verdict, "stock", said.start, said.end))
    return found


def check_flags(text: str, source: Source) -> list[Finding]:
    """`waterproof`, `不防水`, `防水：否`: the field of that name, with the value or the polarity it is given."""
    found: list[Finding] = []
    flags = [flag for product in source.products for flag in _flags(product)]
    flags += [flag for passage in source.passages if not passage.kind for flag in _written(passage.text)]
    labels = {label for label, _ in flags} | {
        zh for zh, en in _LABELS.items() if any(en == label for label, _ in flags)
    }
    wider = [(name, said) for name in labels for said in worded(text, name)]
    for label in sorted(labels, key=len, reverse=True):
        values = {value for name, value in flags if name == _LABELS.get(label, label) or name == label}
        for match in re.finditer(_spellings(label), text, re.IGNORECASE):
            if any(other.start <= match.start() < other.end for other in found) or _is_part(match, label, wider):
                continue
            claimed, end = _claimed(text, match)
            claimed ^= match["without"] is not None
            verdict: Verdict = "supported" if claimed in values else "contradicted"
            found.append(Finding(verdict, "flag", match.start(), end))
    return found + _in_other_words(text, flags, found)


def _in_other_words(text: str, flags: list[tuple[str, bool]], read: list[Finding]) -> list[Finding]:
    """The fields that the text speaks of without their labels; what a label was read for is settled."""
    found: list[Finding] = []
    settled = [_clause_span(text, one.start, one.end) for one in read]
    for label in sorted({label for label, _ in flags}):
        values = {value for name, value in flags if name == label}
        for said in worded(text, label):
            if any(start <= said.start < end for start, end in settled):
                # "5G networks" says no more than the label it holds.
                found += [one._replace(end=said.end) for one in read if said.start <= one.start and one.end < said.end]
                continue
            rest = text[: said.start] + " " * (said.end - said.start) + text[said.end :]
            claimed = said.says != bool(NEGATION.search(_clause(rest, said.start, said.end)))
            verdict: Verdict = "supported" if claimed in values else "contradicted"
            found.append(Finding(verdict, "flag", said.start, said.end))
    return found


def _is_part(match: re.Match[str], label: str, wider: list[tuple[str, Worded]]) -> bool:
    """Whether a label stands in longer words for another field: 无线 in 无线充电."""
    own = _LABELS.get(label, label)
    return any(
        name not in (label, own) and said.start <= match.start() and match.end() <= said.end
        and said.end - said.start > match.end() - match.start()
        for name, said in wider
    )  # fmt: skip


def _spellings(label: str) -> str:
    """A label as a text may write it: 可机洗 as 可以机洗, and 无酒精 or alcohol-free as what it does not contain."""
    spelled = re.escape(label).replace("_", r"[\s_-]")
    able = re.fullmatch(r"(?:可以?|能|支持|带|有)([^\W_]{2,})", label)
    if able:
        spelled += rf"|(?:可以?|能够?|支持|带有?|具?有|配有?)?{re.escape(able[1])}"
    free = re.fullmatch(r"无([^\W_]{2,})|([a-z_]+)_free", label)
    what = re.escape(free[1] or free[2]).replace("_", r"[\s_-]") if free else ""
    without = (
        rf"(?:含有?|添加了?|contains?|contain any|has|have|with(?:out)?|no)\s?(?:any )?{what}" if free else r"(?!)"
    )
    return rf"(?:{spelled})|(?P<without>{without})"


def _written(text: str) -> list[tuple[str, bool]]:
    """The yes/no fields a plain text writes out: `waterproof: no`, 防水：否."""
    return [(key(match["label"]), fold(match["value"]) in YES) for match in _WRITTEN.finditer(text)]


def _claimed(text: str, label: re.Match[str]) -> tuple[bool, int]:
    """(the value a statement gives the label, where it ends): the word after it, else the polarity of its clause."""
    given = _VALUE.match(text, label.end())
    if given:
        return fold(given["value"]) in YES, given.end()
    # A label may hold a negation of its own: 不粘涂层, 无香精, non-stick.
    own = label.start(), label.end() if label["without"] is None else label.start()
    rest = text[: own[0]] + " " * (own[1] - own[0]) + text[own[1] :]
    return not NEGATION.search(_clause(rest, label.start(), label.end())), label.end()


def _held(clause: str, text: str, source: Source) -> tuple[list[str], bool]:
    """(availability of each sellable the clause, or else the text, is about; whether it names variants)."""
    held: list[str] = []
    named = False
    for product in source.products:
        forms = sellables(product)
        meant = best_named(clause, forms) or best_named(text, forms)
        named = named or bool(meant)
        held += [form.offer.availability for form in meant or forms if form.offer]
    return held, named


def _flags(product: Product) -> list[tuple[str, bool]]:
    said: list[Attributes] = [product.attributes]
    said += [translation.attributes or {} for translation in product.translations.values()]
    said += [variant.options for variant in product.variants]
    return [
        (key(name), flag)
        for attributes in said
        for name, value in attributes.items()
        if (flag := as_flag(value)) is not None
    ]


def _clause(text: str, start: int, end: int) -> str:
    before, after = _clause_span(text, start, end)
    return text[before:after]


def _clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    before = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    return before, after.start() if after else len(text)
