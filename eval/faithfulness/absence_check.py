"""`the records do not say …`: a refusal is a statement about the records, and is held against them."""

import re
from collections.abc import Callable

from catalog.model import Product
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.products import names, sellables
from eval.text.fold import contains_folded, fold, key
from eval.truth import Truth

_SUBJECT = re.compile(r"\bthe records? of\b", re.IGNORECASE)
_ABSENT = re.compile(
    r"(?:\b(?:(?:records?|texts?|listing|description)\b[^.]*?\bdo(?:es)? not (?:state|say|mention|cover)"
    r"|not stated for (?P<some_en>some) of these:?)"
    r"|(?P<some_zh>以上有商品)?(?:的?资料(?:里|中)?)?没有(?:写明|写到|提到|说明)[:：]?)"
    r"\s*(?P<what>[^.;。；]*?)(?P<rest>[,，;；]\s*(?:and I|please|我|请)[^.。]*)?(?=\s*[,，;；]?\s*(?:[.。]|$))",
    re.IGNORECASE,
)
_UNFOUND = re.compile(
    r"(?:\b(?:cannot|could not|can't|couldn't|did not|didn't) find|没有?.{0,8}?找到)"
    r"\s*[“\"「](?P<name>[^”\"」]+)[”\"」](?:\s*in (?:this|the|our) (?:shop|store))?",
    re.IGNORECASE,
)
_DISAGREE = re.compile(
    r"\b(?:records?|texts?|sources?)\b[^.,;:]*?\b(?:disagree|differ|conflict|contradict)\w*[^.]*"
    r"|资料[^，。：]*?(?:不一致?|矛盾|冲突|有出入)[^。]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[、,，]|\band\b|和")
# What stands outside the attributes: label -> whether a product has it.
_OWN: dict[str, Callable[[Product], bool]] = {
    **dict.fromkeys(("price", "价格"), lambda product: any(form.offer for form in sellables(product))),
    **dict.fromkeys(("stock", "availability", "库存"), lambda product: any(form.offer for form in sellables(product))),
    **dict.fromkeys(("brand", "品牌"), lambda product: bool(product.brand)),
    **dict.fromkeys(("rating", "评分"), lambda product: product.rating is not None),
}


def check_absence(text: str, source: Source, setting: Setting) -> list[Finding]:
    """The field it names is indeed in no record spoken of (or, of "some of these", missing in one that is shown)."""
    truth = setting.truth
    match = _ABSENT.search(text)
    if truth is None:
        return []
    if match is None:
        open_ = [Finding("not_checkable", "conflict", *found.span()) for found in _DISAGREE.finditer(text)]
        return open_ + [_unfound(found, truth) for found in _UNFOUND.finditer(text)]
    some = match["some_en"] or match["some_zh"]
    shown = [product for card in setting.cards if (product := truth.product(card.id))]
    products = shown if some else source.products
    labels = [label.strip() for label in _SEPARATOR.split(match["what"]) if label.strip()]
    held = [[_has(truth, product, label) for product in products] for label in labels]
    known = [row for row in held if row and None not in row]
    if not known:
        return [Finding("not_checkable", "absence", *match.span())]
    lacking = [not all(row) if some else not any(row) for row in known]
    verdict: Verdict = "supported" if all(lacking) else "contradicted"
    subjects = [Finding("supported", "absence", *subject.span()) for subject in _SUBJECT.finditer(text)]
    return [*subjects, Finding(verdict, "absence", match.start("what") if _SUBJECT.search(text) else match.start(),
                               match.end())]  # fmt: skip


def _unfound(match: re.Match[str], truth: Truth) -> Finding:
    """`I cannot find “X”`: no product's title holds the name."""
    name = fold(match["name"])
    sold = any(contains_folded(fold(title), name) for product in truth.products() for title in names(product))
    return Finding("contradicted" if sold else "supported", "absence", *match.span())


def _has(truth: Truth, product: Product, label: str) -> bool | None:
    own = _OWN.get(key(label))
    return own(product) if own else truth.has_field(product, label)
