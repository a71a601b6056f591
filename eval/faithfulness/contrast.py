"""`Unlike B, A has …`, 跟 B 不一样: what is said of A holds of A and not of B."""

import re
from collections.abc import Callable, Sequence

from eval.faithfulness.model import Finding, Source
from eval.names import Mention

_BEFORE = re.compile(
    r"\b(?:unlike|as opposed to|opposed to|in contrast (?:to|with)|contrary to|different(?:ly)? from)"
    r"\s*(?:our |the |“)?$|(?:不同于|不像|有别于|区别于)\s*(?:咱们?家的?|我们家的?|「|“)?$",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:跟|和|与|同)\s*(?:咱们?家的?|我们家的?|「|“)?$")
_BEHIND = re.compile(r"^[」”]?\s*(?:则|却|就)?(?:不一样|不同|[正恰刚]?[好恰]?相反|is the opposite)")


def check_contrast(
    text: str, named: Sequence[Mention], source: Source, check: Callable[[Source], list[Finding]]
) -> list[Finding]:
    """What `check` finds of the source, or where two products are set against each other, of the one that is meant.

    A finding that holds of the other as well is contradicted.
    """
    apart = _apart(text, named, source)
    if apart is None:
        return check(source)
    own, other, marks = apart
    theirs = {(one.start, one.end) for one in check(_only(other, source)) if one.verdict == "supported"}
    found = [
        one._replace(verdict="contradicted") if (one.start, one.end) in theirs else one
        for one in check(_only(own, source))
    ]
    return found + [Finding("supported", "speaker", *span) for span in marks]


def _apart(
    text: str, named: Sequence[Mention], source: Source
) -> tuple[frozenset[str], frozenset[str], list[tuple[int, int]]] | None:
    """(ids of the product meant, of the other, where the words stand that set them apart)."""
    ids = {one.ids for one in named}
    for mention in named:
        rest = ids - {mention.ids}
        if len(rest) != 1:
            continue
        before, behind = text[: mention.start], _BEHIND.match(text[mention.end :])
        led = _BEFORE.search(before) or (_WITH.search(before) if behind else None)
        marks = [led.span()] if led else []
        marks += [(mention.end, mention.end + behind.end())] if behind else []
        if marks:
            return rest.pop(), mention.ids, marks
    return None


def _only(ids: frozenset[str], source: Source) -> Source:
    return source._replace(products=[product for product in source.products if product.id in ids])
