"""What understanding knows of a snapshot, read once and kept while that snapshot is served."""

import threading

import msgspec

from guide.understand.shop import Shop
from guide.understand.shown import Titles
from index.api import View

_KEPT = 2


class ShopCache:
    """Shops by snapshot name; two are kept, so that a switch does not rebuild the old one."""

    def __init__(self) -> None:
        self._shops: dict[str, Shop] = {}
        self._titles: dict[str, Titles] = {}
        self._lock = threading.Lock()

    def shop(self, view: View) -> Shop:
        """The shop of a view; the first call for a snapshot reads all its products."""
        return _sold_now(self._of_snapshot(view), view)

    def titles(self, view: View) -> Titles:
        """The titles of a view's shop; the first call for a snapshot reads them all, most shops never need them."""
        shop = self._of_snapshot(view)
        with self._lock:
            if view.snapshot not in self._titles:
                self._titles[view.snapshot] = Titles.build(shop.items.values())
                for name in list(self._titles)[:-_KEPT]:
                    del self._titles[name]
            return self._titles[view.snapshot]

    def _of_snapshot(self, view: View) -> Shop:
        found = self._shops.get(view.snapshot)
        if found is not None:
            return found
        with self._lock:
            if view.snapshot not in self._shops:
                self._shops[view.snapshot] = Shop.build(view.products(), view.shop_texts())
                for name in list(self._shops)[:-_KEPT]:
                    del self._shops[name]
            return self._shops[view.snapshot]


def _sold_now(shop: Shop, view: View) -> Shop:
    """A live change may bring a currency that nothing was sold in before."""
    sold = view.currencies()
    if shop.currencies == frozenset(sold):
        return shop
    currency = shop.currency if shop.currency in sold or not sold else sold[0]
    return msgspec.structs.replace(shop, currency=currency, currencies=frozenset(sold))
