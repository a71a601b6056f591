"""GET /v1/products/{id} and /v1/capabilities: what the shop sells, as data."""

from importlib.metadata import PackageNotFoundError, version

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from catalog.model import Product
from guide.api.problems import responses
from guide.problems import Problem
from guide.shop import Shop
from guide.wire.shapes import ProductAnswer, offer
from index.filters import Filter
from index.results import Facets


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of this shop: languages, filters' values and ranges, limits."""

    version: str
    snapshot: str
    as_of: str
    languages: list[str]
    record_types: list[str]
    sorts: list[str]
    filters: list[str]
    facets: Facets
    limits: dict[str, int]
    generator: bool
    """Whether a language model writes, or the Composer alone."""
    degraded: list[str]


class ShopController(Controller):
    """The shop's own facts."""

    path = "/v1"
    tags = ("Shop",)

    @get("/products/{product_id:path}", sync_to_thread=True, responses=responses(404, 500))
    def product(self, product_id: FromPath[str], shop: NamedDependency[SkipValidation[Shop]]) -> ProductAnswer:
        """One product's record and what it costs now."""
        view, name = shop.view(), product_id.lstrip("/")
        record = view.record(name)
        if not isinstance(record, Product):
            raise Problem("unknown_product", f"no product has the id {name[:200]!r}")
        forms = {variant.id: offer(view.offer(name, variant.id)) for variant in record.variants}
        return ProductAnswer(
            product=record,
            offer=offer(view.offer(name)),
            offers={key: form for key, form in forms.items() if form},
            snapshot=view.snapshot,
            as_of=view.as_of,
        )

    @get("/capabilities", sync_to_thread=True, responses=responses(500))
    def capabilities(self, shop: NamedDependency[SkipValidation[Shop]]) -> Capabilities:
        """What can be asked: values and ranges of every filter, with counts."""
        view, limits = shop.view(), shop.settings.limits
        return Capabilities(
            version=release(),
            snapshot=view.snapshot,
            as_of=view.as_of,
            languages=["zh", "en"],
            record_types=["product", "faq", "policy", "review", "qa"],
            sorts=["relevance", "price_asc", "price_desc", "rating", "newest"],
            filters=list(Filter.__struct_fields__),
            facets=view.facets(Filter()),
            limits={
                "question_bytes": limits.question_bytes,
                "body_bytes": limits.body_bytes,
                "history_turns": limits.history_turns,
            },
            generator=bool(shop.settings.generator.url),
            degraded=shop.store.degraded,
        )


def release() -> str:
    """The version of this package."""
    try:
        return version("shopguide")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"
