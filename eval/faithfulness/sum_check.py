"""Totals: what several of a product cost, or two products together."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from eval.text.english_numbers import NUMBER, english_number
from eval.text.quantities import CHINESE, chinese_number
from eval.worth import Amount

MOST = 12
"""More of one thing is a wholesale order, and any number would be a multiple of some price."""
_PIECE = "[件份个台套只双支盒瓶包部把本条张组袋块桶罐杯床顶辆盏]"
_SAID_OF = r"\s+(?:of|times|units?|pieces?|pcs|items?|make|come|cost|will|would|for|together|add|are|at)\b|[,.;]|$"
_SEVERAL = re.compile(
    rf"(?P<zh>\d+|[{CHINESE}]{{1,2}})\s?{_PIECE}(?!装)"
    r"|(?P<pair>一对|成双|双份|翻倍|加倍|\b(?:twice|double|a pair|a couple|both)\b)|(?P<thrice>\b(?:thrice|triple)\b)"
    rf"|(?<![\d.,$¥￥€£])\b(?P<en>{NUMBER}|\d{{1,2}})(?={_SAID_OF})",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:together|altogether|combined|in (?:total|all)|total(?:s|ling|ing)?|both|sum|adds? up|the (?:two|pair|set))\b"
    r"|一共|总共|合计|加起来|加一起|合起来|一起|共计|总计|两样|两款都|凑一(?:起|套|单)",
    re.IGNORECASE,
)


class Count(NamedTuple):
    """How many of a thing a text speaks of, and where."""

    number: int
    start: int
    end: int


def counts(text: str) -> list[Count]:
    """Each number of pieces from two to `MOST`."""
    found = [
        Count(int(number), *match.span()) for match in _SEVERAL.finditer(text) if (number := _number(match)) % 1 == 0
    ]
    return [one for one in found if 1 < one.number <= MOST]


def totals(text: str, priced: Sequence[set[Amount]]) -> set[Amount]:
    """What the text may give as a total, of the amounts each product it speaks of may be said to cost."""
    found = {
        Amount(one.value * count.number, one.currency) for count in counts(text) for held in priced for one in held
    }
    if _TOGETHER.search(text):
        for at, held in enumerate(priced):
            others = [one for row in priced[at + 1 :] for one in row]
            found |= {Amount(a.value + b.value, a.currency) for a in held for b in others if a.currency == b.currency}
    return found


def _number(match: re.Match[str]) -> float:
    if match["pair"]:
        return 2
    if match["thrice"]:
        return 3
    said = match["zh"] or match["en"]
    if said.isdigit():
        return int(said)
    return chinese_number(said) if match["zh"] else english_number(said)
