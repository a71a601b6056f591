"""One moment of a snapshot: what an answer uses from its first word to its last."""

from datetime import datetime

import numpy as np

from catalog.model import Delete, Faq, Policy, Product, Promotion, Record
from catalog.money import Money
from index import facets, ordering, search, values
from index.columns import AVAILABILITY, UNKNOWN
from index.filters import Filter
from index.live import Live
from index.rank import QueryEncoder
from index.results import Facets, LiveOffer, PassageRef, Query, Results
from index.sales import begun, over, runs
from index.values import FilterValues


class View:
    """A snapshot with live changes at `now`: what filters, sorting, facets and cards see is the price of that moment.

    The overlay sets the usual price, a running flash sale goes below it.
    """

    def __init__(self, live: Live, now: datetime, encoder: QueryEncoder | None, degraded: list[str]) -> None:
        self._live = live
        self._snapshot = snapshot = live.snapshot
        self._encoder = encoder
        self.now = now
        self.degraded = degraded
        self.encoder = snapshot.manifest.encoders[0].id if encoder and snapshot.manifest.encoders else ""
        """Id of the encoder that searches; "" when words search alone."""
        self.snapshot = snapshot.name
        self.built_at = snapshot.manifest.created_at
        """When the snapshot was built."""
        self.overlay_seq = live.seq
        """Number of the last live change it knows."""
        self.as_of = live.as_of
        """When its newest part was received: the snapshot, or a live change."""
        self._sales, self._sellables = live.at(now)

    def search(self, query: Query) -> Results:
        """Hits of each asked pool, best first.

        Raises:
            FilterError: a filter names an unknown field, unit or currency.
        """
        return search.search(self._snapshot, self._sellables, query, self._encoder, self.degraded)

    def facets(self, filter_: Filter | None = None) -> Facets:
        """Whole-shop facts over the products that pass.

        Raises:
            FilterError: as `search`.
        """
        return facets.facets(self._snapshot, self._sellables, filter_ or Filter())

    def on_sale(self, filter_: Filter | None = None) -> list[str]:
        """Ids of the products that pass with a price below their list price, the greatest share off first.

        Raises:
            FilterError: as `search`.
        """
        arrays = self._sellables.arrays
        rows = np.flatnonzero(self._sellables.mask(filter_ or Filter()) & self._sellables.on_sale())
        rows = rows[np.argsort(arrays["price"][rows] / arrays["list_price"][rows], kind="stable")]
        return list(dict.fromkeys(self._sellables.ids[row] for row in arrays["sellable_product"][rows]))

    def record(self, record_id: str) -> Record | None:
        """A record by id with its live offers (without a flash sale), or None; what was deleted is none."""
        record = self._stored(record_id)
        return None if isinstance(record, Delete) else record

    def deleted(self, record_id: str) -> Delete | None:
        """The tombstone of a deleted record, or None."""
        record = self._stored(record_id)
        return record if isinstance(record, Delete) else None

    def _stored(self, record_id: str) -> Record | None:
        return self._live.record(record_id)

    def products(self) -> list[Product]:
        """Every product with its live offers, in row order."""
        found = (self._live.record(id_) for id_ in self._sellables.ids)
        return [record for record in found if isinstance(record, Product)]

    def shop_texts(self) -> list[Faq | Policy]:
        """Every FAQ and policy, in row order."""
        found = (self._snapshot.record(row) for row in self._snapshot.rows("shop"))
        return [record for record in found if isinstance(record, Faq | Policy)]

    def currencies(self) -> list[str]:
        """Currencies that anything is priced in now, that of most offers first."""
        codes = self._sellables.arrays["currency"]
        counts = np.bincount(codes[codes != UNKNOWN])
        words = self._sellables.words["currency"].words
        return [words[code] for code in np.argsort(-counts, kind="stable") if counts[code]]

    def promotions(self, product_id: str) -> list[Promotion]:
        """Promotions on a product that run now or will, flash sales first; what is over or sold out is left out.

        So is a running flash sale that changes nothing: one that another undercuts, or in another currency.
        """
        found = [p for p in self._live.promotions if product_id in p.product_ids and not over(p, self.now)]
        holding = {self._sales[at].id for at in self._sellables.rows(product_id) if at in self._sales}
        told = [p for p in found if p.kind != "flash_sale" or not begun(p, self.now) or p.id in holding]
        return sorted(told, key=lambda p: (p.kind != "flash_sale", datetime.fromisoformat(p.starts_at), p.id))

    def all_promotions(self) -> list[Promotion]:
        """Every promotion that runs now; of flash sales those that set a price."""
        holding = {sale.id for sale in self._sales.values()}
        now = (promotion for promotion in self._live.promotions if runs(promotion, self.now))
        return [promotion for promotion in now if promotion.kind != "flash_sale" or promotion.id in holding]

    def passages(self, record_id: str) -> list[PassageRef]:
        """All passages of a record."""
        row = self._snapshot.row(record_id)
        return [] if row is None else [self._snapshot.passage(at) for at in self._snapshot.passages_of(row)]

    def opinions(self, product_id: str) -> list[str]:
        """Ids of a product's reviews and answered questions."""
        row = self._snapshot.row(product_id)
        if row is None:
            return []
        return [self._snapshot.ids[at] for at in np.flatnonzero(self._snapshot.owner == row)]

    def similarities(self, text: str, others: list[str]) -> list[float] | None:
        """Cosine of a query with each of some texts, or None without an encoder."""
        if self._encoder is None or not others:
            return None
        cosines = self._encoder.worker.texts(others) @ self._encoder.worker.query(text)
        return [float(cosine) for cosine in cosines]

    def answers(self, question: str, texts: list[str]) -> list[float] | None:
        """Log-odds that each text answers the question, read together; None without a reranker."""
        if self._encoder is None or not texts:
            return None
        return self._encoder.worker.answers(question, texts)

    def rarity(self, pool: str, term: str) -> float:
        """Inverse document frequency of a term of `index.api.tokens` among products, shop texts or opinions."""
        chosen = self._snapshot.pools[pool]
        count = chosen.lexical.rarity(term)
        return float(np.log(1 + (chosen.stop - chosen.start - count + 0.5) / (count + 0.5)))

    def variants(self, product_id: str, filter_: Filter | None = None) -> list[str]:
        """Ids of the product's variants that pass a filter, in record order."""
        row = self._snapshot.row(product_id)
        if row is None:
            return []
        arrays, words = self._sellables.arrays, self._sellables.words
        mask = self._sellables.mask(filter_ or Filter()) & (arrays["sellable_product"] == row)
        codes = arrays["sellable_variant"][mask]
        return [words["variant"].words[code] for code in codes if code != UNKNOWN]

    def product_of(self, variant_id: str) -> str | None:
        """The id of the product that a variant belongs to (the first, should several name one alike), or None."""
        code = self._sellables.words["variant"].find(variant_id)
        if code == UNKNOWN:
            return None
        arrays = self._sellables.arrays
        first = int(np.argmax(arrays["sellable_variant"] == code))
        owner: str = self._sellables.ids[arrays["sellable_product"][first]]
        return owner

    def filter_values(self, product_id: str) -> list[FilterValues]:
        """What filters see of a product, one entry a sellable."""
        row = self._snapshot.row(product_id)
        return [] if row is None else values.filter_values(self._sellables, row)

    def offer(self, product_id: str, variant_id: str | None = None) -> LiveOffer | None:
        """What a product (its cheapest variant) or one variant costs now; None when nothing says."""
        row = self._snapshot.row(product_id)
        if row is None:
            return None
        at = ordering.cheapest(self._sellables, row, None, variant_id)
        return None if at is None else self._offer(at, product_id)

    def _offer(self, at: int, product_id: str) -> LiveOffer | None:
        arrays, words = self._sellables.arrays, self._sellables.words
        if arrays["price"][at] == UNKNOWN:
            return None
        currency = words["currency"].words[arrays["currency"][at]]
        price, listed = int(arrays["price"][at]), int(arrays["list_price"][at])
        sale = self._sales.get(at)
        stock, form = int(arrays["stock"][at]), int(arrays["sellable_variant"][at])
        return LiveOffer(
            price=Money(price, currency),
            list_price=Money(listed, currency) if listed > price else None,
            availability=AVAILABILITY[arrays["availability"][at]],
            stock=None if stock == UNKNOWN else stock,
            as_of=self._live.offer_as_of(product_id, words["variant"].words[form] if form != UNKNOWN else None),
            promotion_id=sale.id if sale else None,
            usual_price=Money(int(self._live.sellables.arrays["price"][at]), currency) if sale else None,
            until=sale.ends_at if sale else None,
        )
