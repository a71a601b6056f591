"""From a citation back to the candidate it came from."""

import re
import unicodedata
from html import unescape

from bench.pqa.asked import Asked, Candidate
from bench.pqa.attributes import name_of
from bench.pqa.catalog import split_answer

_NO_EVIDENCE = {"title", "brand"}
"""Fields that name the product: no candidate."""


def candidate_of(asked: Asked, record_id: str, field: str, quote: str) -> Candidate | None:
    """The question's own candidate that holds the quote, in a record of its kind; None when it has none.

    A sentence of a review counts for that review. A text of the product that only another question was shown is no
    candidate of this one, and so never relevant.
    """
    holding = [candidate for candidate in asked.candidates if _holds(candidate, record_id, field, quote)]
    return holding[0] if holding else None


def is_evidence(record_id: str, field: str) -> bool:
    """Whether a citation is of what is said of the product, not of its name or price."""
    return field not in _NO_EVIDENCE and not field.endswith("offer")


def _holds(candidate: Candidate, record_id: str, field: str, quote: str) -> bool:
    if field.startswith("attributes."):
        return candidate.source == "attribute" and name_of(candidate.text) == field.removeprefix("attributes.")
    if candidate.source == "review":
        return "/review/" in record_id and _squeezed(quote) in _squeezed(candidate.text)
    if candidate.source == "cqa":
        return "/qa/" in record_id and _squeezed(quote) in _squeezed(split_answer(candidate.text)[0])
    kind = {"description": "description", "bullets": "bullet"}.get(field)
    return candidate.source == kind and _squeezed(quote) in _squeezed(candidate.text)


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", unescape(text)).lower())
