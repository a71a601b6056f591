"""Citations: is the quoted text really in the record, and does every checkable statement carry a good one?"""

from eval.answer import Citation
from eval.metrics.model import ABSTENTION, NOT_APPLICABLE, Judged, Metric, Sample, share
from eval.text.fold import contains_folded, fold
from eval.text.prices import prices
from eval.text.quantities import quantities
from eval.truth import Passage, Truth


def quote_holds(citation: Citation, truth: Truth) -> bool:
    """Whether a citation's quote is in its record, by the record.

    Prose has to hold the quote word for word. A label with a value may be written in another way ("price: $49.90"
    for 49.90 USD): then its numbers, or else its words, have to be those of one structured field.
    """
    passages = truth.passages(citation.record_id)
    quote = fold(citation.quote).strip("\"'.。…")
    if not quote:
        return any(_same_field(citation.field, passage.field) for passage in passages)
    if any(contains_folded(fold(passage.text), quote) for passage in passages):
        return True
    return any(_same_value(citation.quote, passage) for passage in passages if passage.structured)


def _same_value(quote: str, passage: Passage) -> bool:
    amounts = prices(quote)
    if amounts:
        held = prices(passage.text)
        return all(any(a.amount == b.amount and a.currencies & b.currencies for b in held) for a in amounts)
    numbers = quantities(quote)
    if numbers:
        return all(any(number.same(other) for other in quantities(passage.text)) for number in numbers)
    value = fold(quote).rpartition(":")[2].replace("_", " ").strip()
    return bool(value) and contains_folded(fold(passage.text), value)


def _same_field(cited: str, field: str) -> bool:
    return bool(cited) and field.rpartition(".")[2] == cited.rpartition(".")[2]


def _precision(judged: Judged) -> Sample:
    if judged.answer is None or judged.truth is None:
        return NOT_APPLICABLE
    if judged.abstained and not judged.answer.citations:
        return ABSTENTION
    truth, citations = judged.truth, judged.answer.citations
    return share(sum(quote_holds(citation, truth) for citation in citations), len(citations))


def _recall(judged: Judged) -> Sample:
    if judged.answer is None or judged.truth is None:
        return NOT_APPLICABLE
    if judged.abstained:
        return ABSTENTION
    checkable = [claim for claim in judged.checked if claim.verdict != "not_checkable"]
    return share(sum(claim.verdict == "supported" and claim.cited for claim in checkable), len(checkable))


METRICS = [
    Metric("citation_precision", "citations", "ratio", "higher", _precision, "citations whose quote is in the record"),
    Metric("citation_recall", "citations", "ratio", "higher", _recall, "checkable statements supported and cited"),
]
