"""What is doubtful about a record that can be used: told by `guide-catalog check`, never a reason to leave it out."""

import hashlib
import re
from collections.abc import Generator, Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from catalog.feeds import Item, Located
from catalog.feeds.spill import Spill
from catalog.issues import Code, Issue
from catalog.model import Faq, Policy, Product, Promotion, Qa, Record, Review
from catalog.money import Money
from catalog.sales import idle, prices
from catalog.spoken import contradicts, spoken
from catalog.text import fold

_STALE = timedelta(days=365)
_GTIN_LENGTHS = {8, 12, 13, 14}
_WORD = re.compile(r"\w+")
_GTIN_PADS = re.compile(r"[\s-]")


def checked(feed: Iterable[Located], now: datetime) -> Generator[Item, None, None]:
    """Every record and issue of a feed, with what is doubtful after its record."""
    with Spill() as spill:
        checks = Checks(spill, now)
        for found in feed:
            yield found.item
            if not isinstance(found.item, Issue):
                yield from checks.issues(found, found.item)
        yield from checks.sales()


class Checks:
    """Looks at every record once; what must be remembered of those before lies in the spill."""

    def __init__(self, spill: Spill, now: datetime) -> None:
        self._spill = spill
        self._now = now
        self._sales: list[tuple[_Place, Promotion]] = []
        """Flash sales, which shops have few of; their products may stand anywhere in the feed."""

    def issues(self, found: Located, record: Record) -> Iterator[Issue]:
        """What is doubtful about one record."""
        where = _Place(found)
        if isinstance(record, Product):
            yield from self._gtin(where, record)
            yield from self._similar(where, record)
            if not record.images:
                yield where.issue("no_image", "the product has no picture", "images")
            self._spill.first(f"product:{record.id}", msgspec.json.encode(prices(record)).decode())
        elif isinstance(record, Promotion) and record.kind == "flash_sale":
            self._sales.append((where, record))
        yield from self._stale(where, record)
        yield from _language(where, record)

    def sales(self) -> Iterator[Issue]:
        """Flash sales that change no price of a product of this feed, once all of it was seen."""
        for where, sale in self._sales:
            for id_ in sale.product_ids:
                usual = self._spill.known(f"product:{id_}")
                if usual is not None and (why := idle(sale, msgspec.json.decode(usual, type=list[Money]))):
                    yield where.issue("idle_sale", f"it changes no price of {id_!r}: {why}", "product_ids", id_)

    def _gtin(self, where: "_Place", product: Product) -> Iterator[Issue]:
        if not product.gtin:
            return
        digits = _GTIN_PADS.sub("", product.gtin)
        if not valid_gtin(digits):
            yield where.issue("bad_gtin", "its check digit or length is wrong", "gtin", product.gtin)
        elif first := self._spill.first(f"gtin:{digits.zfill(14)}", f"{where.place} ({product.id})"):
            yield where.issue("duplicate_gtin", f"{first} has it too", "gtin", product.gtin)

    def _similar(self, where: "_Place", product: Product) -> Iterator[Issue]:
        words = sorted(_WORD.findall(fold(f"{product.brand or ''} {product.title}")))
        key = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).hexdigest()
        if first := self._spill.first(f"words:{key}", f"{where.place} ({product.id})"):
            yield where.issue("similar_product", f"{first} has the same words", "title", product.title)

    def _stale(self, where: "_Place", record: Record) -> Iterator[Issue]:
        if record.updated_at:
            moment = datetime.fromisoformat(record.updated_at)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            if self._now - moment > _STALE:
                days = (self._now - moment).days
                yield where.issue("stale", f"it was last changed {days} days ago", "updated_at", record.updated_at)


class _Place:
    """Makes issues that point at one record."""

    def __init__(self, found: Located) -> None:
        self._found = found
        self.place = f"{found.file}:{found.line}"

    def issue(self, code: Code, message: str, field: str, value: str = "") -> Issue:
        return Issue(
            code=code, file=self._found.file, line=self._found.line, field=field, value=value[:80], message=message
        )


def valid_gtin(digits: str) -> bool:
    """Whether 8, 12, 13 or 14 digits end in the check digit of GS1: weights 1, 3, 1 … from the right, modulo 10."""
    if len(digits) not in _GTIN_LENGTHS or not (digits.isascii() and digits.isdigit()):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits))) % 10 == 0


def text_of(record: Record) -> str:
    """What a record says in its base language; "" for records without text of their own."""
    match record:
        case Product():
            return "\n".join([record.title, record.description or "", *record.bullets])
        case Review():
            return record.text
        case Qa() | Faq():
            return f"{record.question}\n{record.answer}"
        case Policy():
            return f"{record.title}\n{record.body}"
        case Promotion():
            return record.terms or ""
    return ""


def _language(where: _Place, record: Record) -> Iterator[Issue]:
    named = getattr(record, "language", None)
    if named and (found := contradicts(named, text_of(record))):
        yield where.issue("other_language", f"the text reads as {found}", "language", named)


def language_of(record: Record) -> str:
    """The language a record's text is in, "none" without text."""
    return spoken(text_of(record))
