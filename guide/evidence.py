"""Everything that the shop's records say about one thing, cut into statements that can be cited one by one."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from catalog import lexicon, units
from catalog.language import detect
from catalog.model import Attributes, AttributeValue, Faq, Measure, Policy, Product, Qa, Review
from guide.model import Language, Source
from index.api import View

_WINDOW = {"zh": 60, "en": 160}
"""Characters of a review or an answer that are said in one go: about three lines on a phone."""
_SENTENCE = re.compile(r".+?(?:[。！？!?；][”」』\"]?|[.](?=\s|$)|\n|$)", re.DOTALL)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One citable statement: word for word in `field` of a record."""

    record_id: str
    field: str
    quote: str
    language: str
    source: Source
    label: str = ""
    """What it is about, in words: an attribute's name, the question of an answer."""
    key: str = ""
    """Canonical attribute key, if it is one."""
    value: AttributeValue | None = None
    variant_id: str | None = None
    rating: float | None = None
    """Stars of a review."""
    place: int = 0
    """Order within its text."""

    @property
    def text(self) -> str:
        """What is compared with a question."""
        return f"{self.label}: {self.quote}" if self.label else self.quote


LIKED = 4.0
"""Stars from which a customer's word speaks for a product."""


def titles(product: Product) -> list[str]:
    """The product's titles: as it stands, then in other languages."""
    return [product.title, *(text.title for text in product.translations.values() if text.title)]


def localised(product: Product, language: str) -> str:
    """The product's title in a language, else as it stands."""
    translation = product.translations.get(language)
    return (translation.title if translation else None) or product.title


def of_product(view: View, product: Product, language: Language) -> list[Statement]:
    """What is said of a product, in the answer's language where the record has it.

    Attributes, options, texts, answered questions and reviews, each once.
    """
    found = [*_attributes(product, language), *_texts(product, language)]
    for record_id in view.opinions(product.id):
        record = view.record(record_id)
        if isinstance(record, Qa):
            found += _qa(record)
        elif isinstance(record, Review):
            found += _review(record)
    return found


