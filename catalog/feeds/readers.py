"""Which reader reads which format; each is imported when a feed needs it."""

from importlib import import_module

from catalog.errors import FeedError
from catalog.feeds.detect import detect
from catalog.feeds.mapping import Mapping
from catalog.feeds.reader import FeedFile, FeedReader
from catalog.formats import MAPPED, WITH_MAPPING, Format, Mode

_READERS: dict[Format, tuple[str, str]] = {
    "canonical": ("catalog.feeds.canonical", "FileReader"),
    "acp": ("catalog.feeds.acp", "AcpReader"),
    "shopify-json": ("catalog.feeds.shopify_json", "ShopifyJsonReader"),
    "jsonld": ("catalog.feeds.jsonld", "JsonLdReader"),
    "html": ("catalog.feeds.html_page", "HtmlReader"),
    "merchant-xml": ("catalog.feeds.merchant_xml", "MerchantXmlReader"),
    "merchant-table": ("catalog.feeds.merchant_table", "MerchantTableReader"),
    "shopify-csv": ("catalog.feeds.shopify_csv", "ShopifyCsvReader"),
    "table": ("catalog.feeds.table", "TableReader"),
    "objects": ("catalog.feeds.table", "ObjectsReader"),
    "parquet": ("catalog.feeds.parquet", "ParquetReader"),
}
_WITHOUT_CURRENCY: frozenset[Format] = frozenset({"shopify-json", "shopify-csv"})
"""Formats whose prices are in the shop's currency and do not name it."""


def open_feed(
    file: FeedFile, mapping: Mapping | None = None, form: Format | None = None, mode: Mode | None = None
) -> FeedReader:
    """The reader of a file: of the format a person names, else of the one its content shows.

    `mode` is the one of the build, for a format that states its own.

    Raises:
        FeedError: the format is not known, or needs a mapping and has none.
    """
    if form is None:
        form = detect(file)
        form = WITH_MAPPING.get(form, form) if mapping and mapping.fields else form
    if form in MAPPED and not (mapping and mapping.fields):
        raise FeedError(
            f"{file.name} has columns of its own: say how they map to fields with --mapping FILE.toml "
            "(`guide-catalog map` proposes one)"
        )
    module, name = _READERS[form]
    kind = getattr(import_module(module), name)
    found: FeedReader
    if form in MAPPED:
        found = kind(file, mapping)
    elif form in _WITHOUT_CURRENCY:
        found = kind(file, mapping.currency if mapping else None)
    elif form == "acp":
        found = kind(file, mode)
    else:
        found = kind(file)
    return found
