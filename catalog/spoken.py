"""Which language a merchant's text is written in, of more than the two that Shopguide answers in."""

import re
from typing import Literal, TypeAlias

from catalog.language import HAN

Spoken: TypeAlias = Literal["zh", "en", "ja", "ko", "de", "fr", "es", "other", "none"]

_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTER = re.compile(r"[^\W\d_]")
# Little words that one of the languages has and the others have not.
_WORDS: dict[Spoken, str] = {
    "en": "the and with of for is are this that your from it you or to by but was my at be have not",
    "de": "der die das und mit für von ist ein eine auf nicht im zum den oder",
    "fr": "le les et avec pour du est une sur dans au aux des vous ou qui",
    "es": "el los las y con para del es una por su al que se o más",
}
_LITTLE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SENTENCE = 5
"""Latin words from which little words can be expected; a shorter text is a name, which English shares."""
_LATIN_LETTERS_PER_HAN = 3
"""A Chinese character says about as much as three Latin letters."""


def spoken(text: str) -> Spoken:
    """The language of most of a text: "none" if it has no letters, "other" if it is none of those named here."""
    words = _LATIN.findall(text.casefold())
    latin_letters = sum(map(len, words))
    if text.isascii():
        return _latin(words) if words else "none"
    letters = len(_LETTER.findall(text))
    if not letters:
        return "none"
    latin = latin_letters / _LATIN_LETTERS_PER_HAN
    han, kana, hangul = (len(script.findall(text)) for script in (HAN, _KANA, _HANGUL))
    if han + kana + hangul > latin:
        if hangul > han + kana:
            return "ko"
        return "ja" if kana * 10 > han else "zh"
    if latin_letters * 2 < letters:
        return "other"
    return _latin(words)


def _latin(words: list[str]) -> Spoken:
    counts = {language: sum(map(little.__contains__, words)) for language, little in _LITTLE.items()}
    best = max(counts, key=counts.__getitem__)  # English where nothing tells, as for a name
    if not counts[best]:
        return "en" if len(words) < _SENTENCE * 3 else "other"
    return best


def contradicts(language: str, text: str) -> Spoken | None:
    """The language of a text where it is surely not the named one."""
    found = spoken(text)
    named = language.casefold().replace("_", "-").partition("-")[0]
    if found in {named, "none", "other"}:
        return None
    if named in {"zh", "ja", "ko"}:
        # A Latin name is no sentence; one character of the named script makes it a mixed text.
        wide = HAN.search(text) or _KANA.search(text) or _HANGUL.search(text)
        return None if wide or len(_LATIN.findall(text)) < _SENTENCE else found
    return found if found in {"zh", "ja", "ko"} or len(_LATIN.findall(text)) >= _SENTENCE * 2 else None
