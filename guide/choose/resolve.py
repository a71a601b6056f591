"""Which products a question is about, when the words alone did not settle it: the records decide.

A product is meant when the question uses words of its title that say more than its kind and brand, and clearly more
of them than for any other product. Among products that were just shown, less is enough.
"""

import re

import msgspec

from catalog.model import AttributeValue, Product
from guide.choose.draft import product_of
from guide.evidence import titles
from guide.model import Question, Understanding
from guide.understand import pointers
from index.api import Query, View, tokens

_ENOUGH = 0.75
"""Summed rarity of own title words that makes a name, as a share of the rarity of a word that no product has."""
_AHEAD = 1.25
"""The best product must have so many times the next one's sum."""
_CANDIDATES = 12
_FIGURE = re.compile(r"[\d.]+|[a-z]")
"""Bare numbers and letters are sizes and amounts, not names."""

# Written like a name: a capital inside a sentence, letters in Chinese, or letters with digits.
_NAME = re.compile(
    r"(?<=[\u3400-\u9fff])[A-Za-z]{4,}|(?<=[a-z,] )[A-Z][A-Za-z]{2,}(?:[ -][A-Z0-9][\w-]*)*|\b[A-Z]+[a-z]*-?\d+\w*\b"
)
_JOINT = re.compile(
    r"\bvs\.?\b|\bversus\b|\bor\b|\band\b|\bcompared (?:to|with)\b|和|跟|与|还是|对比|比|、|,|，", re.IGNORECASE
)
_MODEL = re.compile(r"([A-Za-z]{2,})[ -]?(\d{1,4})(?![\d.,]*\d)")
"""A name and its number: iPhone 15, Mate70, Drift 2."""
_NOT_THIS = re.compile(r"[（(]?\s*(?:不是|并非|\bnot the\b)[^,，。;；)）]*[)）]?", re.IGNORECASE)
_CHEAPER = re.compile(r"便宜的?那|便宜点的那|cheap(?:er|est) one|less expensive one", re.IGNORECASE)
_DEARER = re.compile(r"贵的?那|贵点的那|(?:dearer|pricier|more expensive|most expensive) one", re.IGNORECASE)
_POINTS = re.compile(
    r"^(?:那|那么|还有|and|what about|how about|what of)|"
    r"那(?:个|款|双|支|只|件|台|条|瓶|把)|这(?:个|款|双|支|只|件|台)|"
    r"\b(?:one|it|they|them|that|this)\b|它|有.{0,6}色的|哪(?:个|款|双|支|只)|which",
    re.IGNORECASE,
)


def products(question: Question, understanding: Understanding, view: View) -> list[Product]:
    """The products that are meant, in the order of mention; empty when none is."""
    text = _NOT_THIS.sub(" ", question.text)
    for denied in (c.text for c in understanding.constraints if c.kind in {"without", "not_brand"}):
        text = text.replace(denied, " ")  # 不带麦克风的耳机 names no headphones with a microphone
    known = [p for p in (product_of(view, id_) for id_ in understanding.referents) if p is not None]
    known = [p for p in known if p.id in question.product_ids or not other_model(text, p)]
    compared = understanding.intent == "compare" or _sides(text) or len(understanding.filter.brand) > 1
    if compared and len(known) < 2:
        sides = [found for part in _JOINT.split(text) if (found := named(part, view, loose=True)) is not None]
        distinct = {product.id: product for product in [*known, *sides]}
        if len(distinct) > 1:
            return list(distinct.values())
    if known:
        return known
    shown = [p for p in (product_of(view, id_) for id_ in pointers.shown(question)) if p is not None]
    bounded = (
        understanding.intent == "find" and understanding.filter.price is not None and understanding.filter.category
    )
    among = _among(text, shown, view) if shown and not bounded else []  # "and under 70?" wishes for more of the kind
    if among:
        return among
    asked = understanding.intent == "product_question"
    found = named(text, view, understanding.filter.brand) or (named(text, view, loose=True) if asked else None)
    return [found] if found else []


_MONEY = re.compile(r"\b(?:RMB|[A-Z]{2}\$|(?:CNY|USD|EUR|GBP|JPY|HKD)\b)\s*\d[\d,.]*")
"""An amount with its currency is no name, whatever is sold."""


