"""Prices in a statement against the offers of the products it speaks of."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from catalog.model import Promotion
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.faithfulness.owners import owners
from eval.faithfulness.price_words import Kind, kind_of
from eval.faithfulness.sum_check import counts, totals
from eval.names import Mention
from eval.products import Sellable, sellables
from eval.text.prices import Price, prices
from eval.text.quantities import chinese_numbers, quantities
from eval.text.wordlists import NEGATION
from eval.variants import wholly_named
from eval.worth import Amount, costs, differences, list_prices, prices_now, savings

_UPPER = re.compile(
    r"(?:under|below|within|up to|at most|less than|no more than|cheaper than|max(?:imum)?(?: of)?|budget(?: of)?"
    r"|不超过|低于|少于|最多|预算(?:为|是|在)?)\s*$",
    re.IGNORECASE,
)
_UPPER_AFTER = re.compile(r"^\s*(?:以内|以下|之内|内|or less|or under|budget|预算)", re.IGNORECASE)
_LOWER = re.compile(r"(?:over|above|more than|at least|from|超过|高于|至少|不低于)\s*$", re.IGNORECASE)
_LOWER_AFTER = re.compile(r"^\s*(?:以上|or more|and up)", re.IGNORECASE)
_BREAK = re.compile(r"[，;；。（）()]|,\s| and |和")
# Words without which an amount is no price under a coupon, a bundle or a group buy.
_CONDITION = re.compile(
    r"\b(?:coupon|voucher|code|group|bundle|together|set|combo|sale|deal|offer|promotion|discount|off)s?\b"
    r"|券|拼团|成团|团购|套装|组合|一起|同单|同时购买|搭配|满|折|减|优惠|活动|促销",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"cheaper|less|more|save|saving|differ|\boff\b|便宜|贵|省|差|少|降|优惠|减|抵", re.IGNORECASE)


def check_prices(text: str, source: Source, setting: Setting, named: Sequence[Mention] = ()) -> list[Finding]:
    """One finding per amount; an amount that only echoes the shopper's budget gives none.

    Where the text names several products (`named`) in an order that tells, an amount has to be that of its own.
    """
    asked = {price.amount for price in prices(setting.question)}
    bare = [quantity.given for quantity in quantities(setting.question)] + chinese_numbers(setting.question)
    asked |= {Decimal(str(number)) for number in bare}
    conditional = bool(_CONDITION.search(text))
    sales = [one for one in source.promotions if one.kind == "flash_sale" or conditional]
    prose = [one for one in source.passages if not one.structured and (conditional or one.kind != "promotion")]
    said = [price for passage in prose for price in prices(passage.text)]
    found = []
    amounts = prices(text)
    owned = owners(text, named, amounts)
    for at, (price, owner) in enumerate(zip(amounts, owned, strict=True)):
        # With several prices in a sentence, a variant owns only the price of its own clause.
        scope = text if len(amounts) == 1 else _clause(text, price)
        forms = [form for form in _meant(scope, source) if owner is None or form.product.id in owner]
        if _DIFFERENCE.search(text) and _among(price, savings(forms, source.promotions)):
            found.append(Finding("supported", "price", price.start, price.end))
            continue
        true = _held(kind_of(text, at, amounts), forms, sales)
        if not _among(price, true) and _among(price, totals(text, _by_product(forms, sales))):
            found.append(Finding("supported", "price_total", price.start, price.end))
            found += [Finding("supported", "count", count.start, count.end) for count in counts(text)]
            continue
        verdict = _check(text, price, true, said, setting, asked)
        if verdict:
            found.append(Finding(*verdict, price.start, price.end))
    return found


def _held(kind: Kind, forms: Sequence[Sellable], promotions: Sequence[Promotion]) -> set[Amount]:
    """What a price of this kind may be: what the forms cost now, what they are marked down from, or both."""
    now, before = costs(forms, promotions), list_prices(forms, promotions)
    return now if kind == "now" else before if kind == "list" else now | before


def _by_product(forms: Sequence[Sellable], promotions: Sequence[Promotion]) -> list[set[Amount]]:
    """What each product costs now, in any of these forms."""
    ids = dict.fromkeys(form.product.id for form in forms)
    return [costs([form for form in forms if form.product.id == id_], promotions) for id_ in ids]


def _check(
    text: str, price: Price, true: set[Amount], said: list[Price], setting: Setting, asked: Iterable[object]
) -> tuple[Verdict, str] | None:
    if _among(price, true) or any(
        price.amount == other.amount and price.currencies & other.currencies for other in said
    ):
        return "supported", "price"
    bound = _bound(text, price)
    if bound and price.amount in asked:
        if NEGATION.search(text):  # "nothing under $40": the cards are the nearest, not a match
            return None
        return _check_bound(price, bound, setting)
    if price.amount in asked:
        return None
    shown = {amount for card in setting.cards for amount in _shown(setting, card.id)}
    if _DIFFERENCE.search(text) and _among(price, differences(true | shown)):
        return "supported", "price_difference"
    return ("contradicted", "price") if true else ("not_enough_evidence", "price")


def _check_bound(price: Price, bound: str, setting: Setting) -> tuple[Verdict, str] | None:
    """`all under $50`: every shown product has a price on the right side."""
    if setting.truth is None or not setting.cards:
        return None
    for card in setting.cards:
        amounts = [amount for amount in _shown(setting, card.id) if amount.currency in price.currencies]
        inside = [
            amount.value <= price.amount if bound == "upper" else amount.value >= price.amount for amount in amounts
        ]
        if not any(inside):
            return "contradicted", "price_bound"
    return "supported", "price_bound"


def _clause(text: str, price: Price) -> str:
    start = max((match.end() for match in _BREAK.finditer(text, 0, price.start)), default=0)
    after = _BREAK.search(text, price.end)
    return text[start : after.start() if after else len(text)]


def _bound(text: str, price: Price) -> str | None:
    before, after = text[: price.start], text[price.end :]
    if _UPPER.search(before) or _UPPER_AFTER.match(after):
        return "upper"
    return "lower" if _LOWER.search(before) or _LOWER_AFTER.match(after) else None


def _meant(text: str, source: Source) -> list[Sellable]:
    """The forms of the products, or those of a product's variants that the text names with all their options."""
    groups = [sellables(product) for product in source.products]
    return [form for forms in groups for form in wholly_named(text, forms) or forms]


def _shown(setting: Setting, product_id: str) -> set[Amount]:
    truth = setting.truth
    product = truth.product(product_id) if truth else None
    if truth is None or product is None:
        return set()
    return {amount for sellable in sellables(product) for amount in prices_now(truth, sellable, setting.now)}


def _among(price: Price, amounts: set[Amount]) -> bool:
    return any(price.is_(*amount) for amount in amounts)
