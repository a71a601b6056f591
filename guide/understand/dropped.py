"""What no longer matters of a wish: "any brand is fine", 颜色无所谓, 不防水也行, "forget the touchscreen"."""

from typing import Any

import msgspec

from catalog.lexicon import attribute_names
from guide.understand import features
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import Span, lookup, phrases
from index.filters import Filter

_DATA = load("carried")
_DROPPED = {name: pattern(words) for name, words in _DATA["dropped"].items()}
_UNNEEDED = pattern(_DATA["unneeded"]["words"])
_NOTHING: dict[str, Any] = {"brand": [], "price": None, "rating_min": None, "in_stock": None}


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """The filter that is left, and the words that say what goes, which ask for nothing themselves."""

    left: Filter = Filter()
    spans: tuple[Span, ...] = ()


NOTHING_DROPPED = Dropped()


def dropped(text: str, old: Filter, shop: Shop) -> Dropped:
    """What is left of an earlier filter; a feature that it does not hold cannot go, so "no X" refuses it."""
    hits = {name: match.span() for name, words in _DROPPED.items() if (match := words.search(text))}
    for match in _UNNEEDED.finditer(text):
        what = next(words for words in match.groups() if words)
        named = [*features.named(what, shop), *(key for _, key in lookup(phrases(what), attribute_names()))]
        hits |= {key: match.span() for key in named if key in old.attributes or key in old.not_attributes}
    changes: dict[str, Any] = {
        "attributes": {key: value for key, value in old.attributes.items() if key not in hits},
        "not_attributes": {key: value for key, value in old.not_attributes.items() if key not in hits},
    }
    changes |= {name: nothing for name, nothing in _NOTHING.items() if name in hits}
    return Dropped(left=msgspec.structs.replace(old, **changes), spans=tuple(dict.fromkeys(hits.values())))
