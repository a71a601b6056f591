"""Facts about a whole range of the shop, recomputed: how many, of which brands, which is the cheapest or dearest."""

import re
from collections.abc import Iterator

from catalog.model import Product
from eval.answer import Card
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.products import sellables
from eval.text.fold import contains_folded, fold
from eval.text.prices import prices
from eval.truth import Truth
from eval.worth import Amount, extreme, prices_now

_TOTAL = re.compile(
    r"\b(?:there (?:are|is)|we (?:have|sell|carry)) (?P<total>\d+)(?=[,.]|\s+(?:products?|models?|items?)\b)[^.]*?"
    r"(?:(?:of which )?(?P<stocked>\d+) (?:of them )?(?:(?:are|is) )?(?P<out>out of |in )stock|(?=\.|$))"
    r"|(?:一共|总共|共)有?\s*(?P<total_zh>\d+)\s*款(?!颜色|式)(?:[，,]其中\s*(?P<stocked_zh>\d+)\s*款(?:有?现货|有货|(?P<out_zh>缺货|无货)))?",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:\bthe (?P<en>brands|categories) are:?"
    r"|(?:(?:一共|总共|共)?有?\s*(?P<said>\d+)\s*个)?(?P<zh>品牌|品类)(?:有|包括)?[:：])"
    r"\s*(?P<names>.+?)"
    r"(?:\s*(?:and (?P<more>\d+) more|等\s*(?P<all>\d+)\s*个))?[.。]?$",
    re.IGNORECASE,
)
AMONG_SHOWN = re.compile(
    r"第[一二三四五1-5]款|这[一二三四五几\d]\s*款|其中|\bof these\b|\bof the (?:two|three|four|\d)\b", re.IGNORECASE
)
_LOWEST = re.compile(r"cheapest|lowest[- ]pric|least expensive|最便宜|价格最低|最低价|最低", re.IGNORECASE)
_HIGHEST = re.compile(r"dearest|most expensive|priciest|highest[- ]pric|最贵|价格最高|最高价", re.IGNORECASE)


def check_range(text: str, setting: Setting) -> list[Finding]:
    """`there are 12, of which 9 are in stock`, `the brands are: …`: true of a range the case is about."""
    truth = setting.truth
    if truth is None:
        return []
    ranges = [[product for id_ in ids if (product := truth.product(id_))] for ids in setting.ranges]
    found = []
    for match in _TOTAL.finditer(text):
        total, stocked = match["total"] or match["total_zh"], match["stocked"] or match["stocked_zh"]
        out = bool(match["out_zh"]) or (match["out"] or "").lower().startswith("out")
        true = any(
            int(total) == len(members)
            and (stocked is None or int(stocked) == sum(_is_stocked(product) != out for product in members))
            for members in ranges
        )
        found.append(Finding(_verdict(true=true, known=bool(ranges)), "whole_shop", *match.span()))
    return found + [_list_finding(match, ranges, truth) for match in _LIST.finditer(text)]


def check_extremes(text: str, source: Source, setting: Setting, *, shown: bool) -> list[Finding]:
    """`the cheapest`: the one product spoken of is that, in a range the case is about or else among those shown.

    The price said, if any, has to be its own lowest (of all its variants or of those in stock). `shown`: the
    statement is about the cards only.
    """
    truth = setting.truth
    if truth is None or len(source.products) != 1:
        return []
    found = []
    for pattern, highest in ((_LOWEST, False), (_HIGHEST, True)):
        match = pattern.search(text)
        own = _own(source.products[0].id, setting, highest=highest)
        if match is None or not own:
            continue
        named = prices(text)
        priced = not named or any(price.is_(*amount) for price in named for amount in own)
        first = any(
            all(any(_beats(one, other, highest=highest) for one in own) for other in others)
            for others in _rivals(source.products[0].id, setting, highest=highest, shown=shown)
        )
        verdict: Verdict = "supported" if priced and first else "contradicted"
        found.append(Finding(verdict, "extreme", *match.span()))
    return found


def _own(product_id: str, setting: Setting, *, highest: bool) -> set[Amount]:
    truth = setting.truth
    if truth is None:
        return set()
    both = (extreme(truth, product_id, setting.now, highest=highest, stocked=stocked) for stocked in (False, True))
    return {amount for amount in both if amount}


def _rivals(product_id: str, setting: Setting, *, highest: bool, shown: bool) -> Iterator[set[Amount]]:
    """For each range that holds the product, the prices of the others; of the cards, where no range or `shown` ones."""
    ranges = [] if shown else [ids for ids in setting.ranges if product_id in ids]
    for ids in ranges:
        yield {
            amount
            for id_ in ids - {product_id}
            if setting.truth and (amount := extreme(setting.truth, id_, setting.now, highest=highest))
        }
    others = [card for card in setting.cards if card.id != product_id]
    if not ranges:
        yield {amount for card in others for amount in _at(card, setting, highest=highest)}


def _at(card: Card, setting: Setting, *, highest: bool) -> set[Amount]:
    """What a card shows its product at: the price of its variant, where it names one."""
    form = setting.truth.sellable(card.id, card.variant_id) if setting.truth and card.variant_id else None
    if setting.truth and form:
        return prices_now(setting.truth, form, setting.now)
    amount = extreme(setting.truth, card.id, setting.now, highest=highest) if setting.truth else None
    return {amount} if amount else set()


def _beats(one: Amount, other: Amount, *, highest: bool) -> bool:
    if one.currency != other.currency:
        return True
    return one.value >= other.value if highest else one.value <= other.value


def _list_finding(match: re.Match[str], ranges: list[list[Product]], truth: Truth) -> Finding:
    names = [fold(name) for name in re.split(r"[、,，]", match["names"]) if name.strip()]
    if (match["en"] or match["zh"]).lower() in ("categories", "品类"):
        true = all(any(contains_folded(known, name) for known in truth.groups) for name in names)
        return Finding(_verdict(true=true, known=True), "whole_shop", *match.span())
    total = int(match["all"]) if match["all"] else len(names) + int(match["more"] or 0)
    told = match["said"] is None or int(match["said"]) == total
    true = told and any(_are_brands(names, total, {fold(p.brand) for p in members if p.brand}) for members in ranges)
    every = {fold(product.brand) for product in truth.products() if product.brand}
    invented = not all(any(contains_folded(brand, name) for brand in every) for name in names)
    return Finding(_verdict(true=true, known=bool(ranges) or invented), "whole_shop", *match.span())


def _are_brands(names: list[str], total: int, brands: set[str]) -> bool:
    held = [[brand for brand in brands if contains_folded(brand, name)] for name in names]
    return all(held) and len({brand for row in held for brand in row}) == len(names) and total == len(brands)


def _is_stocked(product: Product) -> bool:
    return any(form.offer is not None and form.offer.availability == "in_stock" for form in sellables(product))


def _verdict(*, true: bool, known: bool) -> Verdict:
    """What cannot be counted, because the case does not say which products are meant, is not checkable."""
    return ("supported" if true else "contradicted") if known else "not_checkable"
