"""Which products an earlier answer showed, read back from its text alone.

Clients that keep only texts lose the ids that an answer was sent with. An answer names its products by their whole
titles (a language model may shorten them), so that most texts tell their products again; one that does not is told as
unreadable, and "the second one" is asked back, never guessed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from guide.understand.mentions import STRONG, SURE, strength
from guide.understand.shop import Item, Shop
from guide.understand.text import blank, phrases

_LONGEST = 8000
"""Code points that an answer has at most; the guide's own stay far below."""
_UNIT = re.compile(r"[A-Za-z0-9]+|[^\W_]")
_QUOTE = re.compile(r"“[^”]*”")


class _Place(NamedTuple):
    """A product's name at the code points [start, end) of the text."""

    start: int
    end: int
    id: str


class Titles(msgspec.Struct, frozen=True):
    """Whole titles, in every language of a shop."""

    ids: dict[str, str]
    """Squeezed titles; "" when several products bear it."""
    heads: dict[str, int]
    """The first two words or characters of a title, and the most that a title with this beginning has."""

    @classmethod
    def build(cls, items: Iterable[Item]) -> "Titles":
        """Read every title once."""
        ids: dict[str, str] = {}
        heads: defaultdict[str, int] = defaultdict(int)
        for item in items:
            for title in item.titles:
                units = _UNIT.findall(_spelled(title))
                key, head = "".join(units).casefold(), "".join(units[:2]).casefold()
                ids[key] = item.id if ids.get(key, item.id) == item.id else ""
                heads[head] = max(heads[head], len(units))
        return cls(ids, dict(heads))

    def find(self, text: str) -> list[_Place]:
        """Titles in a spelled text, the longest at each place, none overlapping."""
        units = [(match.group().casefold(), *match.span()) for match in _UNIT.finditer(text)]
        found: list[_Place] = []
        for i, (word, start, _) in enumerate(units):
            if found and start < found[-1].end:
                continue
            head = "".join(unit[0] for unit in units[i : i + 2])
            key, best = "", None
            for unit, _, end in units[i : i + max(self.heads.get(head, 0), self.heads.get(word, 0))]:
                key += unit
                if key in self.ids:
                    best = _Place(start, end, self.ids[key])
            if best:
                found.append(best)
        return found


def shown(text: str, shop: Shop, titles: Titles) -> list[str] | None:
    """Ids of the products that an answer's text shows, in the order of mention (none: []), or None: unreadable."""
    spelled = _spelled(text)
    if len(spelled) > _LONGEST:
        return None
    places = titles.find(spelled)
    ids = list(dict.fromkeys(place.id for place in places))
    own = _QUOTE.sub(_blanks, blank(spelled, [(place.start, place.end) for place in places]))
    return None if "" in ids or _names_another(own, shop, ids) else ids


def _names_another(text: str, shop: Shop, ids: list[str]) -> bool:
    """Whether a product is named in short: beside whole titles only a model number is surely one."""
    enough = SURE if ids else STRONG
    hits = shop.names.find(phrases(text))
    return any(strength(text, phrase) >= enough for phrase, names in hits if not set(names) & set(ids))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _spelled(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