def by_key(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Attributes of the product as a whole by canonical key; the first where a key is stated twice."""
    return {s.key: s for s in reversed(list(statements)) if s.key and s.variant_id is None}


def of_shop_text(record: Faq | Policy, language: Language) -> list[Statement]:
    """The statements of an FAQ or policy in a language, else as it stands."""
    translation = record.translations.get(language)
    base = record.language or "zh"
    if isinstance(record, Faq):
        question, answer = record.question, record.answer
        if translation and translation.answer:
            question, answer, base = translation.question or question, translation.answer, language
        return [
            _shop(record.id, "answer", text, base, "faq", question, at) for at, text in enumerate(sentences(answer))
        ]
    title, body = record.title, record.body
    if translation and translation.body:
        title, body, base = translation.title or title, translation.body, language
    return list(_sections(record.id, title, body, base))


def _sections(record_id: str, title: str, body: str, language: str) -> Iterator[Statement]:
    for section in body.split("\n\n"):
        heading = title
        for at, text in enumerate(sentences(section)):
            if text.startswith("#"):
                heading = f"{title} / {text.lstrip('# ')}"
            else:
                yield _shop(record_id, "body", text, language, "policy", heading, at)


def _shop(  # noqa: PLR0913, PLR0917  the parts of a statement
    record_id: str, field: str, text: str, language: str, source: Source, label: str, place: int
) -> Statement:
    return Statement(
        record_id=record_id, field=field, quote=text, language=language, source=source, label=label, place=place
    )


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text, word for word."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


def windows(text: str, language: str) -> list[str]:
    """A short text as it stands; else runs of its sentences, word for word, short where its sentences are."""
    most = _WINDOW["zh" if language == "zh" else "en"]
    starts = [0]
    for match in _SENTENCE.finditer(text):
        if match.end() - starts[-1] > most and match.start() > starts[-1]:
            starts.append(match.start())
    parts = (text[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True))
    return [part for part in parts if part]


def _attributes(product: Product, language: Language) -> Iterator[Statement]:
    base = product.language or detect(product.title)
    translation = product.translations.get(language)
    attributes: Attributes = (translation.attributes if translation else None) or product.attributes
    spoken = language if attributes is not product.attributes else base
    if product.brand:
        label = lexicon.label("brand", language)
        yield _attribute(product.id, "brand", "brand", product.brand, spoken, label)
    for name, value in attributes.items():
        yield _attribute(product.id, f"attributes.{name}", lexicon.key(name), value, spoken, name)
    for variant in product.variants:
        for name, value in variant.options.items():
            key = lexicon.key(name)
            label = lexicon.label(key, language) if key != name else name
            found = _attribute(product.id, f"options.{name}", key, value, base, label)
            yield msgspec.structs.replace(found, variant_id=variant.id)


def _attribute(record_id: str, field: str, key: str, value: AttributeValue, language: str, label: str) -> Statement:
    quote = _age(value, language) if "age" in key.split("_") else spoken(value, language)
    return Statement(
        record_id=record_id, field=field, quote=quote, language=language, source="merchant", label=label, key=key,
        value=value,
    )  # fmt: skip


def _age(value: AttributeValue, language: str) -> str:
    """Years of age are 岁 in Chinese, not 年."""
    if isinstance(value, Measure) and value.unit == "year" and language == "zh":
        return f"{value.value:g} 岁"
    return spoken(value, language)


def spoken(value: AttributeValue, language: str) -> str:
    """A value as it is said in a language; words that no lexicon knows stay as they are."""
    if isinstance(value, bool):
        return lexicon.say("true" if value else "false", language)
    if isinstance(value, Measure):
        return units.render(value, language)
    if isinstance(value, list):
        return joined((spoken(item, language) for item in value), language)
    if isinstance(value, str):
        if detect(value) == language:
            return value
        known = lexicon.value(value)
        # A text such as 无 is what the merchant wrote, not a yes or no of ours.
        return value if known in {value, "true", "false"} else lexicon.say(known, language)
    return f"{value:g}"


def joined(parts: Iterable[str], language: str) -> str:
    """Items as a language lists them."""
    return ("、" if language == "zh" else ", ").join(parts)


def canonical(value: AttributeValue) -> str:
    """A value as filters see it, the same in every language: true, 9 h (a measure in its canonical unit), black."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Measure):
        number, unit = units.canonical(value)
        return f"{number:.12g} {unit}".strip()
    if isinstance(value, list):
        return ", ".join(canonical(item) for item in value)
    if isinstance(value, str):
        known = lexicon.value(value)
        return value if known in {"true", "false"} else known
    return f"{value:.12g}"


def _texts(product: Product, language: Language) -> Iterator[Statement]:
    base = product.language or detect(product.title)
    translation = product.translations.get(language)
    description = translation.description if translation and translation.description else product.description
    bullets = translation.bullets if translation and translation.bullets else product.bullets
    said = language if translation and translation.description else base
    yield from _quotes(product.id, "description", [description or ""], said)
    yield from _quotes(product.id, "bullets", bullets, language if translation and translation.bullets else base)


def _quotes(record_id: str, field: str, texts: Iterable[str], language: str) -> Iterator[Statement]:
    for text in texts:
        for sentence in sentences(text):
            yield Statement(record_id=record_id, field=field, quote=sentence, language=language, source="merchant")


def _qa(record: Qa) -> list[Statement]:
    language = record.language or detect(record.question)
    return [
        Statement(
            record_id=record.id, field="answer", quote=part, language=language, source="qa", label=record.question,
            place=at,
        )
        for at, part in enumerate(windows(record.answer, language))
    ]  # fmt: skip


def _review(record: Review) -> list[Statement]:
    language = record.language or detect(record.text)
    return [
        Statement(
            record_id=record.id, field="text", quote=part, language=language, source="customer", rating=record.rating,
            place=at,
        )
        for at, part in enumerate(windows(record.text, language))
    ]  # fmt: skip
