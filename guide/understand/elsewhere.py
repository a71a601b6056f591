"""What no record of this shop can know: what another seller asks, and what things will cost or be some day.

A price of today is no answer to either, however near the question comes to one that has an answer.
"""

import re
from typing import Any

from guide.understand.rules import load, pattern

ANOTHER_SHOP = "another_shop"
TIME_TO_COME = "time_to_come"
BEYOND = frozenset({ANOTHER_SHOP, TIME_TO_COME})

_DATA: dict[str, Any] = load("elsewhere")
_TO_COME = {name: pattern([lines]) for name, lines in _DATA["to_come"].items()}
_SELLERS, _OURS = pattern(_DATA["sellers"]), pattern(_DATA["ours"])
_OFFER = pattern([_DATA["offer_zh"], _DATA["offer_en"]])
_SUBJECT = (
    r"(?a:\b)(?:does|do|did|has|have|is|are|can|could|will|would|at|on|from|by|via|than|in)\s+(?:the\s+)?$|['’]s\s*$"
)
_BEFORE = re.compile(_SUBJECT, re.IGNORECASE)
"""What stands before a seller's name in Latin letters where it is the seller and no brand (a Target bag)."""
_SENTENCE = re.compile(r"[^。！？!?\n]+")


def beyond(text: str) -> tuple[str, ...]:
    """Which of `BEYOND` a prepared text asks for, sentence by sentence."""
    sentences: list[str] = _SENTENCE.findall(text)
    found = ((ANOTHER_SHOP, _of_another_shop), (TIME_TO_COME, _of_a_time_to_come))
    return tuple(name for name, asks in found if any(asks(sentence) for sentence in sentences))


def _of_another_shop(sentence: str) -> bool:
    if _OURS.search(sentence) or not _OFFER.search(sentence):
        return False
    return any(_is_seller(sentence, match) for match in _SELLERS.finditer(sentence))


def _is_seller(sentence: str, match: re.Match[str]) -> bool:
    if not match.group().isascii():
        return True
    owns = sentence[match.end() :].startswith(("'s", "’s"))
    return owns or match.group().lower() == "elsewhere" or _BEFORE.search(sentence[: match.start()]) is not None


def _of_a_time_to_come(sentence: str) -> bool:
    if _TO_COME["announced"].search(sentence):
        return False
    chinese = _TO_COME["after_zh"].search(sentence) and _TO_COME["matter_zh"].search(sentence)
    english = all(_TO_COME[name].search(sentence) for name in ("will_en", "after_en", "matter_en"))
    return bool(chinese) or english
