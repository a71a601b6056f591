"""One small shop in every format gives the same records, as far as the format can carry them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.acp import AcpReader
from catalog.feeds.canonical import FileReader
from catalog.feeds.html_page import HtmlReader
from catalog.feeds.jsonld import JsonLdReader
from catalog.feeds.merchant_table import MerchantTableReader
from catalog.feeds.merchant_xml import MerchantXmlReader
from catalog.feeds.reader import FeedFile, FeedReader
from catalog.feeds.shopify_csv import ShopifyCsvReader
from catalog.feeds.shopify_json import ShopifyJsonReader
from catalog.issues import Issue
from catalog.model import Offer, Product, Record

SHOP = Path(__file__).parents[1] / "feeds" / "shop"
NOW = datetime(2026, 11, 11, tzinfo=UTC)
Reader = Callable[[FeedFile], FeedReader]

# (file below tests/feeds/shop, its reader): one line a format.
FORMATS: list[tuple[str, Reader]] = [
    ("merchant.xml", lambda file: MerchantXmlReader(file, NOW)),
    ("merchant_atom.xml", lambda file: MerchantXmlReader(file, NOW)),
    ("merchant.tsv", lambda file: MerchantTableReader(file, NOW)),
    ("shopify.json", lambda file: ShopifyJsonReader(file, currency="CNY")),
    ("shopify.csv", lambda file: ShopifyCsvReader(file, currency="CNY")),
    ("shopify_newer.csv", lambda file: ShopifyCsvReader(file, currency="CNY")),
    ("acp/products.jsonl", AcpReader),
    ("acp_flat.jsonl", AcpReader),
    ("shop.jsonld", JsonLdReader),
    ("page.html", HtmlReader),
]


def read(name: str, reader: Reader) -> list[Record | Issue]:
    return [item for _, item in reader(FeedFile(SHOP / name, name, "shop")).read()]


def offer(offer: Offer | None) -> dict[str, Any] | None:
    """Stock is left out: most formats have none."""
    return offer and {name: getattr(offer, name) for name in ("price", "currency", "list_price", "availability")}


def carried(items: list[Record | Issue]) -> dict[str, dict[str, Any]]:
    """What every format can carry, by product id."""
    return {
        item.id: {name: getattr(item, name) for name in ("title", "brand", "description", "categories", "images")}
        | {"offer": offer(item.offer), "variants": [(v.id, v.options, offer(v.offer)) for v in item.variants]}
        for item in items
        if isinstance(item, Product)
    }


@pytest.mark.parametrize(("name", "reader"), FORMATS, ids=[name for name, _ in FORMATS])
def test_the_shop_is_the_same_in_every_format(name: str, reader: Reader) -> None:
    items = read(name, reader)
    assert [str(item) for item in items if isinstance(item, Issue) and item.severity != "note"] == []
    assert len([item for item in items if not isinstance(item, Issue)]) == 5
    assert carried(items) == carried(read("canonical.jsonl", FileReader))
