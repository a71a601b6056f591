"""POST /v1/compare: products side by side, each value with its evidence."""

from typing import Annotated

import anyio.to_thread
import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from catalog.language import detect
from catalog.model import Product
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.choose import table
from guide.choose.draft import Draft, product_of
from guide.listing import spoken
from guide.model import Understanding
from guide.problems import Problem
from guide.shop import Shop
from guide.wire.shapes import Comparison, card, citation
from index.api import View

_MOST_ROWS = 60


class CompareRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which products, and in what."""

    product_ids: Annotated[list[str], msgspec.Meta(min_length=2, max_length=table.MOST_COLUMNS)]
    """The products, in the order of the columns."""
    fields: Annotated[list[str], msgspec.Meta(max_length=_MOST_ROWS)] = []
    """Only these rows, in this order; names in Chinese or English. By default all that the records state."""
    locale: str | None = None
    """Language of the table (BCP-47); by default that of the first product's record."""


class CompareController(Controller):
    """Comparison."""

    path = "/v1/compare"
    tags = ("Shop",)

    @post(
        status_code=200,
        guards=[strict_json],
        opt={"admission": True},
        responses=responses(400, 404, 413, 415, 429, 500, 503),
    )
    async def compare(self, data: JSONBody[CompareRequest], shop: NamedDependency[SkipValidation[Shop]]) -> Comparison:
        """Put products side by side: one row a field, one unit a row, null where a record does not say."""
        return await anyio.to_thread.run_sync(side_by_side, data, shop)


def side_by_side(data: CompareRequest, shop: Shop) -> Comparison:
    """The comparison, on one view.

    Raises:
        Problem: an id is no product's, or all are the same.
    """
    view = shop.view()
    products = known(view, data.product_ids)
    if len(products) < 2:
        raise Problem("invalid_body", "product_ids names one product several times; a comparison needs two")
    language = spoken(data.locale or products[0].language or detect(products[0].title)) or "en"
    draft = Draft(Understanding(language=language, intent="compare", query=""), view)
    for product in products:
        draft.show(product)
    rows = table.only(draft, products, data.fields) if data.fields else table.build(draft, products, most=_MOST_ROWS)
    return Comparison(
        products=[card(item) for item in draft.cards],
        table=rows,
        citations=[citation(evidence) for evidence in draft.evidence],
        language=language,
        snapshot=view.snapshot,
        as_of=view.as_of,
        degraded=shop.store.degraded,
    )


def known(view: View, ids: list[str]) -> list[Product]:
    """The products with these ids, each once.

    Raises:
        Problem: some are no product's; all of these are named.
    """
    found = {id_: product_of(view, id_) for id_ in ids}
    missing = [id_[:200] for id_, product in found.items() if product is None]
    if missing:
        raise Problem("unknown_product", f"no product has the id {', '.join(map(repr, missing))}")
    return [product for product in found.values() if product is not None]
