"""What is made: a changed answer, its kind, and where the change lies."""

from typing import Any, Literal, TypeAlias

import msgspec

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FAULTS = ("number", "unit", "product_swap", "boolean_flip", "invented_attribute", "stale_price", "stale_price_and_card")
CONTROLS = ("same_amount", "same_fact", "sentence_order", "politeness")


class Mutation(msgspec.Struct, kw_only=True):
    """One changed answer.

    `where` and `was` are [start, end] in code points of the changed statement in `body["text"]` and of the statement it
    replaces in the answer of the case `case`; an added sentence replaces nothing, its `was` is None. `shape` tells how
    it was made, `product` whose statement it is ("" for a shop text).
    """

    id: str = ""
    kind: str
    language: Language
    where: tuple[int, int]
    before: str
    after: str
    body: dict[str, Any]
    case: str
    shape: str
    product: str
    was: tuple[int, int] | None
