"""Which price an amount is said to be: today's, or the one it is marked down from."""

import re
from collections.abc import Sequence
from typing import Literal

from eval.text.prices import Price

Kind = Literal["now", "list", "either"]

_LIST = (
    r"\b(?:list|original|regular|usual|normal|retail|reference|old|former|previous|full)\s+price"
    r"|\b(?:rrp|msrp|originally|usually|normally|regularly|formerly|previously|was|used to|instead of|rather than)\b"
    r"|\b(?:down|reduced|discounted|cut) from\b"
    r"|原价|划线价|市场价|吊牌价|零售价|参考价|门市价|原来|原先|原本|平时|平常|日常价|以前|之前|此前|从前|曾经|而不是"
)
_NOW = (
    r"\b(?:now|today|currently|current|at present)\b"
    r"|现价|现在|今天|今日|目前|眼下|当前|秒杀价|活动价|优惠价|到手价|降到|降至"
)
_WORD = re.compile(rf"(?P<list>{_LIST})|(?P<now>{_NOW})", re.IGNORECASE)
_AFTER = re.compile(
    rf"^\s*(?:\(|（|的|,|，|is|was|as)?\s*(?:its|the|a|an|是|为)?\s*(?:{_LIST}|\bbefore\b)", re.IGNORECASE
)
_FROM = re.compile(
    r"(?:从|由)\s*$|\b(?:cut|dropped|reduced|fell|fallen|lowered|went down|gone down|marked down) from\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"^\s*(?:一路|直接|已经?)?(?:下?调|直?降价?|减|跌|便宜|优惠|改|down|to\b)", re.IGNORECASE)
_PART = re.compile(r"[。；;!！?？（）()]|\.\s")


def kind_of(text: str, at: int, amounts: Sequence[Price]) -> Kind:
    """What the words around the amount number `at` of a text make of it.

    Words that follow it leave it open, because they may as well lead to the next one ("¥168, 原价 ¥198").
    """
    price = amounts[at]
    start = amounts[at - 1].end if at else 0
    start = max([start, *(match.end() for match in _PART.finditer(text, start, price.start))])
    if _FROM.search(text, start, price.start) and _TO.match(text[price.end :]):
        return "list"
    words = list(_WORD.finditer(text, start, price.start))
    if words and words[-1]["list"]:  # the last word before it counts: "down from the list price to now $49.90"
        return "list"
    end = amounts[at + 1].start if at + 1 < len(amounts) else len(text)
    return "either" if _AFTER.match(text[price.end : end]) else "now"
