"""The generated questions, each with what the records say a right answer is."""

from collections.abc import Callable, Sequence
from random import Random

import msgspec

from bench.shopper import words
from bench.shopper.forms import Form, Want, ids
from bench.shopper.words import Language
from catalog.model import Product, Record
from catalog.money import to_minor
from eval.cases import Turn

ANSWERED = ("answered",)
NONE_FITS = ("nearest_match", "no_match")
AROUND, SURELY = 0.2, 0.1
""""Around 200" forbids what lies further off than the first share; what lies within the second must be found."""


class Asked(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A question, and what is known of its answer."""

    id: str = ""
    shape: str
    language: Language
    question: str
    history: list[Turn] = []
    want: Want = Want()
    """What each card must satisfy."""
    outcomes: tuple[str, ...] = ANSWERED
    count: int | None = None
    extremes: dict[str, tuple[int, list[str]]] | None = None
    """By currency the price at the end, in minor units, and the products that have it."""
    product: str | None = None
    """The only product the answer may be about."""
    available: bool | None = None
    """Whether that product can be had, where this was asked."""


class Shop:
    """The records as the generator needs them; every draw comes from one seeded source."""

    def __init__(self, records: Sequence[Record], sold: list[Form], seed: int) -> None:
        self.products = {record.id: record for record in records if isinstance(record, Product)}
        self.sold = sold
        self.random = Random(seed)
        listed = list(self.products.values())
        self.names = {language: words.short_names(listed, language) for language in ("zh", "en")}
        self._kinds = [kind for kind in words.kinds() if any(form.kind == kind for form in sold)]

    def kind(self) -> str:
        """A category, the larger ones more often."""
        weights = [len(self.of_kind(kind)) for kind in self._kinds]
        return self.random.choices(self._kinds, weights)[0]

    def of_kind(self, kind: str) -> list[str]:
        """Its products."""
        return ids(Want(kind=kind), self.sold)

    def brands(self, kind: str) -> list[str]:
        """The brands that sell it."""
        found = {form.product.brand for form in self.sold if form.kind == kind and form.product.brand}
        return sorted(brand for brand in found if brand)

    def named(self, kind: str, language: Language) -> tuple[str, str]:
        """One of it and several of it; the same in Chinese."""
        name = self.random.choice(words.kinds()[kind][language])
        one, _, several = name.partition("|")
        return one, several or one

    def say(self, language: Language, name: str) -> str:
        """One of the wordings."""
        return self.random.choice(words.wordings(language, name))

    def bound(self, kind: str) -> tuple[int, str]:
        """A round amount near a price of this kind, in whole units, that no price of it equals; and its currency."""
        prices = [form.price for form in self.sold if form.price and (not kind or form.kind == kind)]
        price = self.random.choice(prices)
        exact = {p.amount for p in prices}
        value = rounded(price.amount / to_minor("1", price.currency) * self.random.uniform(0.6, 1.6))
        while to_minor(str(value), price.currency) in exact:
            value += 5
        return value, price.currency


def rounded(value: float) -> int:
    """An amount as shoppers round it."""
    step = next(step for most, step in _STEPS if value < most)
    return max(step, round(value / step) * step)


_STEPS = ((50, 5), (200, 10), (1000, 50), (5000, 100), (float("inf"), 500))
"""Below so much, shoppers' amounts are multiples of so much."""


def expected(want: Want, sold: list[Form], surely: Want | None = None) -> tuple[str, ...]:
    """The right outcomes: a product that fits must be found; where `surely` (narrower) finds none, both will do."""
    if not ids(want, sold):
        return NONE_FITS
    return ANSWERED if ids(surely or want, sold) else (*ANSWERED, *NONE_FITS)


def draw(makers: Sequence[tuple[Callable[[Shop, Language], Asked | None], int]], shop: Shop, total: int) -> list[Asked]:
    """`total` different questions, half of them Chinese; makers are drawn by their weight."""
    found: dict[str, Asked] = {}
    choices, weights = zip(*makers, strict=True)
    while len(found) < total:
        language: Language = "zh" if len(found) % 2 == 0 else "en"
        made = shop.random.choices(choices, weights)[0](shop, language)
        if made is not None:
            mark = made.question + "".join(id_ for turn in made.history for id_ in turn.product_ids)
            made.id = f"{made.shape}-{language}-{len(found):04}"
            found.setdefault(mark, made)
    return list(found.values())
