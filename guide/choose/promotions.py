"""Flash sales, group buys, coupons and bundles: what runs now, or will, on given products or in the whole shop."""

import re
from datetime import datetime

from catalog.model import Product, Promotion, PromotionKind
from catalog.text import fold
from guide.choose import phrases
from guide.choose.draft import Draft, product_of
from guide.choose.scope import passes
from guide.evidence import Statement, localised
from guide.model import Decision, Language
from index.api import Filter

_KINDS: tuple[tuple[PromotionKind, re.Pattern[str]], ...] = (
    ("flash_sale", re.compile(r"秒杀|限时抢|\bflash[- ]sales?\b|\bdeal\b", re.IGNORECASE)),
    ("group_buy", re.compile(r"拼团|团购|\bgroup[- ](?:buy|price)s?\b", re.IGNORECASE)),
    ("coupon", re.compile(r"券|\bcoupons?\b|\bvouchers?\b", re.IGNORECASE)),
    ("bundle", re.compile(r"套装价|一起买|搭配买|组合|\bbundles?\b|\btogether\b", re.IGNORECASE)),
)
_LISTS = re.compile(
    r"(?:现在|目前|今天|最近)?有(?:哪些|什么|啥)|在(?:搞|做)|"
    r"\b(?:which|what|any)\b.{0,30}\b(?:running|now|today|currently|do you have)\b",
    re.IGNORECASE,
)
_SENTENCE_EN = re.compile(r"(?<=[。！？])\s*(?=[A-Z0-9])")


def kind_of(text: str) -> PromotionKind | None:
    """Which kind of promotion the text speaks of."""
    return next((kind for kind, pattern in _KINDS if pattern.search(fold(text))), None)


def lists(text: str) -> bool:
    """Whether the text asks which promotions there are."""
    return kind_of(text) is not None and _LISTS.search(text) is not None


def answer_list(draft: Draft, kind: PromotionKind, within: Filter) -> Decision | None:
    """Every promotion of a kind that runs now on products that pass, with its products; None when none does."""
    running = [
        (promotion, ids)
        for promotion in draft.view.all_promotions()
        if promotion.kind == kind and (ids := [i for i in promotion.product_ids if passes(draft.view, within, i)])
    ]
    for promotion, ids in running:
        say(draft, promotion, draft.language)
        for product_id in ids[:2]:
            product = product_of(draft.view, product_id)
            if product is not None:
                _show(draft, product)
    return draft.decide("answered") if running else None


def answer_joint(draft: Draft, products: list[Product]) -> Decision | None:
    """A promotion that covers all of the products; None when there is none."""
    wanted = {product.id for product in products}
    found = [p for p in draft.view.promotions(products[0].id) if wanted <= set(p.product_ids)]
    for promotion in found:
        say(draft, promotion, draft.language)
    for product in products if found else []:
        _show(draft, product)
    return draft.decide("answered") if found else None


def say(draft: Draft, promotion: Promotion, language: Language) -> None:
    """When one promotion runs and its terms, in the answer's language where it has them; or what its fields say."""
    begun = datetime.fromisoformat(promotion.starts_at) <= draft.view.now
    said = _terms(promotion.terms, language) if promotion.terms else _conditions(promotion, language)
    field = "ends_at" if begun else "starts_at"
    when = phrases.moment(getattr(promotion, field))
    numbers = [
        draft.cite(Statement(record_id=promotion.id, field=name, quote=quote, language=language, source="merchant"))
        for name, quote in (("terms" if promotion.terms else "discount", said), (field, when))
    ]
    if language == "zh":
        draft.say(f"优惠（{when} {'截止' if begun else '开始'}）：{said}", *numbers, kind="quote")
    else:
        draft.say(f"Offer ({'until' if begun else 'from'} {when}): {said}", *numbers, kind="quote")


_NAMES: dict[PromotionKind, dict[Language, str]] = {
    "flash_sale": {"zh": "限时秒杀", "en": "flash sale"},
    "group_buy": {"zh": "拼团", "en": "group buy"},
    "coupon": {"zh": "优惠券", "en": "coupon"},
    "bundle": {"zh": "组合优惠", "en": "bundle"},
}


def _conditions(promotion: Promotion, language: Language) -> str:
    """A promotion without terms by its fields: 优惠券，减 15%; group buy, 19.90, for 3."""
    zh, parts = language == "zh", [_NAMES[promotion.kind][language]]
    discount = promotion.discount
    if discount and discount.percent is not None:
        parts.append(f"减 {discount.percent:g}%" if zh else f"{discount.percent:g}% off")
    elif discount and discount.amount is not None:
        off = f"{discount.amount} {discount.currency}"
        parts.append(f"减 {off}" if zh else f"{off} off")
    if promotion.price is not None:
        parts.append(promotion.price)
    if promotion.group_size is not None:
        parts.append(f"{promotion.group_size} 人成团" if zh else f"for {promotion.group_size}")
    return ("，" if zh else ", ").join(parts)


def _terms(text: str, language: Language) -> str:
    """The half of bilingual terms that is in the language."""
    parts = _SENTENCE_EN.split(text, maxsplit=1)
    if len(parts) == 2 and parts[1].isascii():
        return parts[0] if language == "zh" else parts[1]
    return text


def _show(draft: Draft, product: Product) -> None:
    offer = draft.view.offer(product.id)
    draft.show(product)
    if offer is not None:
        numbers = draft.cite_price(product, offer)
        draft.say(phrases.price(localised(product, draft.language), offer, draft.language), *numbers, kind="price")
