"""Products and brands that a question names and the shop does not have."""

import re
from collections.abc import Sequence

from catalog.lexicon import fold
from catalog.quantity import parse
from guide.understand.brands import fits
from guide.understand.names import is_model, squeeze
from guide.understand.rules import load
from guide.understand.shop import Shop
from guide.understand.spelling import title_words
from guide.understand.text import Phrase, lookup

_QUOTED = re.compile(r"[「『《“\"]([^「」『』《》“”\"]{2,60})[」』》”\"]")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*\+?")
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)(?<![A-Za-z0-9'])[A-Z][A-Za-z]+(?:[ -](?:[A-Z][A-Za-z]*|\d+)\b\+?)*")
_NAMED = re.compile(r" ?((?:[A-Z][a-z]{3,}|[A-Z]{1,3}-?[0-9]{1,4})\b\+?)")
"""A capitalised word or a model number."""
_DATA = load("unknown")
_FAMOUS = {fold(name): name.strip() for names in _DATA["brands"].values() for name in names.split(",")}
_ORDINARY = frozenset(fold(word) for word in _DATA["ordinary"].split(","))


def read(text: str, phrases: Sequence[Phrase], shop: Shop, *, strict: bool) -> str:
    """The first name in the text that nothing in the shop bears, or ""; if `strict`, a capital letter makes no name."""
    famous = [
        (p.start, text[p.start : p.end])
        for p, _ in lookup(phrases, _FAMOUS)
        if p.folded not in shop.brands and p.folded not in shop.words and not fits(text, p)
    ]
    quoted = [(m.start(), m[1]) for m in _QUOTED.finditer(text) if not _known(m[1], shop)]
    models = [(m.start(), m.group()) for m in _TOKEN.finditer(text) if _strange_model(m.group(), shop)]
    names = () if strict else _CAPITALISED.finditer(text)
    capitals = [(m.start(), m.group()) for m in names if _strange_name(m.group(), shop)]
    found = sorted([*famous, *quoted, *models, *capitals])
    return _whole(text, found) if found else ""


def beside_brand(text: str, phrases: Sequence[Phrase], shop: Shop) -> str:
    """A brand of the shop with a name or model that nothing here bears right after it (Corrie Field Lunar), or ""."""
    for phrase, _ in lookup(phrases, shop.brands):
        after = _NAMED.match(text, phrase.end)
        if after is None or after[1].lower() in shop.words or fold(after[1]) in _ORDINARY:
            continue
        if squeeze(after[1]) not in shop.names.ids and not parse(after[1]) and fold(after[1]) not in shop.values:
            return text[phrase.start : after.end()]
    return ""


def _known(name: str, shop: Shop) -> bool:
    words = [word.lower() for word in title_words(name)]
    return squeeze(name) in shop.names.ids or all(word in shop.words or word in _ORDINARY for word in words)


def _strange_model(token: str, shop: Shop) -> bool:
    squeezed = squeeze(token)
    if len(squeezed) < 3 or not is_model(squeezed) or parse(token):
        return False
    return squeezed not in shop.names.ids and token.lower() not in shop.words and fold(token) not in shop.values


def _strange_name(name: str, shop: Shop) -> bool:
    if name.isupper():  # SIM, LDAC: abbreviations are features more often than products
        return False
    words = [word.lower() for word in re.split(r"[ -]", name) if word and not word.isdigit()]
    return not any(word in shop.words or word in _ORDINARY or word.rstrip("s") in shop.words for word in words)


def _whole(text: str, found: list[tuple[int, str]]) -> str:
    """Neighbouring finds are one name: 华为 Mate70 Pro."""
    start, end = found[0][0], found[0][0] + len(found[0][1])
    for place, name in found[1:]:
        if place <= end + 1:
            end = max(end, place + len(name))
    tail = _TAIL.match(text, end)
    return text[start : tail.end() if tail else end].strip('「」『』《》“”" ')


_TAIL = re.compile(r"(?:\s?(?:Pro|Max|Plus|Ultra|Mini|Air|Lite|SE|\d+)\b\+?)+", re.IGNORECASE)
