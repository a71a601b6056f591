"""What understanding knows of a snapshot, read once and kept while that snapshot is served."""

import threading

from guide.understand.shop import Shop
from index.api import View

_KEPT = 2


class ShopCache:
    """Shops by snapshot name; two are kept, so that a switch does not rebuild the old one."""

    def __init__(self) -> None:
        self._shops: dict[str, Shop] = {}
        self._lock = threading.Lock()

    def shop(self, view: View) -> Shop:
        """The shop of a view's snapshot; the first call for a snapshot reads all its products."""
        found = self._shops.get(view.snapshot)
        if found is not None:
            return found
        with self._lock:
            if view.snapshot not in self._shops:
                self._shops[view.snapshot] = Shop.build(view.products())
                for name in list(self._shops)[:-_KEPT]:
                    del self._shops[name]
            return self._shops[view.snapshot]
