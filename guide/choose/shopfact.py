"""Facts about the whole shop, from the columns: how many, cheapest, dearest, its prices, which brands, is it sold."""

from catalog.money import display
from guide.choose import cues, find, phrases
from guide.choose.draft import Draft, product_of
from guide.evidence import localised
from guide.model import Decision, Question, Understanding
from guide.understand import facts, pointers
from index.api import Facets, Filter, FilterError, LiveOffer, PriceFacet

_LISTED = 20
_TIED = 3
"""Most products of one price that are told one by one."""


def asked(question: Question, understanding: Understanding) -> bool:
    """Whether a fact of the shop is asked for; 最便宜的多少钱 after a product was shown asks for that product's."""
    if understanding.intent != "shop_fact":
        return False
    if understanding.filter or not cues.price_order(question.text):
        return True
    return facts.whole(question.text) or not (pointers.shown(question) or facts.unheld(understanding))


def answer(question: Question, draft: Draft, scope: Filter) -> Decision:
    """The fact, counted over every product that passes."""
    own, unheld = draft.understanding.filter, facts.unheld(draft.understanding)
    if draft.understanding.fact == "categories" and (own or unheld):
        return find.answer(question, draft, scope)  # 500 元以内的耳机有哪些 asks for products
    if draft.understanding.fact != "sells" and unheld and not (own.category or own.brand):
        if draft.understanding.fact == "count":
            draft.say(phrases.text("not_counted", draft.language, words=unheld), kind="notice")
        return find.answer(question, draft, scope)
    wished = find.merged(own, scope)
    try:
        found = draft.view.facets(wished)
    except FilterError:
        found = None
    if found is None or found.total == 0:
        if draft.understanding.fact == "count" and own:
            draft.say("0。" if draft.language == "zh" else "0.", kind="frame")
        draft.say(phrases.text("nothing_passes" if wished else "not_sold", draft.language), kind="notice")
        return draft.decide("no_match", "nothing_passes")
    if draft.understanding.fact == "sells":
        return find.answer(question, draft, scope)
    _say(draft, wished, found)
    if unheld:
        draft.say(phrases.text("not_narrowed", draft.language, words=unheld), kind="notice")
    return draft.decide("answered")


def _say(draft: Draft, wished: Filter, found: Facets) -> None:
    match draft.understanding.fact:
        case "count":
            _say_count(draft, found)
        case "on_sale":
            _say_on_sale(draft, wished, found)
        case "cheapest" | "dearest" as end:
            for facet in found.prices:  # never converted: one answer a currency, the shop's main one first
                _say_extreme(draft, wished, facet, dearest=end == "dearest")
        case "prices":
            for facet in found.prices:
                _say_range(draft, facet)
                for dearest in (False, True) if facet.min != facet.max else (False,):
                    _say_extreme(draft, wished, facet, dearest=dearest)
        case "brands":
            _say_values(draft, [facet.value for facet in found.brands], found.brand_count, "品牌", "brand")
        case _:
            _say_values(draft, [facet.value for facet in found.categories], found.category_count, "品类", "category")
    if not draft.sentences:
        draft.say(phrases.text("no_prices", draft.language), kind="notice")


def _say_count(draft: Draft, found: Facets) -> None:
    if draft.language == "zh":
        draft.say(f"一共有 {found.total} 款，其中 {found.available} 款有货。")
    else:
        draft.say(f"There {_are(found.total, 'product')}, {found.available} of them in stock.")


def _say_on_sale(draft: Draft, wished: Filter, found: Facets) -> None:
    """How many cost less than their list or usual price, and those with the most off."""
    if draft.language == "zh":
        draft.say(f"现在有 {found.on_sale} 款低于原价，一共 {found.total} 款。")
    else:
        verb = "costs less than its" if found.on_sale == 1 else "cost less than their"
        draft.say(f"{found.on_sale} of {found.total} products {verb} list price now.")
    for id_ in draft.view.on_sale(wished)[:_TIED]:
        product = product_of(draft.view, id_)
        if product is None:
            continue
        offers = [
            (form, offer)
            for form in _forms(draft, id_, wished)
            if (offer := draft.view.offer(id_, form)) and offer.list_price
        ]
        for form, offer in offers[:1]:
            draft.show(product, form)
            numbers = draft.cite_price(product, offer, form)
            draft.say(phrases.price(localised(product, draft.language), offer, draft.language), *numbers, kind="price")


def _say_range(draft: Draft, facet: PriceFacet) -> None:
    currency, low, high = facet.min.currency, display(facet.min), display(facet.max)
    if draft.language == "zh":
        spread = f"都是 {low}" if low == high else f"从 {low} 到 {high}"
        draft.say(f"以 {currency} 计价的有 {facet.count} 款，{spread}。")
    else:
        spread = f"at {low}" if low == high else f"from {low} to {high}"
        draft.say(f"There {_are(facet.count, 'product')} priced in {currency}, {spread}.")


def _say_extreme(draft: Draft, wished: Filter, facet: PriceFacet, *, dearest: bool) -> None:
    """The end of one currency's prices: every product that stands there, up to a few."""
    ids, money = (facet.all_dearest, facet.max) if dearest else (facet.all_cheapest, facet.min)
    for place, id_ in enumerate(ids[:_TIED]):
        product = product_of(draft.view, id_)
        forms = [(form, draft.view.offer(id_, form)) for form in _forms(draft, id_, wished)]
        at_price = [(form, offer) for form, offer in forms if offer is not None and offer.price == money]
        if product is None or not at_price:
            continue
        form, offer = min(at_price, key=lambda row: not row[1].available)
        draft.show(product, form)
        numbers = draft.cite_price(product, offer, form)
        title = localised(product, draft.language)
        frame = _first(title, offer, draft, dearest=dearest) if place == 0 else _as_much(title, offer, draft)
        draft.say(frame, *numbers, kind="price")
    if (more := len(ids) - _TIED) > 0:
        draft.say(f"同价的还有 {more} 款。" if draft.language == "zh" else f"{more} more cost the same.")


def _forms(draft: Draft, product_id: str, wished: Filter) -> list[str] | list[None]:
    """The variants that pass; the product itself where it has none."""
    return draft.view.variants(product_id, wished) or [None]


def _first(title: str, offer: LiveOffer, draft: Draft, *, dearest: bool) -> str:
    cost, state = phrases.cost(offer, draft.language), phrases.availability_of(offer, draft.language)
    if draft.language == "zh":
        return f"以 {offer.price.currency} 计价的最{'贵' if dearest else '便宜'}的是{title}，{cost}，{state}。"
    word = "dearest" if dearest else "cheapest"
    return f"The {word} priced in {offer.price.currency} is {title}, at {cost}, {state}."


def _as_much(title: str, offer: LiveOffer, draft: Draft) -> str:
    cost, state = phrases.cost(offer, draft.language), phrases.availability_of(offer, draft.language)
    return f"{title}也是 {cost}，{state}。" if draft.language == "zh" else f"{title} is {cost} too, {state}."


def _say_values(draft: Draft, values: list[str], count: int, zh: str, en: str) -> None:
    listed = values[:_LISTED]
    if draft.language == "zh":
        more = "等" if count > len(listed) else ""
        draft.say(f"一共 {count} 个{zh}：{'、'.join(listed)}{more}。")
    else:
        more = f" and {count - len(listed)} more" if count > len(listed) else ""
        draft.say(f"There {_are(count, en)}: {', '.join(listed)}{more}.")


def _are(count: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"is 1 {noun}" if count == 1 else f"are {count} {plural}"
