"""What the shop says to everybody, and what merchants answered about one product."""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from catalog.model import Faq, Policy, Qa, Translation
from eval.cases import Case
from eval.generate.gold import case
from eval.generate.shop import Shop
from eval.generate.wordings import Language, asked, in_turn, ways
from eval.text.fold import contains, language_of
from eval.text.prices import prices
from eval.text.quantities import quantities

_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)

_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)")


class Said(NamedTuple):
    """A question or a heading, the text that answers it, and where it stands."""

    record_id: str
    question: str
    answer: str
    product_ids: list[str]


def texts(shop: Shop, language: Language, random: Random) -> Iterator[Case]:
    """FAQs and merchants' answers in their own words, sections of policies by their headings; in turn."""
    records = shop.truth.records.values()
    faqs = [said for record in records if isinstance(record, Faq) for said in _faq(record, language)]
    sections = [said for record in records if isinstance(record, Policy) for said in _sections(record, language)]
    answered = [said for record in records if isinstance(record, Qa) for said in _qa(shop, record, language)]
    streams = (("faq", faqs, "as_asked"), ("policy", sections, "rule"), ("qa", answered, "as_asked"))
    yield from in_turn(_worded(language, random, *stream) for stream in streams)


def _worded(language: Language, random: Random, intent: str, said: list[Said], frames: str) -> Iterator[Case]:
    for one, frame in asked(random, _once(said), ways(language, frames)):
        figures = _figures(one)
        yield case(
            intent, f"{one.record_id}/{one.question}" if intent == "policy" else one.record_id,
            frame.format(text=one.question), relevant={one.record_id: 1.0}, references=[one.answer],
            must=[figures] if figures else [], product_ids=one.product_ids,
        )  # fmt: skip


def _faq(record: Faq, language: Language) -> Iterator[Said]:
    base = (record.language or language_of(record.question)).split("-")[0]
    if base == language:
        yield Said(record.id, record.question, record.answer, [])
    elif (said := _translation(record, language)) and said.question and said.answer:
        yield Said(record.id, said.question, said.answer, [])


def _sections(record: Policy, language: Language) -> Iterator[Said]:
    """Each section under a heading; a text without headings under its title."""
    if (record.language or language_of(record.body)).split("-")[0] == language:
        title, body = record.title, record.body
    elif (said := _translation(record, language)) and said.title and said.body:
        title, body = said.title, said.body
    else:
        return
    parts = _HEADING.split(body)
    if len(parts) < 3:
        yield Said(record.id, title, body, [])
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        if text.strip():
            yield Said(record.id, f"{title} · {heading.strip()}", text.strip(), [])


def _qa(shop: Shop, record: Qa, language: Language) -> Iterator[Said]:
    """Asked on the product's page."""
    if shop.truth.product(record.product_id) and language_of(record.question) == language:
        yield Said(record.id, record.question, record.answer, [record.product_id])


def _translation(record: Faq | Policy, language: Language) -> Translation | None:
    return next((said for code, said in record.translations.items() if code.split("-")[0] == language), None)


def _once(said: list[Said]) -> list[Said]:
    """Without questions that two records answer: which would be right?"""
    asked_of = [(one.question, *one.product_ids) for one in said]
    return [one for one in said if asked_of.count((one.question, *one.product_ids)) == 1]


def _figures(one: Said) -> list[str]:
    """The amounts, quantities and hours of the answer that the question does not hold; one of them has to be named."""
    spans = [match.span() for match in _TIME.finditer(one.answer)]
    spans += [(price.start, price.end) for price in prices(one.answer)]
    # A bare number may be an hour, a date, a place in a list: it tells nothing.
    spans += [(quantity.start, quantity.end) for quantity in quantities(one.answer) if quantity.unit]
    figures = [one.answer[start:end].strip() for start, end in sorted(spans)]
    # The 4 of "4-7 days" has its unit from the 7: alone it would stand in many texts.
    telling = [figure for figure in figures if not figure.isdigit() and not contains(one.question, figure)]
    return list(dict.fromkeys(telling))
