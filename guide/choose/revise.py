"""A wish that changes the one before: 便宜点的有吗, "anything cheaper?", "anything without fragrance instead?".

The kind of product comes from what was shown; what the new words say is added to it.
"""

import re
from typing import Any

import msgspec

from catalog.model import Product
from guide.choose import find
from guide.choose.draft import Draft, product_of
from guide.model import Decision, Question
from guide.understand import pointers
from index.api import PriceFilter

_CHEAPER = re.compile(
    r"便宜(?:一?点|些)|更便宜|太贵|\bcheaper\b|\bless expensive\b|\btoo (?:pricey|expensive)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"别的|其他的|换(?:一|个|款|成)|还有(?:别|其他)|\binstead\b|\banything else\b|\bsomething else\b|\bother ones?\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"预算|控制在|能买到|买|只有|只|最多|大概|价格|改成|换成|我|要|想|那|花|在|就|的|呢|吗|有|么|吧|"
    r"\b(?:anything|something|what|how|about|my|budget|price|is|are|only|ok|okay|but|and|then|under|around|i|have|can|spend)\b",
    re.IGNORECASE,
)
"""What a mere change of the budget may still say."""
_POINTED = re.compile(r"那(?:个|款|双|支|只|件|台)|\bone\b", re.IGNORECASE)


def answer(question: Question, draft: Draft) -> Decision | None:
    """The revised wish answered, or None when the question revises nothing."""
    cheaper = _CHEAPER.search(question.text) is not None
    revises = cheaper or _OTHER.search(question.text) or only_bounds(question, draft)
    if not revises or _POINTED.search(question.text) or len(draft.understanding.referents) > 1:
        return None  # "which is cheaper" asks about those shown
    shown = [p for p in (product_of(draft.view, id_) for id_ in pointers.shown(question)) if p is not None]
    if not shown or not shown[0].categories:
        return None
    own = draft.understanding.filter
    changes: dict[str, Any] = {"category": [shown[0].categories[-1]], "attributes": {**own.attributes, **freed(draft)}}
    if cheaper and own.price is None and (bound := _below(draft, shown)) is not None:
        changes["price"] = bound
    wished = msgspec.structs.replace(own, **changes)
    revised = msgspec.structs.replace(draft.understanding, filter=wished, query="", unresolved="")
    return find.answer(question, Draft(revised, draft.view), question.filters)


def only_bounds(question: Question, draft: Draft) -> bool:
    """Whether nothing but a price is said ("300以内的呢") where products were shown: the wish was said before."""
    own = draft.understanding.filter
    named = own.category or own.brand or own.attributes or own.ids
    said = re.search(r"\w", _FILLER.sub(" ", draft.understanding.query))
    wish = draft.understanding.fact in {"", "categories"}  # 300以内有什么 asks for products, 有几款 for their number
    return wish and own.price is not None and not named and said is None and bool(pointers.shown(question))


def freed(draft: Draft) -> dict[str, list[str | bool | int | float]]:
    """Attributes such as fragrance_free that the question asks for, as constraints."""
    return {field: [True] for field in draft.understanding.fields if field.endswith("_free")}


def _below(draft: Draft, shown: list[Product]) -> PriceFilter | None:
    """Less than the cheapest that was shown in the currency of the first."""
    offers = [offer for product in shown if (offer := draft.view.offer(product.id)) is not None]
    if not offers:
        return None
    currency = offers[0].price.currency
    least = min((offer.price for offer in offers if offer.price.currency == currency), key=lambda price: price.amount)
    return PriceFilter(currency=least.currency, max=least.amount - 1)
