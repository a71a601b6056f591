"""Whom a statement speaks of: products named by title, by the start of one, or by their place among the cards."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from eval.answer import Card
from eval.names import Mention, NameIndex, short_forms
from eval.products import names
from eval.text.fold import CJK, contains
from eval.truth import Truth

_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
_ZH_PLACES = "一二三四五六123456"
_PLACE = re.compile(
    rf"\bthe (?P<en>{'|'.join(_PLACES)})\b(?= (?:one|product|option|model|is|has|costs|comes)\b)"
    rf"|第(?P<zh>[{_ZH_PLACES}])款",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\bthis (?:one|item|product|model)\b"
    r"|\bthe (?:item|product|model|one) (?:that )?you(?: are|'re) (?:looking at|asking about)\b"
    r"|(?:这一?|该|本)(?:款|件|台|只)(?:商品|产品)?|这个(?:商品|产品)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:than|unlike|opposed to|contrast|compared|comparison|versus|vs)\b|比|不同|不一样|相反|相比|相较",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』")
LEAST_TOKENS = 2
"""Words (or Chinese characters) of the shortest start that names a product."""


class _Title(NamedTuple):
    """A title of a product as words, and after how many of them a start may end."""

    id: str
    words: list[str]
    ends: frozenset[int]

    def held(self, words: list[str]) -> int:
        """How many of these words are a start of the title; 0 if they are none."""
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.words, words, strict=False)))
        return max((end for end in self.ends if end <= common), default=0)


class TitleStarts:
    """Finds the products of a shop by the start of a title: "Subu R2" of "Subu R2 sports watch, 5 ATM".

    A start holds the brand and further whole words; of a title without a brand, all that goes before its first
    separator. Several products may share one.
    """

    def __init__(self, truth: Truth) -> None:
        self._titles: dict[str, list[_Title]] = {}
        for product in truth.products():
            brand = set(_words(product.brand or ""))
            leads = {title: _brand_length(_words(title), brand) for title in names(product)}
            for title in filter(_words, leads):
                words, ends = _words(title), _word_ends(title)
                # Where one title starts with the brand, those in other languages start with its translation.
                lead = leads[title] or (ends[0] if any(leads.values()) else 0)
                told = [end for end in ends if end > lead] if lead else [len(_words(one)) for one in short_forms(title)]
                row = _Title(product.id, words, frozenset(end for end in told if end >= LEAST_TOKENS))
                self._titles.setdefault(words[0], []).append(row)

    def find(self, text: str) -> list[Mention]:
        """The longest start at each place, none inside another."""
        matches = list(_TOKEN.finditer(text))
        words = [match[0].lower() for match in matches]
        found = []
        at = 0
        while at < len(words):
            held = [(row.held(words[at:]), row.id) for row in self._titles.get(words[at], [])]
            longest = max((length for length, _ in held), default=0)
            if longest:
                ids = frozenset(id_ for length, id_ in held if length == longest)
                found.append(Mention(ids, matches[at].start(), matches[at + longest - 1].end()))
            at += longest or 1
        return found


@lru_cache(maxsize=4)
def title_starts(truth: Truth) -> TitleStarts:
    """The index of a shop, built once."""
    return TitleStarts(truth)


def mentions(text: str, shown: NameIndex, truth: Truth | None, cards: Sequence[Card]) -> list[Mention]:
    """What names products in a text, in order: those shown by any of their names, others by the start of a title.

    A name inside a longer quotation is said by the one who is quoted.
    """
    own = shown.find(text)
    starts = title_starts(truth).find(text) if truth else []
    found = [one for one in starts if not any(_inside(one, other) for other in own)]
    found += [one for one in own if not any(_overlap(one, other) for other in found)]
    found += [place for place in _places(text, cards) if not any(_overlap(place, other) for other in found)]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    outside = [one for one in found if not any(_is_said_in(text[start:end], one, start) for start, end in quoted)]
    return sorted(outside, key=lambda one: one.start)


def spoken_of(marked: Sequence[str], named: Sequence[Mention], text: str, truth: Truth | None) -> list[str]:
    """The ids a statement with these citations and names is held against.

    A statement that names other products than the one it cites speaks of those it names, unless the record it cites
    names them too: a case for a phone is cited for what fits the phone.
    """
    ids = sorted({id_ for mention in named for id_ in mention.ids})
    owners = {product.id for id_ in marked if truth and (product := truth.product(id_))}
    if truth is None or not owners or not ids or owners & set(ids):
        kept = {id_ for mention in named for id_ in (mention.ids & owners or mention.ids)}
        return [*marked, *sorted(kept - set(marked))]
    cited = [passage.text for id_ in {*marked, *owners} for passage in truth.passages(id_)]
    foreign = [one for one in named if not any(contains(said, text[one.start : one.end]) for said in cited)]
    return sorted({id_ for mention in foreign for id_ in mention.ids}) or list(marked)


def pointed_at(text: str, named: Sequence[Mention], marked: Sequence[str], truth: Truth | None) -> list[Mention]:
    """`this one`, compared with another product by its name: the one product that is cited."""
    owners = {product.id for id_ in marked if truth and (product := truth.product(id_))}
    match = _THIS.search(text)
    if (
        match is None
        or not named
        or not _BESIDE.search(text)
        or len(owners) != 1
        or any(one.ids & owners for one in named)
    ):
        return []
    return [Mention(frozenset(owners), *match.span())]


def _brand_length(words: list[str], brand: set[str]) -> int:
    return sum(1 for _ in takewhile(brand.__contains__, words))


def _words(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text)]


def _word_ends(title: str) -> list[int]:
    """After how many tokens a word of the title ends: at a space or a sign, not inside a run of Chinese."""
    matches = list(_TOKEN.finditer(title))
    return [at for at, match in enumerate(matches, start=1) if at == len(matches) or match.end() < matches[at].start()]


def _places(text: str, cards: Sequence[Card]) -> list[Mention]:
    """`the second is …`, 第二款: the card at that place."""
    found = []
    for match in _PLACE.finditer(text):
        place = _PLACES.index(match["en"].lower()) if match["en"] else _ZH_PLACES.index(match["zh"]) % len(_PLACES)
        if len(cards) > 1 and place < len(cards):
            found.append(Mention(frozenset({cards[place].id}), *match.span()))
    return found


def _is_said_in(quotation: str, name: Mention, start: int) -> bool:
    """Whether a quotation that says more than the name holds it; 「X」 alone is only a way to write X."""
    inside = start < name.start and name.end < start + len(quotation)
    return inside and len(quotation.strip()) > name.end - name.start + 2


def _inside(one: Mention, other: Mention) -> bool:
    return other.start <= one.start and one.end <= other.end


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
