"""Yes stays yes: a sentence about a yes/no field says what the field says."""

import re
from collections.abc import Iterator

from catalog import lexicon
from guide.verify.ground import Fact
from guide.verify.reading import Reading
from guide.verify.text import clauses, folded

_NOT = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|lacks?|lacking|non|free of)\b"
    r"|n't\b|[-\s]free\b|不|没|无|非|未|否|免|勿|零",
    re.IGNORECASE,
)
# These hold a character of denial and deny nothing.
_HARMLESS = re.compile(
    r"是不是|有没有|能不能|是否|不仅|不但|不只|不过|不错|不同|不妨|不锈钢|不粘|无论|无线|无障碍|没问题|非常|否则|免费|未来"
    r"|零售|零食|not only|no problem",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\s*(?:(?P<yes>yes\b|是的|是[,，。!]|对[,，的]|可以|能[,，。]|有[,，的]|支持)|(?P<no>no\b|不|没有|否|无))",
    re.IGNORECASE,
)
# waterproof: no · 防水（否）
_VALUE = re.compile(r"\s*[:(]\s*(?:yes|true|是|有|支持|(?P<no>no|none|false|否|无|没有|不支持))\b", re.IGNORECASE)
_DENIED = re.compile(r"^(?:不含|不|无|免|零|非)(?=.)")


def truth(reading: Reading) -> Iterator[str]:
    """Complaints about yes/no fields that are told the other way round."""
    facts = [fact for fact in reading.ground().facts if fact.truth is not None]
    if not reading.sentence.citations:
        if reading.own:  # a frame names a field to say that it is not stated
            return
        facts = [fact for fact in facts if _named(_nameless(reading), fact)]
    for fact in facts:
        said = _said(reading, fact, alone=len(facts) == 1)
        if said is not None and said != fact.truth:
            yield f"{fact.name!r} is {'true' if fact.truth else 'false'} and said otherwise"


def tells(reading: Reading) -> bool:
    """Whether a sentence speaks of a yes/no field that it stands on."""
    return any(fact.truth is not None and _named(_nameless(reading), fact) for fact in reading.ground().facts)


def _nameless(reading: Reading) -> str:
    """The text with product names blanked out: an alcohol-free lotion may be called so in its title."""
    text = reading.text
    for mention in reading.subjects.mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _said(reading: Reading, fact: Fact, *, alone: bool) -> bool | None:
    """What the sentence says of the field; None when it says nothing that can be told."""
    text = _nameless(reading)
    for start, end in clauses(text):
        owner = reading.subjects.at(start)
        if owner and fact.product not in owner:
            continue
        polarity = _in_clause(text[start:end], fact, text[end:])
        if polarity is not None:
            return polarity
    answer = _ANSWER.match(text) if alone and bool(reading.sentence.citations) else None
    return None if answer is None else answer["yes"] is not None


def _in_clause(clause: str, fact: Fact, after: str) -> bool | None:
    for name in _names(fact):
        match = _find(name, clause)
        if match is not None:
            value = _VALUE.match(clause[match.end() :] + after)
            return value["no"] is None if value else not _denies(clause, match)
    for name in _opposites(fact):
        match = _find(name, clause)
        if match is not None:
            return _denies(clause, match)
    return None


def denies(text: str) -> bool:
    """Whether a text holds a word of denial."""
    return _NOT.search(_HARMLESS.sub(" ", text)) is not None


def _denies(clause: str, named: re.Match[str]) -> bool:
    return denies(clause[: named.start()] + " " + clause[named.end() :])


def _find(name: str, text: str) -> re.Match[str] | None:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]?").replace(r"\-", r"[\s-]?")
    if name[:1].isascii():
        pattern = rf"\b{pattern}"
    return re.search(pattern, text, re.IGNORECASE)


def _named(text: str, fact: Fact) -> bool:
    return any(_find(name, text) for name in (*_names(fact), *_opposites(fact)))


def _names(fact: Fact) -> list[str]:
    """What the field is called, longest first: a name that itself denies (无酒精) is matched as a whole."""
    known = {name for name, key in lexicon.attribute_names().items() if key == fact.key}
    known |= {folded(fact.name), lexicon.label(fact.key, "zh"), lexicon.label(fact.key, "en")}
    return sorted((name for name in known if len(name) > 1), key=len, reverse=True)


def _opposites(fact: Fact) -> list[str]:
    """For alcohol-free, 无酒精: the thing it is free of."""
    found = {_DENIED.sub("", name) for name in _names(fact) if _DENIED.match(name)}
    found |= {re.sub(r"[\s_-]free$", "", name) for name in _names(fact) if re.search(r"[\s_-]free$", name)}
    return sorted((name for name in found if len(name) > 1), key=len, reverse=True)
