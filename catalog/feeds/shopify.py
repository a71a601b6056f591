"""Products of a Shopify shop, from JSON or CSV, as canonical products.

A product's id is its handle and a variant's id its SKU, as far as they have one, so that both exports of a shop give
the same ids. Neither export names a currency.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

import msgspec

from catalog.feeds.normalise import normalise
from catalog.issues import Code, Issue
from catalog.model import Record
from catalog.text import clean

Row: TypeAlias = dict[str, Any]
_DEFAULT = "Default Title"
"""What Shopify calls the only form of a product without options."""


class Form(msgspec.Struct, kw_only=True):
    """One variant as the export gives it; texts are not checked yet."""

    line: int
    id: str | None = None
    sku: str | None = None
    barcode: str | None = None
    values: list[str | None] = []
    """Its values of the listing's options, in their order."""
    price: str | None = None
    compare_at: str | None = None
    available: bool | None = None
    quantity: str | None = None
    tracked: bool = True
    oversell: bool = False
    grams: str | None = None


class Listing(msgspec.Struct, kw_only=True):
    """One product as the export gives it; texts are not checked yet."""

    line: int
    handle: str | None = None
    id: str | None = None
    title: str | None = None
    body: str | None = None
    vendor: str | None = None
    category: str | None = None
    kind: str | None = None
    tags: list[str] = []
    images: list[str] = []
    options: list[str] = []
    forms: list[Form] = []
    attributes: Row = {}
    updated_at: str | None = None
    hidden: str | None = None
    """Why shoppers do not see it, if they do not."""


class Shop:
    """Turns the listings of one file into records; `currency` is that of all its prices."""

    def __init__(self, file: str, currency: str | None) -> None:
        self._file = file
        self._currency = currency
        address = urlsplit(file)
        self._base = f"{address.scheme}://{address.netloc}" if address.scheme in {"http", "https"} else None

    def records(self, listing: Listing) -> Iterator[tuple[int, Record | Issue]]:
        """The product, or the record that takes a hidden one away, and what is wrong with it."""
        row: Row = {"type": "product", "id": listing.handle or listing.id}
        if row["id"] is None:
            yield (
                listing.line,
                self._issue("missing_field", listing.line, "a product needs a handle or an id", "id", ""),
            )
        elif listing.hidden is not None:
            yield listing.line, self._issue("not_published", listing.line, listing.hidden, "id", row["id"])
            yield from self._normal({"type": "delete", "id": row["id"]}, listing.line)
        else:
            yield from self._product(listing, row | self._texts(listing))

    def _product(self, listing: Listing, row: Row) -> Iterator[tuple[int, Record | Issue]]:
        usable: list[tuple[Form, Row]] = []
        for form, variant in self._variants(listing):
            issues = list(self._wrong(variant, form.line))
            yield from ((form.line, issue) for issue in issues)
            if not issues:
                usable.append((form, variant))
        if listing.forms and not usable:
            return
        forms = [form for form, _ in usable]
        row["attributes"] = listing.attributes | _weight(forms) | _barcodes(forms)
        if len(forms) == 1 and forms[0].values in ([], [_DEFAULT]):
            row |= {"offer": usable[0][1]["offer"], "gtin": forms[0].barcode}
            row["attributes"] |= {"sku": forms[0].sku} if forms[0].sku else {}
        else:
            row["variants"] = [variant for _, variant in usable]
        yield from self._normal(row, listing.line)

    def _texts(self, listing: Listing) -> Row:
        path = [part.strip() for part in (listing.category or "").split(">")]
        own = [part.strip() for part in (listing.kind or "").split(">")]
        url = f"{self._base}/products/{quote(listing.handle)}" if self._base and listing.handle else None
        row = {
            "title": listing.title,
            "brand": listing.vendor,
            "description": clean(listing.body or ""),
            "categories": [part for part in dict.fromkeys(path + own) if part],
            "tags": listing.tags,
            "images": listing.images,
            "url": url,
            "updated_at": listing.updated_at,
        }
        return {name: value for name, value in row.items() if value}

    def _variants(self, listing: Listing) -> Iterator[tuple[Form, Row]]:
        used: set[str] = set()
        for form in listing.forms:
            values = [value for value in form.values if value]
            path = "/".join([listing.handle or listing.id or "", *values])
            # A SKU may be used twice; nothing else may.
            id_ = next((name for name in (form.sku, form.id or path) if name and name not in used), None)
            used.add(id_ or "")
            named = zip(listing.options, form.values, strict=False)
            options = {name: value for name, value in named if name and value and value != _DEFAULT}
            yield (
                form,
                {"id": id_ or form.id or path, "options": options, "offer": self._offer(form), "repeated": id_ is None},
            )

    def _wrong(self, variant: Row, line: int) -> Iterator[Issue]:
        """What makes a variant unusable, whatever the rest of its product is."""
        if variant.pop("repeated"):
            yield self._issue("duplicate_id", line, "another variant of the product has its id", "id", variant["id"])
            return
        alone = {"type": "product", "id": variant["id"], "title": "-", "attributes": variant["options"]}
        for _, item in self._normal(alone | {"offer": variant["offer"]}, line):
            if isinstance(item, Issue) and item.severity == "error":
                yield item

    def _offer(self, form: Form) -> Row | None:
        """Its offer, None without a price; a compare-at price that is not above the price says nothing."""
        if form.price is None:
            return None
        offer: Row = {"price": form.price, "currency": self._currency, "availability": _availability(form)}
        price, before = number(form.price), number(form.compare_at)
        if form.compare_at and (before is None or price is None or before > price):
            offer["list_price"] = form.compare_at
        if form.tracked and form.quantity and offer["availability"] != "backorder":
            offer["stock"] = _stock(form.quantity)
        return offer

    def _normal(self, row: Row, line: int) -> Iterator[tuple[int, Record | Issue]]:
        return ((line, item) for item in normalise(row, self._file, line))

    def _issue(self, code: Code, line: int, message: str, field: str, value: str) -> Issue:
        return Issue(code=code, file=self._file, line=line, field=field, value=value[:80], message=message)


def _availability(form: Form) -> str:
    if form.available is not None:
        return "in_stock" if form.available else "out_of_stock"
    quantity = number(form.quantity)
    if not form.tracked or quantity is None or quantity > 0:
        return "in_stock"
    return "backorder" if form.oversell else "out_of_stock"


def _stock(quantity: str) -> int | str:
    """A whole number of pieces, or the text that is none; Shopify counts what it owes as a negative quantity."""
    found = number(quantity)
    return quantity if found is None or found != found.to_integral_value() else max(int(found), 0)


def _weight(forms: list[Form]) -> Row:
    """The weight all forms share, or the weights there are; 0 means that nobody weighed it."""
    grams = list(dict.fromkeys(float(found) for form in forms if (found := number(form.grams)) and found > 0))
    if len(grams) == 1:
        return {"weight": {"value": grams[0], "unit": "g"}}
    return {"weight": [f"{weight:.10g} g" for weight in grams]} if grams else {}


def _barcodes(forms: list[Form]) -> Row:
    """The barcodes of a product with several forms: only a product of one form has a barcode of its own."""
    codes = [form.barcode for form in forms if form.barcode]
    return {"gtin": codes} if codes and len(forms) > 1 else {}


def number(text: str | None) -> Decimal | None:
    """A text as a number of sensible size, None if it is none."""
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 16 else None
