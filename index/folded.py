"""What a snapshot remembers of the changes that were folded into it.

Its records and columns hold the offers as they were when it was built. Beside them stand what the feeds had said of
the changed ones, and the changes: so that a later feed is compared with the feed before it, never with a change, and
the next change builds on all that came before.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from catalog.model import Delete, Product, Promotion, Record
from index.dates import millis
from index.ledger import Ledger, Offers
from index.merge import place
from index.offers import Stated, live, restored, stated, winning

FILE = "changes.json"
"""Absent where nothing was folded."""


class Folded(msgspec.Struct, frozen=True):
    """The ledger, and the feeds' own words for what it changed."""

    ledger: Ledger = Ledger()
    products: Mapping[str, Stated] = {}
    promotions: Mapping[str, Promotion | Delete | None] = {}
    """None: no feed ever named it."""


def load(folder: Path) -> Folded:
    """Read the file of a snapshot."""
    path = folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=Folded) if path.exists() else Folded()


def encode(folded: Folded) -> bytes:
    """The content of the file; empty where there is nothing to remember."""
    return b"" if folded == Folded() else msgspec.json.encode(folded)


def unfold(records: Iterable[Record], folded: Folded) -> list[Record]:
    """The records as the feeds gave them."""
    return [said for record in records if (said := _as_fed(record, folded)) is not None]


def _as_fed(record: Record, folded: Folded) -> Record | None:
    if isinstance(record, Product) and record.id in folded.products:
        return restored(record, folded.products[record.id])
    return folded.promotions.get(record.id, record)


def fold(records: Iterable[Record], ledger: Ledger) -> tuple[list[Record], Folded]:
    """Feeds' records with the changes in them, in snapshot order, and what to remember.

    A change that a feed has overtaken is forgotten, as is one of a product or variant that is gone.
    """
    made = {record.id: record for record in records}
    offers: dict[str, Offers] = {}
    products: dict[str, Stated] = {}
    for id_, changes in sorted(ledger.offers.items()):
        product = made.get(id_)
        if isinstance(product, Product) and (kept := _alive(product, changes)):
            offers[id_], products[id_] = kept, stated(product)
            made[id_] = live(product, kept)
    promotions = {id_: change for id_, change in sorted(ledger.promotions.items()) if _lasts(change, made)}
    fed = {id_: made.get(id_) for id_ in promotions}
    folded = Folded(Ledger(offers, promotions), products, fed)  # type: ignore[arg-type]
    return sorted((made | promotions).values(), key=place), folded


def _alive(product: Product, changes: Offers) -> Offers:
    places = [None, *product.variants]
    kept = {place.id if place else "": winning(product, place, changes) for place in places}
    return {key: values for key, values in kept.items() if values}


def _lasts(change: Promotion | Delete, fed_records: Mapping[str, Record]) -> bool:
    """Whether a changed promotion outlives the feed's; ending one that no feed names is done."""
    fed = fed_records.get(change.id)
    if isinstance(change, Promotion) and not any(id_ in fed_records for id_ in change.product_ids):
        return False
    if fed is None:
        return isinstance(change, Promotion)
    ours = isinstance(fed, Promotion | Delete)
    return ours and (millis(change.updated_at) or 0) >= (millis(fed.updated_at) or 0)
