"""What understanding knows of a shop follows the currencies of the moment."""

from pathlib import Path

from small_shop import NOW, built, offer, product

from guide.shops import ShopCache
from index import api


def test_a_live_currency_is_sold_at_once(tmp_path: Path) -> None:
    built(tmp_path, product("lamp", "Red lamp", offer=offer("10.00")), product("rug", "Wool rug"))
    store, shops = api.open(tmp_path), ShopCache()
    before = shops.shop(store.view(NOW))
    assert before is shops.shop(store.view(NOW))
    store.append([api.OfferChange(id="rug", price="9.90", currency="USD")], "test")
    store.refresh()
    after = shops.shop(store.view(NOW))
    assert (after.currencies, after.currency, after.items) == ({"CNY", "USD"}, "CNY", before.items)


def test_the_first_price_of_a_shop_sets_its_currency(tmp_path: Path) -> None:
    built(tmp_path, product("rug", "Wool rug"))
    store, shops = api.open(tmp_path), ShopCache()
    shops.shop(store.view(NOW))
    store.append([api.OfferChange(id="rug", price="9.90", currency="EUR")], "test")
    store.refresh()
    assert shops.shop(store.view(NOW)).currency == "EUR"
