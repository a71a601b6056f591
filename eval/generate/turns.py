"""Follow-ups: what was shown before is part of the question."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from catalog.model import Product
from eval.cases import Case, Filter, Turn
from eval.generate.amounts import written
from eval.generate.facts import Fact, of_product
from eval.generate.gold import case
from eval.generate.names import called
from eval.generate.shop import Kind, Shop
from eval.generate.wishes import bounds, wish, worded
from eval.generate.wordings import Language, asked, in_turn, ways

_SHOWN = 3
"""Products in the turn before, at most: as many as there are words for places."""


def follow_ups(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """By place, on a product's page, about the product just spoken of, with another budget; in turn."""
    makers = (_by_place, _on_page, _just_named, _new_budget, _cheapest_shown)
    yield from in_turn(maker(shop, language, random) for maker in makers)


def _by_place(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """An attribute or the price of the first, second or third that was shown."""
    plans = []
    for kind in shop.kinds(language):
        shown = _shown(shop, kind, language, random)
        if len(shown) > 1:
            plans += [(kind, shown, at, fact) for at in range(len(shown)) for fact in _told(shop, shown[at], language)]
    places = ways(language, "places")
    for (kind, shown, at, fact), frame in asked(random, plans, ways(language, "of_place")):
        thing = ways(language, "price_word")[0] if fact.intent == "price" else fact.words["label"]
        yield case(
            "by_place", fact.group, frame.format(place=places[at], thing=thing),
            history=_history(shop, kind, shown, language), relevant={shown[at].id: 1.0}, must=fact.must,
        )  # fmt: skip


def _on_page(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """A fact of the product whose page is open."""
    facts = [fact for product in shop.speaking(language) for fact in of_product(shop, product, language)]
    facts = [fact for fact in facts if fact.intent in {"attribute", "price", "stock"}]
    for fact, this in asked(random, facts, ways(language, "this")):
        frame = random.choice(ways(language, fact.frames))
        question = frame.format(product=this, **fact.words)
        relevant = {fact.product.id: 1.0}
        yield case("on_page", fact.group, question, product_ids=[fact.product.id], relevant=relevant, must=fact.must)


def _just_named(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Something else about the product the last answer was about."""
    plans = []
    for product in shop.speaking(language):
        told = _told(shop, product, language)
        plans += list(pairwise(told))
    for (first, second), frame in asked(random, plans, ways(language, "and_its")):
        name = shop.name(second.product, language)
        frames, things = ways(language, first.frames), ways(language, "price_word")
        answer = ways(language, "told")[0].format(product=name, value=_value(first))
        history = [
            Turn(role="user", content=frames[0].format(product=called(name, language), **first.words)),
            Turn(role="assistant", content=answer, product_ids=[second.product.id]),
        ]
        thing = things[0] if second.intent == "price" else second.words["label"]
        relevant = {second.product.id: 1.0}
        yield case(
            "and_its", second.group, frame.format(thing=thing), history=history, relevant=relevant, must=second.must
        )


def _new_budget(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """The kind that was shown, within an amount."""
    plans = [
        (kind, bound)
        for kind in shop.kinds(language)
        if _named(shop, kind, language)
        for bound in bounds(shop, kind.products)
    ]
    for (kind, bound), frame in asked(random, plans, ways(language, "then_budget")):
        question = frame.format(wish=worded(shop, bound, language, random))
        wanted = Filter(category=[kind.category], price=bound.filter)
        made = wish(shop, "new_budget", kind, question, wanted, bound)
        if made:
            made.history = _history(shop, kind, _shown(shop, kind, language, random), language)
            yield made


def _cheapest_shown(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """The cheapest of those that were shown."""
    plans = []
    for kind in shop.kinds(language):
        shown = [product for product in _shown(shop, kind, language, random) if shop.priced(product)]
        prices = [price for product in shown if (price := shop.priced(product))]
        if len(prices) > 1 and len({price.currency for price in prices}) == 1 and prices.count(min(prices)) == 1:
            plans.append((kind, shown, shown[prices.index(min(prices))], min(prices)))
    for (kind, shown, cheapest, price), frame in asked(random, plans, ways(language, "cheapest_shown")):
        yield case(
            "cheapest_shown", f"{cheapest.id}/cheapest_shown", frame, history=_history(shop, kind, shown, language),
            relevant={cheapest.id: 1.0}, must=[written(price), shop.any_name(cheapest)],
        )  # fmt: skip


def _told(shop: Shop, product: Product, language: Language) -> list[Fact]:
    """The facts with one value each: attributes, and the price."""
    found = of_product(shop, product, language)
    return [fact for fact in found if fact.intent in {"attribute", "price"} and len(fact.must) == 1]


def _shown(shop: Shop, kind: Kind, language: Language, random: Random) -> list[Product]:
    named = _named(shop, kind, language)
    return random.sample(named, min(len(named), _SHOWN))


def _named(shop: Shop, kind: Kind, language: Language) -> list[Product]:
    """Those of the kind that have a clear name."""
    speaking = {product.id for product in shop.speaking(language)}
    return [product for product in kind.products if product.id in speaking]


def _history(shop: Shop, kind: Kind, shown: list[Product], language: Language) -> list[Turn]:
    listed = "；".join if language == "zh" else "; ".join
    return [
        Turn(role="user", content=ways(language, "show_me")[0].format(kind=kind.name)),
        Turn(
            role="assistant",
            content=ways(language, "shown")[0].format(titles=listed(shop.names(p, language)[-1] for p in shown)),
            product_ids=[product.id for product in shown],
        ),
    ]


def _value(fact: Fact) -> str:
    entry = fact.must[0]
    return entry if isinstance(entry, str) else entry[0]
