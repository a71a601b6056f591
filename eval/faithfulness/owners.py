"""Whose amount is whose, where one sentence names several products: by the order of names and amounts."""

import re
from collections.abc import Sequence

from eval.names import Mention
from eval.text.blank import Placed

_IN_ORDER = re.compile(r"\brespectively\b|\bin that order\b|分别|依次", re.IGNORECASE)


def owners(text: str, named: Sequence[Mention], amounts: Sequence[Placed]) -> list[frozenset[str] | None]:
    """For each amount the ids of the product it is said of; None where the order tells nothing.

    "A has 1 l, B 2 l" and "1 l for A and 2 l for B" pair each amount with a name; "A and B have 1 l and 2 l" only does
    so if it adds "respectively".
    """
    unknown: list[frozenset[str] | None] = [None] * len(amounts)
    if len({mention.ids for mention in named}) < 2 or len(amounts) < 2:
        return unknown
    ordered = sorted([*((one.start, True) for one in named), *((one.start, False) for one in amounts)])
    kinds = "".join("n" if is_name else "a" for _, is_name in ordered)
    ids = [one.ids for one in sorted(named, key=lambda one: one.start)]
    if re.fullmatch(r"(?:na+)+", kinds):
        return [ids[kinds[:at].count("n") - 1] for at, kind in enumerate(kinds) if kind == "a"]
    if re.fullmatch(r"(?:an)+", kinds) or (kinds == "nn" + "a" * len(amounts) == "nnaa" and _IN_ORDER.search(text)):
        return list(ids)
    return unknown
