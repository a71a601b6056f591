"""Places in the list that was shown: 第二个, the last one, the first two, the former."""

from catalog import numerals
from guide.understand.mentions import Mentions
from guide.understand.rules import load, pattern

_DATA = load("pointers")
_PLACES = [(int(place), pattern(words)) for place, words in _DATA["place"].items()]
_MIDDLE, _FIRST_SOME, _LAST_SOME = (pattern(_DATA[name]) for name in ("middle", "first_some", "last_some"))


def read(text: str, before: tuple[str, ...], earlier: list[tuple[str, ...]]) -> Mentions | None:
    """What stands at the places that the text counts off, None where it counts none.

    `before` is the list last shown; a place that it does not have is looked for in the longer ones before it.
    """
    for words, tail in ((_FIRST_SOME, False), (_LAST_SOME, True)):
        some = words.search(text)
        if some and before:
            count = int(numerals.find(some["n"] or some["m"])[0].value)
            long = _having(count, before, earlier)
            return Mentions(long[-count:] if tail else long[:count], (some.span(),))
    hits = [(match.span(), place) for place, words in _PLACES for match in words.finditer(text)]
    hits = [hit for hit in hits if not any(_inside(hit[0], other) for other, _ in hits)]
    if (middle := _MIDDLE.search(text)) and len(before) % 2 and len(before) > 1:
        hits.append((middle.span(), len(before) // 2))
    return _at(text, sorted(hits), before, earlier) if hits else None


def _at(
    text: str, hits: list[tuple[tuple[int, int], int]], before: tuple[str, ...], earlier: list[tuple[str, ...]]
) -> Mentions:
    needed = max(place + 1 if place >= 0 else -place for _, place in hits)
    known = _having(needed, before, earlier)
    if len(known) < needed:
        (start, end), _ = next(hit for hit in hits if hit[1] >= len(known) or not known)
        return Mentions(unresolved=text[start:end].strip())
    return Mentions(tuple(dict.fromkeys(known[place] for _, place in hits)), tuple(span for span, _ in hits))


def _having(count: int, before: tuple[str, ...], earlier: list[tuple[str, ...]]) -> tuple[str, ...]:
    return next((ids for ids in (before, *earlier) if len(ids) >= count), before)


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other != span and other[0] <= span[0] and span[1] <= other[1]
