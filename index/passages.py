"""From records to passages: the texts that are indexed, each with its record, field and language."""

import re
from collections.abc import Iterator

import msgspec

from catalog import lexicon
from catalog.language import detect
from catalog.model import Attributes, AttributeValue, Faq, Measure, Policy, Product, Qa, Record, Review, Translation

CHUNK = 480
"""Longest passage in characters. About 120 English or 300 Chinese tokens of e5, well inside its 512."""

_SENTENCE = re.compile(r"(?<=[。！？!?；;])|(?<=[.])\s+|\n+")


class Passage(msgspec.Struct, frozen=True):
    """`text` is what is quoted; `context` goes before it into the encoder only."""

    field: str
    language: str
    text: str
    context: str = ""

    @property
    def encoded(self) -> str:
        """What the encoder reads."""
        return f"{self.context} {self.text}" if self.context else self.text


def passages(record: Record) -> Iterator[Passage]:
    """All passages of a record: base language first, then each translation."""
    match record:
        case Product():
            base = record.language or detect(record.title)
            yield from _product(record, _base(record), base)
            for language, translation in sorted(record.translations.items()):
                yield from _product(record, translation, language)
        case Faq():
            yield from _texts(record.question, record.answer, record.language, record.translations)
        case Policy():
            yield from _policy(record.title, record.body, record.language or detect(record.body))
            for language, translation in sorted(record.translations.items()):
                yield from _policy(translation.title or record.title, translation.body or "", language)
        case Review():
            yield from _chunks("text", record.language or detect(record.text), record.text)
        case Qa():
            language = record.language or detect(record.question)
            yield from _chunks("answer", language, record.answer, record.question)
        case _:
            return


def _base(product: Product) -> Translation:
    return Translation(
        title=product.title, description=product.description, bullets=product.bullets, attributes=product.attributes
    )


def _product(product: Product, texts: Translation, language: str) -> Iterator[Passage]:
    title = texts.title or product.title
    if texts.title:
        yield Passage("title", language, texts.title)
    if texts.description:
        yield from _chunks("description", language, texts.description, title)
    if texts.bullets:
        yield from _chunks("bullets", language, "\n".join(texts.bullets), title)
    sentence = attribute_sentence(product, texts.attributes or {}, language)
    if sentence:
        yield from _chunks("attributes", language, sentence, title)


def attribute_sentence(product: Product, attributes: Attributes, language: str) -> str:
    """Brand, categories, attributes and options as one readable line."""
    parts = [product.brand or "", " > ".join(product.categories)]
    parts += [f"{name}: {say(value, language)}" for name, value in attributes.items()]
    if attributes or not product.attributes:
        options: dict[str, list[str]] = {}
        for variant in product.variants:
            for name, value in variant.options.items():
                said = say(value, language)
                if said not in options.setdefault(name, []):
                    options[name].append(said)
        parts += [f"{name}: {', '.join(values)}" for name, values in options.items()]
    return "; ".join(part for part in parts if part)


def say(value: AttributeValue, language: str) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return lexicon.say("true" if value else "false", language)
    if isinstance(value, Measure):
        return f"{value.value:g} {value.unit}"
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _texts(question: str, answer: str, base: str | None, translations: dict[str, Translation]) -> Iterator[Passage]:
    yield from _faq(question, answer, base or detect(question))
    for language, translation in sorted(translations.items()):
        yield from _faq(translation.question or question, translation.answer or "", language)


def _faq(question: str, answer: str, language: str) -> Iterator[Passage]:
    yield Passage("question", language, question)
    yield from _chunks("answer", language, answer, question)


def _policy(title: str, body: str, language: str) -> Iterator[Passage]:
    for section in re.split(r"\n{2,}", body):
        yield from _chunks("body", language, section.strip(), title)


def _chunks(field: str, language: str, text: str, context: str = "") -> Iterator[Passage]:
    """Cut a text at sentence ends into passages of at most CHUNK characters, each an exact slice of it."""
    start = end = 0
    for stop in _ends(text):
        if stop - start > CHUNK and end > start:
            yield from _slice(field, language, text[start:end], context)
            start = end
        end = stop
    yield from _slice(field, language, text[start:], context)


def _ends(text: str) -> Iterator[int]:
    """Where a cut is allowed: after each sentence, and every CHUNK characters of an endless one."""
    last = 0
    for match in _SENTENCE.finditer(text):
        yield from range(last + CHUNK, match.end(), CHUNK)
        last = match.end()
        yield last
    yield from range(last + CHUNK, len(text), CHUNK)
    yield len(text)


def _slice(field: str, language: str, text: str, context: str) -> Iterator[Passage]:
    if text.strip():
        yield Passage(field, language, text.strip(), context)
