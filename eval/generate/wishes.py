"""Wishes: a kind of goods within a budget, of a brand or of any other."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import NamedTuple

from catalog.model import Product
from catalog.money import to_minor
from eval.cases import Case, Filter, PriceBounds
from eval.generate.amounts import spoken
from eval.generate.gold import UNMET, case
from eval.generate.names import brand_in
from eval.generate.shop import Kind, Shop
from eval.generate.wordings import Language, asked, ways
from eval.products import Sellable, sellables
from eval.worth import Amount

_STEPS = ((50, 5), (200, 10), (1000, 50), (5000, 100), (10**12, 500))
"""Below so much, shoppers' amounts are multiples of so much."""


class Bound(NamedTuple):
    """What is wished for: at least `low`, at most `high`, whole amounts of one currency."""

    currency: str
    low: int | None
    high: int | None

    @property
    def way(self) -> str:
        """Which wordings say it."""
        return "between" if self.low and self.high else "below" if self.high else "above"

    @property
    def filter(self) -> PriceBounds:
        """As a filter, in minor units."""
        ends = {"min": self.low, "max": self.high}
        minor = {name: to_minor(Decimal(end), self.currency) for name, end in ends.items() if end is not None}
        return PriceBounds(currency=self.currency, **minor)

    def holds(self, amount: Amount) -> bool:
        """Whether an amount is within it."""
        return (
            amount.currency == self.currency
            and (self.low is None or amount.value >= self.low)
            and (self.high is None or amount.value <= self.high)
        )


def budgets(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Each kind within amounts near its prices: some that products meet, some that none does."""
    plans = [(kind, bound) for kind in shop.kinds(language) for bound in bounds(shop, kind.products)]
    frames = [*ways(language, "wish")]
    for (kind, bound), frame in asked(random, plans, frames):
        question = frame.format(kind=kind.name, wish=worded(shop, bound, language, random))
        wanted = Filter(category=[kind.category], price=bound.filter)
        made = wish(shop, "budget", kind, question, wanted, bound)
        if made:
            yield made


def brands(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """Each kind without one of its brands, or of that brand only."""
    plans = [
        (kind, brand, refused)
        for kind in shop.kinds(language)
        for brand in sorted({product.brand for product in kind.products if product.brand})
        for refused in (True, False)
    ]
    for (kind, brand, refused), frame in asked(random, plans, ways(language, "wish")):
        way = random.choice(ways(language, "brand_out" if refused else "brand_in"))
        question = frame.format(kind=kind.name, wish=way.format(brand=brand_in(brand, language)))
        wanted = Filter(category=[kind.category])
        wanted.not_brand, wanted.brand = ([brand], []) if refused else ([], [brand])
        made = wish(shop, "brand_refused" if refused else "brand_wanted", kind, question, wanted, None)
        if made:
            yield made


def bounds(shop: Shop, products: tuple[Product, ...]) -> list[Bound]:
    """Round amounts around the products' prices, none equal to a price."""
    amounts = sorted({amount for product in products for form in sellables(product) for amount in shop.costs(form)})
    found = []
    for currency in sorted({amount.currency for amount in amounts}):
        prices = [amount.value for amount in amounts if amount.currency == currency]
        ends = sorted({near(price * share) for price in prices for share in (Decimal("0.8"), Decimal("1.15"))})
        ends = [end for end in ends if end not in prices]
        found += [Bound(currency, None, end) for end in ends] + [Bound(currency, end, None) for end in ends]
        found += [Bound(currency, low, high) for low in ends for high in ends if low * 1.2 < high <= low * 3]
    return found


def near(value: Decimal) -> int:
    """An amount as shoppers round it."""
    step = next(step for most, step in _STEPS if value < most)
    return max(step, int(value / step + Decimal("0.5")) * step)


def worded(shop: Shop, bound: Bound, language: Language, random: Random) -> str:
    """The bound as somebody says it; both ends alike."""
    ends = [end for end in (bound.low, bound.high) if end is not None]
    forms = [spoken(end, bound.currency, language, usual=shop.currency) for end in ends]
    at = random.randrange(min(map(len, forms)))
    frame = random.choice(ways(language, bound.way))
    said = dict(zip(("a", "b") if len(forms) == 2 else ("n",), (own[at] for own in forms), strict=True))
    return frame.format(**said)


def wish(shop: Shop, intent: str, kind: Kind, question: str, wanted: Filter, bound: Bound | None) -> Case | None:
    """The case of a wish; None where only what is sold out or differs by sale would meet it."""
    group = f"{kind.category}/{intent}"
    meeting = [form for product in kind.products for form in sellables(product) if _meets(shop, form, wanted, bound)]
    if not meeting:
        # The nearest that is shown may miss the budget or the brand, never be of another kind or of a refused brand.
        nearest = Filter(category=wanted.category, not_brand=wanted.not_brand)
        return case(intent, group, question, constraints=nearest, outcome=UNMET)
    if not any(_at_hand(form) and (bound is None or all(map(bound.holds, shop.costs(form)))) for form in meeting):
        return None
    relevant = dict.fromkeys(sorted({form.product.id for form in meeting}), 1.0)
    return case(intent, group, question, constraints=wanted, relevant=relevant, outcome="answered")


def _meets(shop: Shop, form: Sellable, wanted: Filter, bound: Bound | None) -> bool:
    brand = form.product.brand
    return (
        (not wanted.brand or brand in wanted.brand)
        and (brand not in wanted.not_brand)
        and (bound is None or any(map(bound.holds, shop.costs(form))))
    )


def _at_hand(form: Sellable) -> bool:
    return form.offer is not None and form.offer.availability == "in_stock"
