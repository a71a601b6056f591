"""Whether a shown product satisfies a case's filter, by its record.

A positive condition on an unknown value fails; a `not_` condition fails only on a known violation. A card without a
variant passes if any one form of the product passes all conditions at once.
"""

import datetime as dt
from collections.abc import Sequence

from catalog.model import AttributeValue, as_measure
from catalog.money import to_minor
from eval.answer import Card
from eval.cases import AttributeFilter, Bounds, Filter
from eval.products import Sellable, sellables, value_text
from eval.text.fold import fold, key
from eval.text.quantities import of_measure, of_value
from eval.truth import Truth
from eval.worth import prices_now


def violators(truth: Truth, cards: Sequence[Card], wanted: Filter, now: dt.datetime) -> list[Card]:
    """The cards that do not satisfy the filter."""
    return [card for card in cards if not satisfies(truth, card.id, card.variant_id, wanted, now)]


def satisfies(truth: Truth, product_id: str, variant_id: str | None, wanted: Filter, now: dt.datetime) -> bool:
    """Whether the card's variant, or some form of its product, satisfies the filter; an unknown product does not."""
    named = truth.sellable(product_id, variant_id)
    if named is None:
        return False
    forms = [named] if named.variant else sellables(named.product)
    return any(_form_satisfies(truth, form, wanted, now) for form in forms)


def _form_satisfies(truth: Truth, form: Sellable, wanted: Filter, now: dt.datetime) -> bool:
    product = form.product
    brand = {key(product.brand)} if product.brand else set()
    if wanted.ids and product.id not in wanted.ids:
        return False
    if wanted.brand and not brand & {key(name) for name in wanted.brand}:
        return False
    if brand & {key(name) for name in wanted.not_brand}:
        return False
    if wanted.category and not _categories(form) & {key(name) for name in wanted.category}:
        return False
    if wanted.rating_min is not None and (product.rating is None or product.rating.value < wanted.rating_min):
        return False
    if wanted.in_stock is not None and wanted.in_stock != _in_stock(form):
        return False
    return (
        _price_fits(truth, form, wanted, now)
        and _attributes_fit(form, wanted.attributes)
        and not any(_attributes_fit(form, {name: value}) for name, value in wanted.not_attributes.items())
    )


def _price_fits(truth: Truth, form: Sellable, wanted: Filter, now: dt.datetime) -> bool:
    bounds = wanted.price
    if bounds is None:
        return True
    minor = [
        to_minor(amount.value, amount.currency)
        for amount in prices_now(truth, form, now)
        if amount.currency == bounds.currency
    ]
    low, high = bounds.min or 0, bounds.max
    return any(low <= amount and (high is None or amount <= high) for amount in minor)


def _attributes_fit(form: Sellable, wanted: AttributeFilter) -> bool:
    held = form.attributes
    return all(
        (value := held.get(key(name))) is not None and _value_fits(value, condition)
        for name, condition in wanted.items()
    )


def _value_fits(value: AttributeValue, condition: list[str | bool | int | float] | Bounds) -> bool:
    if isinstance(condition, Bounds):
        return any(_within(value, condition, quantity.given, quantity.value) for quantity in of_value(value))
    held = {key(part) for part in (value if isinstance(value, list) else [value_text(value)])}
    measure = as_measure(value)
    if measure is not None:
        held.add(key(f"{measure.value:g}"))
    return bool(held & {key(value_text(wanted)) for wanted in condition})


def _within(value: AttributeValue, bounds: Bounds, given: float, canonical: float) -> bool:
    """Compare in canonical units when the bounds name one, else in the record's own unit."""
    held = canonical if bounds.unit else given
    low = of_measure(bounds.min, bounds.unit or "").value if bounds.min is not None else -float("inf")
    high = of_measure(bounds.max, bounds.unit or "").value if bounds.max is not None else float("inf")
    slack = 1e-9 * max(1.0, abs(held))
    return low - slack <= held <= high + slack


def _categories(form: Sellable) -> set[str]:
    return {key(part) for category in form.product.categories for part in [category, *fold(category).split(">")]}


def _in_stock(form: Sellable) -> bool:
    return form.offer is not None and form.offer.availability == "in_stock"
