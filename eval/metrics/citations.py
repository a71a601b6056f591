"""Citations: is the quoted text really in the record, and does every checkable statement carry a good one?"""

import datetime as dt
import re

from eval.answer import Citation
from eval.metrics.model import ABSTENTION, NOT_APPLICABLE, Judged, Metric, Sample, share
from eval.passages import Passage
from eval.products import as_flag
from eval.text.fold import contains_folded, fold
from eval.text.prices import prices, without_prices
from eval.text.quantities import quantities
from eval.text.stock import states
from eval.truth import Truth


def quote_holds(citation: Citation, truth: Truth, now: dt.datetime) -> bool:
    """Whether a citation's quote is in its record, by the record.

    Prose has to hold the quote word for word. A label with a value may be written in another way ("price: $49.90"
    for 49.90 USD, 支持 for a true yes/no field): then it has to say the same as one structured field, the cited one
    where the citation names it. The price of a flash sale is in a product's offer while the sale runs at `now`.
    """
    passages = truth.passages(citation.record_id, now)
    named = [passage for passage in passages if _same_field(citation.field, passage.field)]
    if "." in citation.field:  # the offer of one variant, where "offer" alone is that of any
        named = [passage for passage in named if passage.field == citation.field] or named
    told = _moment(citation.quote)
    if told is not None:
        return any(_moment(passage.text.rpartition(": ")[2]) == told for passage in named)
    quote = fold(citation.quote).strip("\"'.。…")
    if not quote:
        return bool(named)
    flag = as_flag(quote)
    flagged = [passage for passage in named or passages if passage.flag is not None]
    if flag is not None and flagged:
        return any(passage.flag is flag for passage in flagged)
    if any(contains_folded(fold(passage.text), quote) for passage in passages if not passage.structured):
        return True
    fields = [passage for passage in named or passages if passage.structured]
    # The colours of a product are those of its variants: each is a field of its own.
    parts = _parts(citation.quote) if citation.field.startswith("options.") else [citation.quote]
    return all(any(_same_value(part, passage) for passage in fields) for part in parts)


def _moment(text: str) -> dt.datetime | None:
    """The time that a text is, in ISO 8601 or as people read it (2026-11-24 00:00 UTC+08:00); None for other texts."""
    plain = re.sub(r"^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC", r"\1T\2", text.strip())
    try:
        found = dt.datetime.fromisoformat(plain)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _same_value(quote: str, passage: Passage) -> bool:
    """Whether everything the quote says (amounts, numbers, availability; or else its words) is in the field."""
    said, amounts, numbers = states(quote), prices(quote), quantities(without_prices(quote))
    if not (said or amounts or numbers):
        value = fold(quote).rpartition(":")[2].replace("_", " ").strip()
        return bool(value) and all(contains_folded(fold(passage.text), part) for part in _parts(value))
    held, counted = prices(passage.text), quantities(without_prices(passage.text))
    return (
        all(any(a.amount == b.amount and a.currencies & b.currencies for b in held) for a in amounts)
        and all(any(number.same(other) for other in counted) for number in numbers)
        and all(any(word.replace("_", " ") in passage.text for word in state.allowed) for state in said)
    )


def _parts(value: str) -> list[str]:
    """The items of a list (公路、跑步机); the record may hold them in another order."""
    return [part.strip() for part in re.split(r"[、,，]", value) if part.strip()]


def _same_field(cited: str, field: str) -> bool:
    return bool(cited) and field.rpartition(".")[2] == cited.rpartition(".")[2]


def _precision(judged: Judged) -> Sample:
    if judged.answer is None or judged.truth is None or not judged.answer.tells("citations", "quotes"):
        return NOT_APPLICABLE
    if judged.abstained and not judged.answer.citations:
        return ABSTENTION
    truth, citations = judged.truth, judged.answer.citations
    return share(sum(quote_holds(citation, truth, judged.now) for citation in citations), len(citations))


def _recall(judged: Judged) -> Sample:
    if judged.answer is None or judged.truth is None or not judged.answer.tells("citations", "claims"):
        return NOT_APPLICABLE
    if judged.abstained:
        return ABSTENTION
    checkable = [claim for claim in judged.checked if claim.verdict != "not_checkable"]
    return share(sum(claim.verdict == "supported" and claim.cited for claim in checkable), len(checkable))


METRICS = [
    Metric("citation_precision", "citations", "ratio", "higher", _precision, "citations whose quote is in the record"),
    Metric("citation_recall", "citations", "ratio", "higher", _recall, "checkable statements supported and cited"),
]
