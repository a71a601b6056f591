"""A record that comes again without a date: does it say anything new, and how old is what it says?

It is stamped with the time of its feed only when it says something new. Where live changes lie on its offers, an
offer that it merely repeats keeps the age it had: a new title must not make an old price the newest word.
"""

from datetime import datetime

import msgspec

from catalog.model import Offer, Product, Record


def repeats(record: Record, before: Record) -> bool:
    """Whether an undated record says just what the stamped one before it says."""
    if isinstance(record, Product) and isinstance(before, Product):
        before = _with_ages_of(before, record)
    return msgspec.structs.replace(before, updated_at=None) == record


def stamped(record: Record, before: Record | None, now: datetime, *, ages: bool) -> Record:
    """The undated record as said at `now`; with `ages` its repeated offers keep theirs."""
    if ages and isinstance(record, Product) and isinstance(before, Product):
        record = _aged(record, before)
    return msgspec.structs.replace(record, updated_at=now.isoformat())


def _with_ages_of(before: Product, record: Product) -> Product:
    """The earlier product without the ages that only a build gave its offers."""
    sent = {variant.id: variant.offer for variant in record.variants}
    variants = [
        msgspec.structs.replace(variant, offer=_like(variant.offer, sent.get(variant.id)))
        for variant in before.variants
    ]
    return msgspec.structs.replace(before, offer=_like(before.offer, record.offer), variants=variants)


def _like(before: Offer | None, sent: Offer | None) -> Offer | None:
    if before is None or sent is None or sent.as_of is not None:
        return before
    return msgspec.structs.replace(before, as_of=None)


def _aged(record: Product, before: Product) -> Product:
    known = {variant.id: variant.offer for variant in before.variants}
    variants = [
        msgspec.structs.replace(variant, offer=_age(variant.offer, known.get(variant.id), before.updated_at))
        for variant in record.variants
    ]
    return msgspec.structs.replace(record, offer=_age(record.offer, before.offer, before.updated_at), variants=variants)


def _age(sent: Offer | None, before: Offer | None, since: str | None) -> Offer | None:
    if sent is None or before is None or sent.as_of is not None:
        return sent
    if msgspec.structs.replace(before, as_of=None) != sent:
        return sent
    return msgspec.structs.replace(sent, as_of=before.as_of or since)
