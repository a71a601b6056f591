"""Facts of the whole shop: how many, the cheapest, the dearest, which brands."""

from collections.abc import Iterator
from random import Random

from catalog.model import Product
from eval.cases import Case, Filter
from eval.generate.amounts import counted, written
from eval.generate.gold import case
from eval.generate.names import brand_in, half_in
from eval.generate.shop import Kind, Shop
from eval.generate.wishes import bounds, worded
from eval.generate.wordings import LANGUAGES, Language, asked, in_turn, ways
from eval.products import sellables
from eval.worth import Amount

_FEW = 4
"""More brands than this nobody lists in one answer."""


def shop_facts(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Counts, ends of the price range and brands, in turn."""
    makers = (_counts, _counts_within, _brand_counts, _ends, _brand_lists)
    yield from in_turn(maker(shop, language, random) for maker in makers)


def _counts(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """How many of each kind."""
    for kind, frame in asked(random, shop.kinds(language), ways(language, "count")):
        wanted = Filter(category=[kind.category])
        must = _count_said(len(kind.products), kind.name, language)
        group = f"{kind.category}/count"
        yield case("count", group, frame.format(kind=kind.name), constraints=wanted, must=[must], outcome="answered")


def _counts_within(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """How many of each kind within a budget, where no sale makes it doubtful."""
    plans = [(kind, bound) for kind in shop.kinds(language) for bound in bounds(shop, kind.products)]
    for (kind, bound), frame in asked(random, plans, ways(language, "count_within")):
        fitting = [
            {bound.holds(amount) for form in sellables(product) for amount in shop.costs(form)}
            for product in kind.products
        ]
        count = sum(True in found for found in fitting)
        if not count or any(len(found) == 2 for found in fitting):
            continue
        question = frame.format(kind=kind.name, wish=worded(shop, bound, language, random))
        wanted = Filter(category=[kind.category], price=bound.filter)
        must, group = _count_said(count, kind.name, language), f"{kind.category}/count"
        yield case("count_within", group, question, constraints=wanted, must=[must], outcome="answered")


def _brand_counts(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """How many products of a brand."""
    by_brand: dict[str, list[Product]] = {}
    for product in shop.products:
        if product.brand:
            by_brand.setdefault(product.brand, []).append(product)
    names = {brand: brand_in(brand, language) for brand in by_brand}
    clear = [brand for brand in by_brand if not any(names[brand] in other for other in by_brand if other != brand)]
    for brand, frame in asked(random, clear, ways(language, "brand_count")):
        must = _count_said(len(by_brand[brand]), names[brand], language)
        question = frame.format(brand=names[brand])
        yield case(
            "brand_count",
            f"{brand}/count",
            question,
            constraints=Filter(brand=[brand]),
            must=[must],
            outcome="answered",
        )


def _ends(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """The cheapest and the dearest of each kind, where it is the same whether sold out or not."""
    plans = [
        (kind, end, amount, ids)
        for kind in shop.kinds(language)
        if len(kind.products) > 1
        for end in ("cheapest", "dearest")
        for amount, ids in _end(shop, kind, dearest=end == "dearest")
    ]
    for end in ("cheapest", "dearest"):
        own = [plan for plan in plans if plan[1] == end]
        for (kind, _, amount, ids), frame in asked(random, own, ways(language, end)):
            named = [name for id_ in ids for name in shop.any_name(shop.truth.records[id_])]  # type: ignore[arg-type]
            relevant = dict.fromkeys(ids, 1.0)
            must: list[str | list[str]] = [written(amount), named]
            yield case(end, f"{kind.category}/{end}", frame.format(kind=kind.name), relevant=relevant, must=must)


def _end(shop: Shop, kind: Kind, *, dearest: bool) -> Iterator[tuple[Amount, list[str]]]:
    """The price at the end and the products that have it; nothing where currencies, sales or stock leave a doubt."""
    forms = [form for product in kind.products for form in sellables(product)]
    if not forms or any(len(shop.costs(form)) != 1 for form in forms):
        return
    costs = [(next(iter(shop.costs(form))), form) for form in forms]
    if len({amount.currency for amount, _ in costs}) != 1:
        return
    best = max if dearest else min
    amount = best(amount for amount, _ in costs)
    at_end = [form for cost, form in costs if cost == amount]
    if any(form.offer and form.offer.availability == "in_stock" for form in at_end):
        yield amount, sorted({form.product.id for form in at_end})


def _brand_lists(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Which brands make a kind, if they are few."""
    plans = []
    for kind in shop.kinds(language):
        brands = sorted({product.brand for product in kind.products if product.brand})
        if 1 < len(brands) <= _FEW and all(product.brand for product in kind.products):
            plans.append((kind, brands))
    for (kind, brands), frame in asked(random, plans, ways(language, "brands_of")):
        must = [_spellings(brand) for brand in brands]
        relevant = dict.fromkeys(sorted(product.id for product in kind.products), 1.0)
        question = frame.format(kind=kind.name)
        yield case("brands", f"{kind.category}/brands", question, relevant=relevant, must=must)


def _spellings(brand: str) -> list[str]:
    """The brand as it is written, and each half of a name in two scripts."""
    return list(dict.fromkeys([brand, *(half for language in LANGUAGES if (half := half_in(brand, language)))]))


def _count_said(count: int, name: str, language: Language) -> list[str]:
    """A count beside a word that makes it one: 5 款, "five phones"."""
    frames = ways(language, "counted")
    return [frame.format(n=n, name=name) for n in counted(count, language) for frame in frames]
