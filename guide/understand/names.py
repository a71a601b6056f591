"""Which words of a question are the name of which product.

An inverted index of the first words after the brand (in runs of one to three), of model numbers anywhere in a title, of
whole titles and of ids. A name shared by many products names none of them and is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from catalog.lexicon import attribute_names, fold, kind_of, kinds, value
from catalog.quantity import parse
from guide.understand.spelling import brand_names, title_words
from guide.understand.text import Phrase

_FIRST = 5
"""How many words after the brand may be a name."""
_RUN = 3
_SHARED = 8
"""A name that more products than this bear is a kind of thing, not a name."""
_HAN = re.compile(r"[\u3400-\u9fff]")
# What looks like a model number but is a standard, a rating or a measure.
_SPEC = re.compile(
    r"ipx?\d\w?|spf\d+\+?|pa\++|usb.*|wpa\d|h26\d|\d+[a-z]{1,3}|\d+(?:x|×)\d+.*|wi?fi\d\w?|"
    r"bt\d.*|\d+in\d|r\d{3}|hdmi.*|mp\d|[24-9]k|[345]g|\d+(?:st|nd|rd|th)|\d+%|gen\d|ps\d|"
    r"[a-z]*\d+bit"
)
_COUNT = re.compile(r"[一二两三四五六七八九十]+[对双件套只支个条包盒瓶片装]*")
_EDITION = re.compile(r"(?<=..)(?:版|款)$")
_MODEL = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9.+]{3,}")


class Names(msgspec.Struct, frozen=True):
    """Squeezed names with the ids they may stand for, and how many name words each product has."""

    ids: dict[str, tuple[str, ...]]
    words: dict[str, frozenset[str]]

    @classmethod
    def build(cls, titles: Iterable[tuple[str, tuple[str, ...], str]]) -> "Names":
        """From (id, titles, brand) of every product."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        words: dict[str, frozenset[str]] = {}
        for product_id, texts, brand in titles:
            found[squeeze(product_id)].add(product_id)
            heads: list[str] = []
            for text in texts:
                found[squeeze(text)].add(product_id)
                head, rest = _after_brand(text, brand)
                heads += head
                for name in (*_runs(head), *filter(is_model, map(squeeze, rest))):
                    found[name].add(product_id)
            words[product_id] = frozenset(map(squeeze, heads))
        return cls({name: tuple(sorted(ids)) for name, ids in found.items() if len(ids) <= _SHARED and name}, words)

    def find(self, phrases: Iterable[Phrase]) -> list[tuple[Phrase, tuple[str, ...]]]:
        """Names in the phrases with the products they may mean, longest first, none overlapping, in order of place."""
        hits = [(phrase, self.ids[phrase.squeezed]) for phrase in phrases if phrase.squeezed in self.ids]
        hits.sort(key=lambda hit: (hit[0].start - hit[0].end, hit[0].start))
        kept: list[tuple[Phrase, tuple[str, ...]]] = []
        for phrase, ids in hits:
            if all(phrase.end <= other.start or phrase.start >= other.end for other, _ in kept):
                kept.append((phrase, ids))
        return sorted(kept, key=lambda hit: hit[0].start)


def calls(text: str, word: str) -> bool:
    """Whether a text calls something by an edition: 无线充的那款 is 无线充版; 支持无线充电吗 asks for a field."""
    edition = _EDITION.sub("", word)
    return edition != word and re.search(re.escape(edition) + "[的那这版款]", squeeze(text)) is not None


def squeeze(name: str) -> str:
    """Folded and without blanks: SY-K87 Pro+ and SYK87 pro+ alike."""
    return fold(name).replace(" ", "").replace("&", "").replace(",", "")


@lru_cache(65536)
def is_model(squeezed: str) -> bool:
    """Whether it looks like a model number: letters and digits, and no known standard or measure."""
    return _MODEL.fullmatch(squeezed) is not None and _SPEC.fullmatch(squeezed) is None


def _after_brand(title: str, brand: str) -> tuple[list[str], list[str]]:
    """The words that may be a name, and those after them."""
    words, own = title_words(title), {part for name in brand_names(brand) for part in (name, *name.split())}
    while words and (fold(words[0]) in own or squeeze(words[0]) in own):
        words = words[1:]
    return words[:_FIRST], words[_FIRST:]


def _runs(words: list[str]) -> Iterable[str]:
    for i in range(len(words)):
        for n in range(1, min(_RUN, len(words) - i) + 1):
            run = words[i : i + n]
            if _names_together(run) if n > 1 else _names_alone(run[0], i):
                yield squeeze("".join(run))


def _names_together(run: list[str]) -> bool:
    """Several words name a product unless they end in a kind of thing (Running Shoes) or only size one (Cable 3m)."""
    if any(is_model(squeeze(word)) for word in run):
        return True
    words = [word for word in run if not word.isdigit() and not _SPEC.fullmatch(squeeze(word))]
    if len(words) < len(run):
        return any(len(word) > 1 and not _generic(fold(word)) for word in words)
    return not any(_generic(fold(" ".join(run[i:]))) for i in range(len(run)))


def _names_alone(word: str, place: int) -> bool:
    """A single word names a product if it is a model number or, early in the title, no word of the shop's language."""
    squeezed = squeeze(word)
    if is_model(squeezed):
        return True
    if place > 1 or squeezed.isdigit() or len(squeezed) < 2 or _SPEC.fullmatch(squeezed) or parse(word):
        return False
    return not _generic(fold(word)) and (len(squeezed) <= 6 or not _HAN.search(squeezed))


@lru_cache(65536)
def _generic(word: str) -> bool:
    known: Mapping[str, str] = attribute_names()
    if word in known or kinds(word) or kind_of(value(word)) or _COUNT.fullmatch(word):
        return True
    tails = (word[i:] for i in range(1, len(word) - 1))
    return bool(_HAN.search(word)) and any(kinds(tail) or tail in known for tail in tails)
