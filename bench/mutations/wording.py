"""Sentences round a fact, in a shopper's or a shop's words; all wordings are data beside this file."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from bench.mutations.kinds import Language
from bench.mutations.saved import Fact, Statement
from bench.mutations.shop import Shop
from catalog.lexicon.attributes import label as usual_label
from catalog.model import Product

Name: TypeAlias = tuple[str, str]
"""What a product is called at the beginning of a sentence, and inside it."""
_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def data(name: str) -> dict[str, Any]:
    """One of the files of wordings."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def wordings(language: Language, kind: str) -> list[str]:
    """The sentences of one kind."""
    found: list[str] = data("sentences")[language][kind]
    return found


def names(product: Product, statement: Statement, shop: Shop) -> list[Name]:
    """How a product may be called in this answer: by its title, by brand and model, or as "it" if no other is shown."""
    title, short = shop.title(product, statement.language), shop.short(product, statement.language)
    found = [(title, title)]
    if statement.language == "zh":
        return found + ([(short, short)] if short else []) + ([("这款", "这款")] if statement.alone else [])
    return found + ([(f"The {short}", f"the {short}")] if short else []) + ([("It", "it")] if statement.alone else [])


def figures(fact: Fact, said: str, called: list[Name], language: Language) -> Iterator[str]:
    """All sentences that give the fact's attribute the amount `said`."""
    sentences = data("sentences")
    own = sentences[language]["own"].get(fact.key, [])
    if fact.key in sentences["only_in_place"]:
        return
    every = wordings(language, "figure") if language == "zh" or fact.key not in sentences["not_nouns"] else []
    label = fact.label if bool(_HAN.search(fact.label)) == (language == "zh") else usual_label(fact.key, language)
    for sentence in [*own, *every]:
        yield from filled(sentence, called, label=label, value=said)


def yes_no(fact: Fact, value: bool, called: list[Name], language: Language) -> Iterator[str]:
    """All sentences that say the fact's attribute is or is not so."""
    says = data("booleans").get(fact.key, {}).get(language)
    for phrase in says[0 if value else 1].split("|") if says else []:
        for sentence in wordings(language, "yes_no"):
            yield from filled(sentence, called, says=phrase)


def filled(sentence: str, called: list[Name], **parts: str) -> Iterator[str]:
    """The sentence with each way to call the product that fits its place; "it" stands only at the beginning."""
    for first, inside in called:
        odd = inside == "it" and "{name} is" not in sentence and "{name} {says}" not in sentence
        if "{name}" in sentence and odd:
            continue
        yield sentence.format(Name=first, name=inside, **parts)
