"""A generated case on its way to the file."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeAlias

from eval.cases import Case
from eval.generate.shop import Shop
from eval.generate.wordings import Language

Maker: TypeAlias = Callable[[Shop, Language, Random], Iterator[Case]]
"""All cases of one kind in one language, in a drawn order; the id and the kind's tag are put on later."""
UNMET = ["nearest_match", "no_match"]
"""Right where nothing meets a wish."""


def case(intent: str, group: str, question: str, **gold: Any) -> Case:
    """A case without id; `group` names what it is about: wordings of one fact share it."""
    return Case(
        id="", question=question[:1].upper() + question[1:], tags=[f"intent:{intent}", f"group:{group}"], **gold
    )
