"""Facts about the whole shop, from the columns: how many, cheapest, dearest, which brands, is it sold."""

from catalog.money import display
from guide.choose import find, phrases
from guide.choose.draft import Draft, product_of
from guide.evidence import localised
from guide.model import Decision, Question
from index.api import Facets, Filter, FilterError, PriceFacet

_LISTED = 20


def answer(question: Question, draft: Draft, scope: Filter) -> Decision:
    """The fact, counted over every product that passes."""
    if draft.understanding.fact == "categories" and draft.understanding.filter:
        return find.answer(question, draft, scope)  # 500 元以内的耳机有哪些 asks for products
    wished = find.merged(draft.understanding.filter, scope)
    try:
        facets = draft.view.facets(wished)
    except FilterError:
        facets = None
    if facets is None or facets.total == 0:
        if draft.understanding.fact == "count" and draft.understanding.filter:
            draft.say("0。" if draft.language == "zh" else "0.", kind="frame")
        draft.say(phrases.text("not_sold", draft.language), kind="notice")
        return draft.decide("no_match", "nothing_passes")
    match draft.understanding.fact:
        case "count":
            return _count(draft, facets)
        case "cheapest" | "dearest":
            return _extreme(draft, facets, dearest=draft.understanding.fact == "dearest")
        case "brands":
            return _values(draft, [facet.value for facet in facets.brands], "品牌", "brands")
        case "categories":
            return _values(draft, [facet.value for facet in facets.categories], "品类", "categories")
        case _:
            return find.answer(question, draft, scope)


def _count(draft: Draft, facets: Facets) -> Decision:
    if draft.language == "zh":
        draft.say(f"一共有 {facets.total} 款，其中 {facets.available} 款有货。")
    else:
        draft.say(f"There are {facets.total} products, {facets.available} of them in stock.")
    return draft.decide("answered")


def _extreme(draft: Draft, facets: Facets, *, dearest: bool) -> Decision:
    """One product a currency; the shop's main currency comes first."""
    for facet in facets.prices:
        _say_extreme(draft, facet, dearest=dearest)
    return draft.decide("answered")


def _say_extreme(draft: Draft, facet: PriceFacet, *, dearest: bool) -> None:
    product = product_of(draft.view, facet.dearest if dearest else facet.cheapest)
    money = facet.max if dearest else facet.min
    if product is None:
        return
    variants = [None, *(variant.id for variant in product.variants)]
    offers = [(variant, draft.view.offer(product.id, variant)) for variant in variants]
    variant, offer = next((row for row in offers if row[1] is not None and row[1].price == money), (None, None))
    if offer is None:
        return
    draft.show(product, variant)
    title = localised(product, draft.language)
    numbers = [draft.cite_title(product), draft.cite_offer(product, offer, variant)]
    if draft.language == "zh":
        draft.say(
            f"以 {money.currency} 计价的最{'贵' if dearest else '便宜'}的是{title}，{display(money)}。",
            *numbers,
            kind="price",
        )
    else:
        word = "dearest" if dearest else "cheapest"
        draft.say(f"The {word} priced in {money.currency} is {title}, at {display(money)}.", *numbers, kind="price")


def _values(draft: Draft, values: list[str], zh: str, en: str) -> Decision:
    listed = values[:_LISTED]
    if draft.language == "zh":
        more = f"等 {len(values)} 个" if len(values) > len(listed) else ""
        draft.say(f"{zh}有：{'、'.join(listed)}{more}。")
    else:
        more = f" and {len(values) - len(listed)} more" if len(values) > len(listed) else ""
        draft.say(f"The {en} are: {', '.join(listed)}{more}.")
    return draft.decide("answered")
