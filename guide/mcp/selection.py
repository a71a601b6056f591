"""Which forms of a product fit the options chosen so far, and what can still be chosen."""

from collections.abc import Sequence

from catalog import lexicon
from catalog.model import Product
from catalog.model import Variant as Form
from guide.mcp import shapes
from guide.mcp.products import Shelf
from guide.mcp.requests import Option
from index.api import LiveOffer, View


def effective(product: Product, selected: list[Option], preferences: list[str]) -> list[Option]:
    """The selection after giving up, least preferred first, what leads to no form."""
    wanted = [lexicon.key(name) for name in preferences]
    rank = {key: place for place, key in enumerate(wanted)}
    kept = sorted(selected, key=lambda option: rank.get(lexicon.key(option.name), len(rank)))
    while kept and not matching(product, kept):
        kept.pop()
    return [option for option in selected if option in kept]


def matching(product: Product, selected: Sequence[Option | shapes.SelectedOption]) -> list[Form]:
    """The forms that have every selected value."""
    return [form for form in product.variants if all(_has(form, option) for option in selected)]


def of(shelf: Shelf, product: Product, form: Form, chosen: list[Option]) -> list[shapes.SelectedOption]:
    """What is selected with this form: the chosen options in the shop's words, all of them when none was chosen."""
    keys = {lexicon.key(option.name) for option in chosen}
    return [option for option in shelf.selected(product, form) if not keys or lexicon.key(option.name) in keys]


def offered(shelf: Shelf, product: Product, selected: list[shapes.SelectedOption]) -> list[shapes.ProductOption]:
    """The product's options; each value with whether it exists, and can be had, beside the other selected ones."""
    return [
        shapes.ProductOption(option.name, [_signal(shelf, product, selected, option.name, v) for v in option.values])
        for option in shelf.options(product)
    ]


def _signal(
    shelf: Shelf, product: Product, selected: list[shapes.SelectedOption], name: str, value: shapes.OptionValue
) -> shapes.OptionValue:
    others = [option for option in selected if option.name != name]
    forms = matching(product, [*others, shapes.SelectedOption(name, value.label)])
    can_be_had = any(_available(shelf.view, product, form) for form in forms)
    return shapes.OptionValue(value.label, available=can_be_had, exists=bool(forms))


def _available(view: View, product: Product, form: Form) -> bool:
    offer: LiveOffer | None = view.offer(product.id, form.id)
    return offer is not None and offer.available


def _has(form: Form, option: Option | shapes.SelectedOption) -> bool:
    """Names and values in either language are the same thing."""
    key, value = lexicon.key(option.name), lexicon.value(option.label)
    return any(lexicon.key(name) == key and _same(str(own), value) for name, own in form.options.items())


def _same(own: str, value: str) -> bool:
    return _squeezed(lexicon.value(own)) == _squeezed(value)


def _squeezed(value: str) -> str:
    """128 GB is 128GB."""
    return lexicon.fold(value).replace(" ", "")
