"""The sample shop of the cases, from its catalog records: prices are the records' own, without running sales."""

from pathlib import Path

import catalog.sample
from catalog.model import Faq, Policy, Product, decode
from catalog.money import Money, to_minor
from guide.understand import Shop


class Sample:
    """The look-up tables of the sample shop, and what each of its products costs."""

    def __init__(self) -> None:
        files = sorted(Path(catalog.sample.__file__).parent.glob("*.jsonl"))
        records = [decode(line) for file in files for line in file.read_text("utf-8").splitlines()]
        products = [record for record in records if isinstance(record, Product)]
        self.shop = Shop.build(products, [record for record in records if isinstance(record, Faq | Policy)])
        self._prices = {product.id: _price(product) for product in products}

    def price(self, product_id: str) -> Money | None:
        """What a product costs, its cheapest variant if it has several; None for an unknown one."""
        return self._prices.get(product_id)


def _price(product: Product) -> Money | None:
    offers = [product.offer, *(variant.offer for variant in product.variants)]
    prices = [Money(to_minor(offer.price, offer.currency), offer.currency) for offer in offers if offer is not None]
    return min(prices, key=lambda price: price.amount, default=None)
