"""Promotions at a time: what a sale makes of the price, what a coupon takes off, what a group pays."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from catalog.model import Product, Promotion
from eval.cases import Case
from eval.generate.amounts import plain, written
from eval.generate.gold import case
from eval.generate.names import called
from eval.generate.shop import Shop
from eval.generate.wordings import Language, asked, in_turn, ways
from eval.products import decimal, promotion_price, running, sellables
from eval.worth import Amount


class Deal(NamedTuple):
    """A promotion of one product, and what an answer about it has to say."""

    product: Product
    promotion: Promotion
    intent: str
    must: list[str | list[str]]
    must_not: list[str]


def promotions(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Every promotion of every product it names, running or not."""
    speaking = {product.id: product for product in shop.speaking(language)}
    named = [
        (speaking[id_], promotion)
        for promotion in shop.truth.records.values()
        if isinstance(promotion, Promotion)
        for id_ in promotion.product_ids
        if id_ in speaking
    ]
    deals = [deal for product, promotion in named if (deal := _deal(shop, product, promotion))]
    by_intent: dict[str, list[tuple[Deal, str]]] = {}
    for deal in deals:
        for name in shop.names(deal.product, language):
            by_intent.setdefault(deal.intent, []).append((deal, name))
    yield from in_turn(_worded(random, language, own) for _, own in sorted(by_intent.items()))


def _worded(random: Random, language: Language, plans: list[tuple[Deal, str]]) -> Iterator[Case]:
    """The deals of one intent."""
    for (deal, name), frame in asked(random, plans, ways(language, plans[0][0].intent)):
        group, relevant = f"{deal.promotion.id}/{deal.product.id}", {deal.product.id: 1.0, deal.promotion.id: 1.0}
        question = frame.format(product=called(name, language))
        yield case(deal.intent, group, question, relevant=relevant, must=deal.must, must_not=deal.must_not)


def _deal(shop: Shop, product: Product, promotion: Promotion) -> Deal | None:
    """What is to be said; None for a promotion that changes nothing or leaves a doubt."""
    now = running(promotion, shop.now) and promotion.stock != 0
    if promotion.kind == "flash_sale":
        return _flash_sale(shop, product, promotion, now=now)
    if not now or sum(one.kind == promotion.kind for one in shop.truth.promotions(product.id)) > 1:
        return None
    if promotion.kind == "group_buy":
        amount = _one_price(product, promotion)
        return Deal(product, promotion, "group_buy", [written(amount)], []) if amount else None
    must = _discount(promotion)
    return Deal(product, promotion, promotion.kind, [must], []) if must else None


def _flash_sale(shop: Shop, product: Product, promotion: Promotion, *, now: bool) -> Deal | None:
    """The sale's price while it runs; the usual one before and after, and after it not the sale's."""
    reduced = _one_price(product, promotion)
    usual = {Amount(value, form.offer.currency) for form in sellables(product)
             if form.offer and (value := decimal(form.offer.price)) is not None}  # fmt: skip
    others = [one for one in shop.truth.promotions(product.id) if one.kind == "flash_sale" and one is not promotion]
    if reduced is None or len(usual) != 1 or others or reduced in usual:
        return None
    if now:
        return Deal(product, promotion, "flash_sale", [written(reduced)], [])
    ended = promotion.ends_at < shop.now.isoformat()
    return Deal(product, promotion, "no_sale", [written(usual.pop())], written(reduced) if ended else [])


def _one_price(product: Product, promotion: Promotion) -> Amount | None:
    """What the promotion makes of the price, if that is the same for all forms."""
    amounts = {
        Amount(price, form.offer.currency)
        for form in sellables(product)
        if form.offer and (price := promotion_price(promotion, form.offer)) is not None
    }
    return amounts.pop() if len(amounts) == 1 else None


def _discount(promotion: Promotion) -> list[str]:
    """What is taken off: an amount, or a share (15 %, 85 折, 8.5 折)."""
    discount = promotion.discount
    if discount is None:
        return []
    if discount.percent is not None:
        left = decimal(str(100 - discount.percent))
        tenth = f"{plain(left / 10)}折" if left is not None else ""
        return [f"{discount.percent:g}%", f"{discount.percent:g} percent", f"{100 - discount.percent:g}折", tenth]
    amount = decimal(discount.amount or "")
    return written(Amount(amount, discount.currency)) if amount is not None and discount.currency else []
