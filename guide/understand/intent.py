"""What a message is for, as far as its words alone tell; products and constraints are weighed in `understand`."""

import re
from typing import Literal, TypeAlias

from guide.understand.rules import load, pattern

Cue: TypeAlias = Literal["", "abuse", "order", "shop_question", "off_topic", "smalltalk"]

_RULES = {name: pattern(lines) for name, lines in load("intents").items()}
_SMALLTALK = re.compile(rf"(?:(?:{_RULES['smalltalk'].pattern})[\s,。.!?~、:;)(👍🙂😊😄❤]*)+", re.IGNORECASE)


def cue(text: str) -> Cue:
    """What the words alone settle; "" when the message is about products."""
    if _says("abuse", text):
        return "abuse"
    if _SMALLTALK.fullmatch(text.strip()):
        return "smalltalk"
    if _says("order", text) and (_says("own", text) or not _says("how_to", text)):
        return "order"
    if _says("off_topic", text):
        return "off_topic"
    return "shop_question" if _says("policy", text) else ""


def plainly_off_topic(text: str) -> bool:
    """Whether a rule names the matter (weather, code, votes), rather than nothing of the shop being recognised."""
    return _says("off_topic", text)


def compares(text: str) -> bool:
    """Whether the text sets things against each other."""
    return _says("compares", text)


def asks(text: str) -> bool:
    """Whether the text is a question rather than a wish."""
    return _says("asks", text)


def wants(text: str) -> bool:
    """Whether the text asks for products to choose from."""
    return _says("wants", text)


def asks_for(text: str) -> bool:
    """Whether the text asks for products, or whether there are any."""
    return _says("wants", text) or _says("has", text)


def elliptical(text: str) -> bool:
    """Whether the text goes on about what was spoken of before (what about purple, 黑色的呢)."""
    return _says("elliptical", text)


def alike(text: str) -> bool:
    """Whether other products are asked for, with a known one as the measure."""
    return _says("alike", text)


def suggests(text: str) -> bool:
    """Whether suggestions are asked for, whatever they are of (推荐点好东西, surprise me)."""
    return _says("suggests", text)


def generic(text: str) -> bool:
    """Whether products as such are counted: how many products, 多少款."""
    return _says("generic", text)


def counts(before: str) -> bool:
    """Whether what follows these words is counted (how many red …), not something it has (how many keys does the …)."""
    return not _says("owner", before)


def _says(rule: str, text: str) -> bool:
    return _RULES[rule].search(text) is not None
