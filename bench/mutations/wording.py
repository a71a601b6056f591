"""Sentences round a fact, in a shopper's or a shop's words; all wordings are those of the shop's set (shapes.py)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from bench.mutations import money
from bench.mutations.amounts import joined, plain
from bench.mutations.kinds import Language
from bench.mutations.saved import Fact, Price, Statement
from bench.mutations.shop import Shop, offers
from catalog.lexicon.attributes import label as usual_label
from catalog.model import Measure, Product

Name: TypeAlias = tuple[str, str]
"""What a product is called at the beginning of a sentence, and inside it."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def names(product: Product, statement: Statement, shop: Shop, alone: bool = True) -> list[Name]:
    """How it may be called here: by its title, by brand and model, or, if `alone`, as "it" where no other is shown."""
    language = statement.language
    title, short = shop.title(product, language), shop.short(product, language)
    ways = ["title", *(["short"] if short else []), *(["alone"] if alone and statement.alone else [])]
    pairs = [pair for way in ways for pair in shop.shapes.table(language, "names")[way]]
    called = {"title": title, "short": short}
    return [(first.format(**called), inside.format(**called)) for first, inside in pairs]


def labels(fact: Fact, language: Language, shop: Shop) -> list[str]:
    """What the attribute may be called."""
    label = fact.label if bool(_HAN.search(fact.label)) == (language == "zh") else usual_label(fact.key, language)
    found: list[str] = shop.shapes.table(language, "labels").get(fact.key, [label])
    return found


def figures(fact: Fact, said: str, called: list[Name], language: Language, shop: Shop) -> Iterator[str]:
    """All sentences that give the fact's attribute the amount `said`."""
    sentences = shop.shapes.sentences
    own = shop.shapes.table(language, "own").get(fact.key, [])
    if fact.key in sentences["only_in_place"]:
        return
    noun = language == "zh" or fact.key not in sentences["not_nouns"]
    for sentence in [*own, *(shop.shapes.wordings(language, "figure") if noun else [])]:
        for label in labels(fact, language, shop):
            yield from filled(sentence, called, label=label, value=said)
            if "{label}" not in sentence:
                break


def yes_no(fact: Fact, value: bool, called: list[Name], language: Language, shop: Shop) -> Iterator[str]:
    """All sentences that say the fact's attribute is or is not so."""
    for phrase in says(fact, value, language, shop):
        for sentence in shop.shapes.wordings(language, "yes_no"):
            yield from filled(sentence, called, says=phrase)


def says(fact: Fact, value: bool, language: Language, shop: Shop) -> list[str]:
    """What is said of a product of which the attribute is, or is not, so."""
    phrases = shop.shapes.booleans.get(fact.key, {}).get(language)
    return phrases[0 if value else 1].split("|") if phrases else []


def compared(fact: Fact, theirs: Fact, statement: Statement, shop: Shop) -> Iterator[str]:
    """All sentences that give one attribute of two products, or tell which has more of it."""
    language, called = statement.language, names(fact.product, statement, shop)
    sentences = shop.shapes.table(language, "compared")
    for _, other in names(theirs.product, statement, shop, alone=False):
        if isinstance(fact.value, Measure) and isinstance(theirs.value, Measure):
            more = fact.value.value > theirs.value.value
            for than in shop.shapes.table(language, "than").get(fact.key, [])[0 if more else 1 :: 2]:
                for sentence in sentences.get("than", []):
                    yield from filled(sentence, called, than=than.format(other=other))
            own, its = (joined(plain(one.value), one.unit, language) for one in (fact.value, theirs.value))
            noun = fact.key not in shop.shapes.sentences["not_nouns"]
            for sentence in sentences.get("figure", []) if noun else []:
                for label in labels(fact, language, shop):
                    yield from filled(sentence, called, other=other, label=label, value=own, theirs=its)
        elif isinstance(fact.value, bool):
            for phrase in says(fact, fact.value, language, shop):
                for sentence in sentences.get("yes_no", []):
                    yield from filled(sentence, called, other=other, says=phrase)


def priced(
    price: Price, amount: Decimal, called: list[Name], language: Language, shop: Shop, currency: str = ""
) -> Iterator[tuple[str, str]]:
    """(group, sentence) for all sentences that give the product the price `amount`, in its currency or another.

    {twice} is what two cost, where no promotion makes them cheaper, {was} the list price, where there is one above it.
    """
    said_in = currency or price.currency
    listed = {Decimal(one.list_price) for one in offers(price.product) if one.list_price}
    known = {"price": amount}
    if price.product.id not in shop.promoted:
        known["twice"] = amount * 2
    if len(listed) == 1 and max(listed) > amount:
        known["was"] = listed.pop()
    for group, sentences in shop.shapes.table(language, "price").items():
        for sentence in sentences:
            needed = {name for name in ("price", "twice", "was") if f"{{{name}}}" in sentence}
            for form in shop.shapes.table(language, "price_in_sentences")[said_in] if needed <= set(known) else []:
                told = {name: money.told(form, known[name], said_in, language) for name in needed}
                parts = {name: said for name, said in told.items() if said is not None}
                for found in filled(sentence, called, **parts) if len(parts) == len(needed) else []:
                    yield group, found


def shaped(shape: str, group: str) -> str:
    """The name of a shape whose sentences stand in groups."""
    return shape if group == "plain" else f"{shape}, {group}"


def filled(sentence: str, called: list[Name], **parts: str) -> Iterator[str]:
    """The sentence with each way to call the product that fits its place; "it" stands only at the beginning."""
    for first, inside in called:
        odd = inside == "it" and "{name} is" not in sentence and "{name} {says}" not in sentence
        if "{name}" in sentence and odd:
            continue
        yield sentence.format(Name=first, name=inside, **parts)
