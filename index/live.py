"""A snapshot with the overlay's rows up to one number: the live offers and promotions, in records and in columns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from catalog.model import Product, Promotion, Record
from index.columns import Vocabulary, offer_cells
from index.dates import millis
from index.filtering import Sellables
from index.offers import live
from index.overlay import Row
from index.sales import Sales, priced, running
from index.snapshot import Snapshot


class Live:
    """Never changes once it is made: `after` makes the next one, which shares all that stayed the same."""

    def __init__(self, snapshot: Snapshot) -> None:
        """The snapshot alone, with the changes that were folded into it."""
        self.snapshot = snapshot
        self.seq = snapshot.manifest.overlay_seq
        self.as_of = snapshot.manifest.created_at
        """When the newest of it was received."""
        self.ledger = snapshot.folded.ledger
        self.promotions = snapshot.promotions
        self.sellables = snapshot.sellables
        self._records: dict[str, Record | None] = dict.fromkeys(self.ledger.offers)
        """Records that differ from the snapshot's; None where its own record has the live offers in it."""
        self._priced: tuple[list[str], Sales, Sellables] | None = None

    def after(self, rows: Sequence[Row]) -> "Live":
        """With the rows that follow on top."""
        if not rows:
            return self
        made = Live.__new__(Live)
        made.snapshot, made.seq = self.snapshot, rows[-1].seq
        made.as_of = max(self.as_of, rows[-1].received_at)
        made.ledger = self.ledger.after(row.change for row in rows)
        made.sellables, made.promotions, made._records = self.sellables, self.promotions, dict(self._records)
        made._priced = None
        touched = {row.change.id for row in rows}
        made._reprice([id_ for id_ in touched if id_ in made.ledger.offers])
        if named := [id_ for id_ in touched if id_ in made.ledger.promotions]:
            made._promote(named)
        return made

    def offer_as_of(self, product_id: str, variant_id: str | None) -> str:
        """When an offer began to hold: the moment of its last change, else that of the snapshot."""
        product = self.record(product_id) if product_id in self._records else None
        if isinstance(product, Product):
            variant = next((variant for variant in product.variants if variant.id == variant_id), None)
            offer = (variant.offer if variant else None) or product.offer
            if offer is not None and offer.as_of is not None:
                return offer.as_of
        return self.snapshot.manifest.created_at

    def record(self, record_id: str) -> Record | None:
        """A record (or tombstone) as it is now, or None."""
        if (found := self._records.get(record_id)) is not None:
            return found
        row = self.snapshot.row(record_id)
        return None if row is None else self.snapshot.record(row)

    def at(self, now: datetime) -> tuple[Sales, Sellables]:
        """The flash sales that run at a moment, and the columns with their prices."""
        sales = running(self.promotions, now)
        ids = [sale.id for sale in sales]
        known = self._priced
        if known is None or known[0] != ids:
            self._priced = known = (ids, *priced(self.sellables, sales))
        return known[1], known[2]

    def _reprice(self, product_ids: list[str]) -> None:
        """Put the live offers of some products into records and columns, which are copied first."""
        arrays: dict[str, Any] = self.sellables.arrays
        names = ("price", "list_price", "currency", "availability", "stock")
        arrays = {**arrays, **{name: arrays[name].copy() for name in names}}
        currencies = Vocabulary(list(self.sellables.words["currency"].words))
        for id_ in product_ids:
            product, row = self.snapshot.fed_product(id_), self.snapshot.row(id_)
            if product is None or row is None:
                continue
            now = live(product, self.ledger.offers[id_])
            self._records[id_] = now
            first = int(np.searchsorted(arrays["sellable_product"], row))
            for at, variant in enumerate(now.variants or [None], first):
                offer = (variant.offer if variant else None) or now.offer
                for name, cell in offer_cells(offer, currencies).items():
                    arrays[name][at] = cell
        self.sellables = self.sellables.replaced(arrays, {**self.sellables.words, "currency": currencies})

    def _promote(self, promotion_ids: list[str]) -> None:
        """Put changed promotions in the place of the snapshot's."""
        current = {promotion.id: promotion for promotion in self.promotions}
        for id_ in promotion_ids:
            change, feed = self.ledger.promotions[id_], self.snapshot.fed(id_)
            if feed is not None and (millis(feed.updated_at) or 0) > (millis(change.updated_at) or 0):
                continue
            self._records[id_] = change
            current.pop(id_, None)
            if isinstance(change, Promotion):
                current[id_] = change
        self.promotions = [current[id_] for id_ in sorted(current)]
