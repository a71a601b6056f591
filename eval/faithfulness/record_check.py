"""What a review or a promotion states beside its text: stars and dates."""

import datetime as dt

from catalog.model import Promotion, Review
from eval.faithfulness.model import Finding, Source, Verdict
from eval.text.dates import dates
from eval.text.quantities import quantities


def check_stars(text: str, source: Source) -> list[Finding]:
    """`(4 stars)`: the rating of a review that is cited, else that of the product."""
    reviews = [record for record in source.records if isinstance(record, Review)]
    own = [review.rating for review in reviews if review.rating is not None]
    held = own or [product.rating.value for product in source.products if product.rating]
    prose = [q for passage in source.passages if not passage.structured for q in quantities(passage.text)]
    found = []
    for stars in quantities(text):
        if stars.unit != "star":
            continue
        true = any(stars.value == value for value in held) or any(
            stars.same(other) for other in prose if other.unit == "star"
        )
        found.append(Finding(_verdict(true=true, known=bool(held)), "stars", stars.start, stars.end))
    return found


def check_dates(text: str, source: Source) -> list[Finding]:
    """A date is one that a cited review or a promotion bears, or one that a text of the records gives."""
    borne = [date for record in source.records for stamp in _stamps(record) for date in dates(stamp)]
    given = [date for passage in source.passages if not passage.structured for date in dates(passage.text)]
    return [
        Finding(
            _verdict(true=any(date.same(other) for other in [*borne, *given]), known=bool(borne or given)),
            "date",
            date.start,
            date.end,
        )
        for date in dates(text)
    ]


def _stamps(record: object) -> list[str]:
    if isinstance(record, Review):
        return [record.date or ""]
    stamps = [record.starts_at, record.ends_at] if isinstance(record, Promotion) else []
    return [*stamps, *(utc for stamp in stamps if (utc := _in_utc(stamp)))]


def _in_utc(stamp: str) -> str | None:
    """The same moment as UTC, which is what a text may give; None for a stamp without a zone."""
    try:
        when = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return when.astimezone(dt.UTC).isoformat() if when.tzinfo else None


def _verdict(*, true: bool, known: bool) -> Verdict:
    return "supported" if true else "contradicted" if known else "not_enough_evidence"
