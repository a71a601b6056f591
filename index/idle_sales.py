"""Flash sales that a build finds without effect on a product they name."""

from collections.abc import Iterator, Sequence

from catalog.issues import Issue
from catalog.model import Product, Promotion, Record
from catalog.sales import idle, prices


def idle_sales(records: Sequence[Record]) -> list[Issue]:
    """One issue for each flash sale and product that it names in vain; the line is not known any more."""
    sales = [record for record in records if isinstance(record, Promotion) and record.kind == "flash_sale"]
    named = {id_ for sale in sales for id_ in sale.product_ids}
    products = {record.id: record for record in records if isinstance(record, Product)}
    owners = {form.id: owner.id for owner in products.values() for form in owner.variants if form.id in named}
    return [issue for sale in sales for issue in _issues(sale, products, owners)]


def _issues(sale: Promotion, products: dict[str, Product], owners: dict[str, str]) -> Iterator[Issue]:
    for id_ in sale.product_ids:
        product = products.get(id_)
        if product is not None:
            why = idle(sale, prices(product))
        elif id_ in owners:
            why = f"{id_!r} is a variant: name its product {owners[id_]!r}"
        else:
            why = f"the shop has no product {id_!r}"
        if why:
            yield Issue(
                code="idle_sale", file=sale.source, line=0, field="product_ids", value=id_,
                message=f"{sale.id!r} changes no price of {id_!r}: {why}",
            )  # fmt: skip
