"""The three catalog tools: search, look up, one product in detail."""

import msgspec

from catalog.model import Product, Variant
from guide import listing
from guide.choose.draft import product_of
from guide.listing import Wish, spoken
from guide.mcp import selection, shapes
from guide.mcp.notes import about_search, about_variants, missing, unverified
from guide.mcp.products import Shelf
from guide.mcp.requests import MOST_PRODUCTS, Call, Filters, GetProduct, LookupCatalog, SearchCatalog
from guide.mcp.shapes import Correlation, Envelope, Message, Pagination, ProductDetail, ProductList
from guide.shop import Shop
from index.api import Filter, Hit, PriceFilter, View


def search(arguments: SearchCatalog, shop: Shop, call: Call) -> ProductList:
    """A page of products, each with the variant that passes.

    Raises:
        Problem: the cursor is not one, or its snapshot is gone.
        FilterError: the currency is not sold.
    """
    asked = arguments.catalog
    wish = Wish(
        query=asked.query, filters=_filter(asked.filters, asked.context.currency, shop.view()),
        k=min(asked.pagination.limit, call.most or MOST_PRODUCTS), cursor=asked.pagination.cursor,
        locale=asked.context.language,
    )  # fmt: skip
    page = listing.find(wish, shop)
    shelf = Shelf(page.view, call.base, page.language)
    found = [
        (hit, shelf.product(product, [shelf.variant(product, hit.variant_id)], shelf.options(product)))
        for hit in page.results.hits
        if (product := product_of(page.view, hit.id)) is not None
    ]
    return ProductList(
        ucp=Envelope(),
        products=[product for _, product in found],
        pagination=Pagination(
            cursor=page.cursor, has_next_page=page.cursor is not None, total_count=page.results.total
        ),
        messages=[*about_search(page), *_about_hits(found)],
    )


def lookup(arguments: LookupCatalog, shop: Shop, call: Call) -> ProductList:
    """The products of the ids, each once; ids of nothing are told in a message."""
    view = shop.view()
    shelf = Shelf(view, call.base, spoken(arguments.catalog.context.language))
    matches: dict[str, dict[str | None, list[Correlation]]] = {}
    unknown = []
    for asked in dict.fromkeys(arguments.catalog.ids):
        owner, variant_id = _resolve(view, asked)
        if owner is None:
            unknown.append(asked)
            continue
        featured = variant_id or _featured(view, owner, owner.variants)
        match = Correlation(asked, "exact" if variant_id or not owner.variants else "featured")
        matches.setdefault(owner.id, {}).setdefault(featured, []).append(match)
    products = []
    for product_id, variants in matches.items():
        product = product_of(view, product_id)
        if product is not None:
            shown = [shelf.variant(product, variant_id, inputs) for variant_id, inputs in variants.items()]
            products.append(shelf.product(product, shown, shelf.options(product)))
    return ProductList(ucp=Envelope(), products=products, messages=[missing(id_) for id_ in unknown])


def detail(arguments: GetProduct, shop: Shop, call: Call) -> ProductDetail:
    """One product with the forms that fit what is selected; a variant's id selects that variant."""
    view, asked = shop.view(), arguments.catalog
    shelf = Shelf(view, call.base, spoken(asked.context.language))
    product, variant_id = _resolve(view, asked.id)
    if product is None:
        return ProductDetail(ucp=Envelope(status="error"), messages=[missing(asked.id, final=True)])
    chosen = [] if variant_id else selection.effective(product, asked.selected, asked.preferences)
    forms = [form for form in selection.matching(product, chosen) if variant_id in {None, form.id}]
    first = variant_id or _featured(view, product, forms)
    forms.sort(key=lambda form: form.id != first)
    selected = selection.of(shelf, product, forms[0], chosen) if forms else []
    shown = [shelf.variant(product, form.id) for form in forms] or [shelf.variant(product, None)]
    made = msgspec.structs.replace(
        shelf.product(product, shown, selection.offered(shelf, product, selected)),
        selected=selected,
        metadata=shelf.metadata(product),
    )
    return ProductDetail(ucp=Envelope(), product=made, messages=about_variants(made, "$.product"))


def _filter(asked: Filters, currency: str | None, view: View) -> Filter:
    """The protocol's filters as ours; a price without a currency is in the one that most is sold in."""
    price = None
    if asked.price is not None:
        sold = view.currencies()
        code = currency.upper() if currency else (sold[0] if sold else "")
        price = PriceFilter(currency=code, min=asked.price.min, max=asked.price.max)
    return Filter(
        price=price, brand=asked.brand, category=asked.categories, in_stock=True if asked.availability else None
    )


def _resolve(view: View, asked: str) -> tuple[Product | None, str | None]:
    """The product an id means, and its variant if the id is one."""
    product = product_of(view, asked)
    if product is not None:
        return product, None
    owner = view.product_of(asked)
    return (product_of(view, owner), asked) if owner else (None, None)


def _featured(view: View, product: Product, forms: list[Variant]) -> str | None:
    """The one of the forms that speaks for the product: the cheapest that can be had; None without any."""

    def rank(form: Variant) -> tuple[bool, bool, int]:
        offer = view.offer(product.id, form.id)
        return (offer is None, not (offer and offer.available), offer.price.amount if offer else 0)

    first = min(forms, key=rank, default=None)
    return first.id if first else None


def _about_hits(found: list[tuple[Hit, shapes.Product]]) -> list[Message]:
    notes: list[Message] = []
    for at, (hit, product) in enumerate(found):
        path = f"$.products[{at}]"
        notes += [*unverified(hit, path), *about_variants(product, path)]
    return notes