def unknown_name(text: str, view: View) -> str:
    """A capitalised word or model number that no record of the shop knows; "" if there is none."""
    unseen = {pool: view.rarity(pool, "") for pool in ("product", "shop", "opinion")}
    for match in _NAME.finditer(_MONEY.sub(" ", text)):
        terms = tokens(match.group())
        if terms and all(view.rarity(pool, term) == most for pool, most in unseen.items() for term in terms):
            return match.group()
    hits = view.search(Query(text=text, k=_CANDIDATES)).hits if _MODEL.search(text) else []
    strange = [other_model(text, product) for hit in hits if (product := product_of(view, hit.id)) is not None]
    return next((name for name in strange if name), "")


def _sides(text: str) -> bool:
    return (
        re.search(
            r"\bvs\.?\b|\bversus\b|\bor\b|还是|哪个|哪款|\bwhich\b|\bbetween\b|对比|区别|差|各|分别",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def named(text: str, view: View, brands: list[str] | None = None, *, loose: bool = False) -> Product | None:
    """The one product whose title the text uses clearly more than any other's.

    With `brands` only their products count. `loose` lets kind and brand make a name too, where a name is expected.
    """
    terms = {term for term in tokens(text) if not _FIGURE.fullmatch(term)}
    enough = _ENOUGH * view.rarity("product", "")
    scored = []
    for hit in view.search(Query(text=text, k=_CANDIDATES)).hits:
        product = product_of(view, hit.id)
        if product is not None and (not brands or product.brand in brands) and not other_model(text, product):
            scored.append(_strength(product, terms, view))
    scored = [row for row in scored if (row.all if loose else row.own) >= enough]
    if not scored:
        return None
    scored.sort(key=lambda row: (-row.all, -row.own, row.unsaid))
    best, rest = scored[0], scored[1:]
    tied = [row for row in rest if row.all * _AHEAD > best.all]
    if not tied:
        return best.product
    return None if loose or any(row.unsaid == best.unsaid and row.own == best.own for row in tied) else best.product


def other_model(text: str, product: Product) -> str:
    """What the text calls by a word of the title and another number, "iPhone 13" where 15 is sold; "" if nothing."""
    own: dict[str, set[str]] = {}
    for title in titles(product):
        for name, number in _MODEL.findall(title):
            own.setdefault(name.casefold(), set()).add(number)
    asked = [(name, number) for name, number in _MODEL.findall(text) if name.casefold() in own]
    strange = [f"{name} {number}" for name, number in asked if number not in own[name.casefold()]]
    return strange[0] if asked and len(strange) == len(asked) else ""


class _Strength(msgspec.Struct, frozen=True):
    product: Product
    own: float
    """Summed rarity of shared title words that are not kind or brand."""
    all: float
    """The same with kind and brand."""
    unsaid: int
    """Title words that the text does not use."""


def _strength(product: Product, terms: set[str], view: View) -> _Strength:
    words = {term for title in titles(product) for term in tokens(title)}
    common = set(tokens(" ".join([product.brand or "", *product.categories, *_properties(product)])))
    shared = terms & (words | set(tokens(product.brand or "")))
    own = sum(view.rarity("product", term) for term in shared - common)
    everything = sum(view.rarity("product", term) for term in shared)
    unsaid = min(len(set(tokens(title)) - terms) for title in titles(product))
    return _Strength(product, own, everything, unsaid)


def _properties(product: Product) -> list[str]:
    """Names and texts of its attributes: words that describe many products and name none."""
    groups = [product.attributes, *(t.attributes or {} for t in product.translations.values())]
    return [text for group in groups for name, value in group.items() for text in (name, *_texts(value))]


def _texts(value: AttributeValue) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def _among(text: str, shown: list[Product], view: View) -> list[Product]:
    """Which of the shown products the text points at."""
    if not _POINTS.search(text) and not _CHEAPER.search(text) and not _DEARER.search(text):
        return []
    if len(shown) == 1:
        return shown
    priced = [(offer.price.amount, product) for product in shown if (offer := view.offer(product.id)) is not None]
    if priced and _CHEAPER.search(text):
        return [min(priced, key=lambda row: row[0])[1]]
    if priced and _DEARER.search(text):
        return [max(priced, key=lambda row: row[0])[1]]
    described = _described(text, shown, view)
    return [described] if described else list(shown)


def _described(text: str, shown: list[Product], view: View) -> Product | None:
    """The shown product that alone has a word of the question in its record ("the Greek one")."""
    terms = {term for term in tokens(text) if view.rarity("product", term) > 2}
    scores = []
    for product in shown:
        said = {term for passage in view.passages(product.id) for term in tokens(passage.text)}
        scores.append((sum(view.rarity("product", term) for term in terms & said), product))
    scores.sort(key=lambda row: -row[0])
    clear = scores[0][0] > 0 and scores[0][0] >= _AHEAD * scores[1][0]
    return scores[0][1] if clear else None
