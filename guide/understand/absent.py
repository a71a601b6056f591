"""What a question asks for and the shop has no word of: kinds of things it does not sell, matters it never mentions.

A near neighbour is no answer to either: a gift wrap is no gift card, and who asks for a treadmill wants no running
shoes. Absence is only claimed for what the lexicons know by all its usual names.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from catalog.lexicon import goods, synonyms
from guide.understand.nouns import is_head
from guide.understand.places import unreached
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.sold import Noun
from guide.understand.text import Phrase, lookup

# "a lamp for my treadmill", "works with gas stoves": what the wish is for or goes with, not the wish.
_PURPOSE = re.compile(
    r"(?<!look)(?<!looking)(?<!search)(?<!searching) for (?:\w+ ){0,2}$|"
    r" (?:with|on|onto|into|inside|against|from) (?:\w+ ){0,2}$|"
    r"(?:给|配|适合|适用|用在|放在|放进|装进|兼容|连接?|搭配)(?:我的?|你们的?)?$",
    re.IGNORECASE,
)

SENT_TO = "sent_to_"
"""Begins the name of a country as a matter."""


def unsold(text: str, phrases: Sequence[Phrase], nouns: tuple[tuple[Phrase, Noun], ...], shop: Shop) -> str:
    """The words for a kind of thing that no product and no text of the shop bears; "" if there is none.

    A noun of the shop elsewhere in the text is the wish; one inside the words (the cream of ice cream) is not.
    """
    for phrase, words in lookup(phrases, goods()):
        others = [p for p, _ in nouns if p.end <= phrase.start or phrase.end <= p.start]
        covering = [p for p, _ in nouns if p.start <= phrase.start and phrase.end <= p.end]
        compound = "-" in text[phrase.end : phrase.end + 2]  # fridge-sized
        if others or covering or compound or not is_head(text, phrase) or _PURPOSE.search(text[: phrase.start]):
            continue
        if not any(shop.told.bears(name) for word in words for name in synonyms(word)):
            return text[phrase.start : phrase.end]
    return ""


def unspoken(text: str, shop: Shop) -> tuple[str, ...]:
    """Matters that the text names and neither the shop's texts nor its products do.

    gift_card and the like from the list; sent_to_BR for a country that something is to be sent to.
    """
    told = shop.told.text
    places = [SENT_TO + code for code in unreached(text, told)]
    return (*(name for name in asked(text) if not speaks(name, told)), *places)


def asked(text: str) -> list[str]:
    """Matters that a text names."""
    return [name for name in _matters() if speaks(name, text)]


def speaks(matter: str, text: str) -> bool:
    """Whether a text names a matter of the list in either language."""
    return matter in _matters() and _matters()[matter].search(text) is not None


@lru_cache(1)
def _matters() -> dict[str, re.Pattern[str]]:
    return {name: pattern(lines) for name, lines in load("matters").items()}
