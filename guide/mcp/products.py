"""A product of the shop in the protocol's shape, in one language, at the price of the moment."""

from urllib.parse import urljoin

from catalog import lexicon
from catalog.language import detect
from catalog.model import Product
from catalog.model import Variant as Form
from guide.evidence import localised, spoken
from guide.listing import spoken as spoken_in
from guide.mcp import shapes
from guide.model import Language
from index.api import LiveOffer, View


class Shelf:
    """Products of one view in one language; `base` is the address that relative links are against."""

    def __init__(self, view: View, base: str, language: Language | None) -> None:
        self.view = view
        self._base = base
        self._language = language

    def language(self, product: Product) -> Language:
        """The asked language, else the record's own."""
        return self._language or spoken_in(product.language or detect(product.title)) or "en"

    def product(
        self, product: Product, variants: list[shapes.Variant], options: list[shapes.ProductOption]
    ) -> shapes.Product:
        """The product with these of its variants."""
        return shapes.Product(
            id=product.id,
            title=localised(product, self.language(product)),
            description=shapes.Description(self._description(product)),
            url=self._address(product.url),
            brand=product.brand,
            categories=[shapes.Category(name) for name in product.categories],
            price_range=self._price_range(product),
            media=[
                shapes.Media("image", self._address(image) or image, localised(product, self.language(product)))
                for image in product.images
            ],
            options=options,
            variants=variants,
            rating=shapes.Rating(value=product.rating.value, count=product.rating.count) if product.rating else None,
            tags=product.tags,
        )

    def variant(
        self, product: Product, variant_id: str | None, inputs: list[shapes.Correlation] | None = None
    ) -> shapes.Variant:
        """One of its forms; without an id, or without any form, the product itself at its cheapest."""
        form = next((form for form in product.variants if form.id == variant_id), None)
        options = self.selected(product, form) if form else []
        title = " / ".join(option.label for option in options) or localised(product, self.language(product))
        offer = self.view.offer(product.id, form.id if form else None)
        return shapes.Variant(
            id=form.id if form else product.id,
            title=title,
            description=shapes.Description(title),
            price=offer.price if offer else None,
            list_price=(offer.list_price or offer.usual_price) if offer else None,
            availability=availability(offer) if offer else None,
            options=options,
            inputs=inputs or [],
        )

    def options(self, product: Product) -> list[shapes.ProductOption]:
        """Every option with its values, in the order of the record."""
        found: dict[str, dict[str, None]] = {}
        for form in product.variants:
            for option in self.selected(product, form):
                found.setdefault(option.name, {})[option.label] = None
        return [
            shapes.ProductOption(name, [shapes.OptionValue(label) for label in labels])
            for name, labels in found.items()
        ]

    def selected(self, product: Product, form: Form) -> list[shapes.SelectedOption]:
        """The option values of a form."""
        language = self.language(product)
        return [
            shapes.SelectedOption(_option(name, language), spoken(value, language))
            for name, value in form.options.items()
        ]

    def metadata(self, product: Product) -> shapes.Metadata:
        """Attributes and bullets, in the language where the record has it."""
        language = self.language(product)
        local = product.translations.get(language)
        stated = (local.attributes if local else None) or product.attributes
        attributes = [shapes.Attribute(name, spoken(value, language)) for name, value in stated.items()]
        return shapes.Metadata(attributes, (local.bullets if local else None) or product.bullets)

    def _description(self, product: Product) -> str:
        local = product.translations.get(self.language(product))
        return (local.description if local else None) or product.description or ""

    def _address(self, url: str | None) -> str | None:
        return urljoin(self._base, url) if url else None

    def _price_range(self, product: Product) -> shapes.PriceRange | None:
        """Over the variants that are priced in the currency of the cheapest; amounts are never converted."""
        first = self.view.offer(product.id)
        if first is None:
            return None
        offers = [self.view.offer(product.id, form.id) for form in product.variants]
        prices = [offer.price for offer in [first, *offers] if offer and offer.price.currency == first.price.currency]
        amounts = sorted(prices, key=lambda price: price.amount)
        return shapes.PriceRange(amounts[0], amounts[-1])


def _option(name: str, language: Language) -> str:
    """What the option is called in the language; a name that no lexicon knows stays as it is."""
    key = lexicon.key(name)
    return lexicon.label(key, language) if key != name else name


def availability(offer: LiveOffer) -> shapes.Availability:
    """Whether it can be had; a stock of zero is out of stock, whatever else is said."""
    gone = offer.availability == "in_stock" and offer.stock == 0
    status = "out_of_stock" if gone else offer.availability
    return shapes.Availability(available=status != "out_of_stock", status=status, quantity=offer.stock)
