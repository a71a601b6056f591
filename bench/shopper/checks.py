"""What is wrong with an answer, by the records alone."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.shopper.forms import Form, Want
from bench.shopper.questions import Asked
from bench.shopper.words import titles
from catalog.model import Product
from catalog.money import Money, to_decimal
from eval.answer import Answer, Card
from eval.metrics import commerce
from eval.metrics.model import Judged
from eval.names import NameIndex, of_products
from eval.text.fold import without_marks
from eval.text.prices import prices
from eval.text.stock import states

_COMMERCE = {metric.name: metric for metric in commerce.METRICS}
_NONE_FITS = re.compile(
    r"没有完全符合|没有商品(?:同时满足|符合)|\bnothing (?:in the shop )?(?:fits|meets)", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")


class Found(NamedTuple):
    """How many things one check looked at, and what is wrong with those that failed."""

    looked: int
    wrong: list[str]


class Checker:
    """The checks over one shop."""

    def __init__(self, sold: Sequence[Form]) -> None:
        self._forms: dict[str, list[Form]] = {}
        for form in sold:
            self._forms.setdefault(form.product.id, []).append(form)
        self._names: NameIndex = of_products(forms[0].product for forms in self._forms.values())
        self.checks: dict[str, Callable[[Asked, Judged, Answer], Found]] = {
            "constraint_violations": self._constraints,
            "wrong_price": self._prices,
            "unknown_product": self._unknown,
            "card_text_disagreement": self._agreement,
            "nearest_not_admitted": self._admitted,
            "wrong_count": self._count,
            "wrong_extreme": self._extreme,
            "wrong_product": self._product,
            "wrong_outcome": self._outcome,
        }

    def all(self, asked: Asked, judged: Judged) -> dict[str, Found]:
        """Every check; an answer that never came is an error and nothing else."""
        if judged.answer is None:
            return {"error": Found(1, [judged.error or "no answer"])}
        return {name: check(asked, judged, judged.answer) for name, check in self.checks.items()}

    def _meant(self, card: Card) -> list[Form]:
        """The form on the card, or all of its product; [] for an unknown one."""
        own = self._forms.get(card.id, [])
        return [form for form in own if card.variant_id is None or form.variant_id == card.variant_id]

    def _constraints(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        """The nearest products may miss a budget, a stock or a brand that was wished for, never a refused brand."""
        want = asked.want
        if answer.outcome != "answered":
            want = Want(kind=want.kind, not_brand=want.not_brand)
        broken = [card for card in answer.products if not any(want.passes(form) for form in self._meant(card))]
        return Found(len(answer.products), [f"{card.id} {card.variant_id or ''} breaks {want}" for card in broken])

    def _prices(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        """Amounts in the text as the harness checks them; those on cards must be the very price of the moment."""
        sample = _COMMERCE["wrong_price"].sample(judged)
        wrong, said = (int(value) for value in sample.values) if sample.values else (0, 0)
        found = [f"{wrong} of {said} amounts"] if wrong else []
        for card in answer.products:
            shown = card.offer.price if card.offer else None
            if shown is not None and shown not in [form.price for form in self._meant(card)]:
                found.append(f"{card.id} {card.variant_id or ''} shows {shown}")
        return Found(said, found)

    def _unknown(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        """Ids, titles on cards and in citations; and a price in the text before any product was named."""
        found = [f"no such product: {card.id}" for card in answer.products if not self._meant(card)]
        found += [
            f"{card.id} is not called {card.title!r}"
            for card in answer.products
            if (meant := self._meant(card)) and card.title not in titles(meant[0].product).values()
        ]
        for cited in (citation for citation in answer.citations if citation.field == "title"):
            product = self._product_of(cited.record_id)
            if product is None or cited.quote not in titles(product).values():
                found.append(f"cites {cited.record_id} as {cited.quote!r}")
        found += self._nameless(answer)
        return Found(len(answer.products), found)

    def _nameless(self, answer: Answer) -> list[str]:
        named = False
        for claim in answer.claims:
            text = without_marks(answer.text[claim.start : claim.end])
            named = named or bool(self._names.find(text))
            if claim.kind in {"price", "advice"} and prices(text) and not named:
                return [f"a price of no known product: {text!r}"]
        return []

    def _product_of(self, record_id: str) -> Product | None:
        own = self._forms.get(record_id)
        return own[0].product if own else None

    def _agreement(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        sample = _COMMERCE["card_text_agreement"].sample(judged)
        if sample.state != "scored":
            return Found(0, [])
        return Found(1, [] if sample.values == (1.0,) else [f"cards {[card.id for card in answer.products]}"])

    def _admitted(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        if answer.outcome != "nearest_match":
            return Found(0, [])
        return Found(1, [] if _NONE_FITS.search(answer.text) else [answer.text[:80]])

    def _count(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        if asked.count is None:
            return Found(0, [])
        first = _NUMBER.search(without_marks(answer.text))
        said = int(first.group()) if first else None
        if answer.outcome in {"no_match", "nearest_match"}:
            said = 0
        return Found(1, [] if said == asked.count else [f"{said} for {asked.count}"])

    def _extreme(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        """In each currency that passes: only products at its end, one at least, and the amount said."""
        if asked.extremes is None:
            return Found(0, [])
        right = {id_ for _, ids in asked.extremes.values() for id_ in ids}
        shown = {card.id for card in answer.products}
        said = {price.amount for price in prices(without_marks(answer.text))}
        found = [f"shows {sorted(shown - right)}, not {sorted(right)}"] if shown - right else []
        for currency, (minor, ids) in asked.extremes.items():
            if not shown & set(ids) or to_decimal(Money(minor, currency)) not in said:
                found.append(f"lacks {ids} at {minor} {currency}")
        return Found(1, found)

    def _product(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        """The product asked about and no other; its price in the text, or whether it is there."""
        if asked.product is None:
            return Found(0, [])
        shown = [card.id for card in answer.products]
        if shown != [asked.product]:
            return Found(1, [f"shows {shown}, not {asked.product}"])
        text = without_marks(answer.text)
        if asked.available is not None:
            said = states(text)
            right = bool(said) and any("in_stock" in state.allowed for state in said) == asked.available
            return Found(1, [] if right else [f"available is {asked.available}: {text[:80]!r}"])
        said_prices = {price.amount for price in prices(text)}
        own = {to_decimal(form.price) for form in self._forms[asked.product] if form.price}
        return Found(1, [] if own & said_prices else [f"none of {sorted(own)} is said"])

    def _outcome(self, asked: Asked, judged: Judged, answer: Answer) -> Found:
        right = answer.outcome in asked.outcomes and bool(answer.products) >= (
            answer.outcome == "answered" and asked.count is None
        )
        return Found(1, [] if right else [f"{answer.outcome} with {len(answer.products)} cards, not {asked.outcomes}"])
