"""A guide speaks to the shopper, in the shopper's language, and not of its instructions."""

import re
from collections.abc import Iterator

from catalog.language import HAN, detect
from guide.verify.reading import Reading
from guide.verify.text import squeezed
from guide.write.prompt import FENCE, RULES

_LEAK = re.compile(
    r"system prompt|\bas an? (?:ai|artificial|language model|assistant)\b|language model|evidence sheet"
    r"|previous instructions|ignore (?:all|any|the|previous|prior|above)"
    r"|<\|?\w+\|?>|\[/?INST\]|\bassistant\s*:|\buser\s*:"
    r"|系统提示|提示词|作为(?:一个|一名)?\s?(?:AI|人工智能|语言模型|大模型)|语言模型"
    r"|忽略.{0,6}(?:指令|说明|规则)|(?:以上|之前)的?指令|证据表",
    re.IGNORECASE,
)
_SHEET = re.compile(r"^\s*findings?:|\bP\d+ [=·]| · [\w ]{2,40}: ", re.IGNORECASE)
"""How the sheet writes down what it knows; an answer says it in words."""
_RULE = 24
"""So many squeezed characters in a row of our own rules are no coincidence."""


def speech(reading: Reading) -> Iterator[str]:
    """Complaints about prompt talk, instructions, or another language."""
    if _LEAK.search(reading.text) or FENCE.search(reading.whole) or _recites(reading.whole):
        yield "it speaks of instructions"
    if not reading.own and _SHEET.search(reading.whole):
        yield "it is a line of the sheet"
    if not reading.own and _foreign(reading):
        yield f"it is not in {reading.context.decision.language}"


def _recites(text: str) -> bool:
    said = squeezed(text)
    return any(said[at : at + _RULE] in _RULES for at in range(len(said) - _RULE + 1))


def _foreign(reading: Reading) -> bool:
    """Another language outside of quotes and product names."""
    text = reading.text
    for mention in reversed(reading.subjects.mentions):
        text = text[: mention.start] + text[mention.end :]
    wanted = reading.context.decision.language
    if wanted == "zh":
        return not HAN.search(text) and detect(text, default=wanted) == "en"
    return len(HAN.findall(text)) > len(re.findall(r"[A-Za-z]+", text))


_RULES = squeezed(RULES)
