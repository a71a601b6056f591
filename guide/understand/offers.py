"""Stock, rating and order of the results: 有货的, in stock, 4.5分以上, best rated, 按价格从低到高."""

import re

from guide.model import Constraint
from guide.understand.found import NOTHING, Found
from index.filters import Filter, Sort

_IN_STOCK = re.compile(
    r"(?:要|只要|只看)?(?:现在)?(?:有货|现货|有库存|能马上发货?|可以马上发货?)(?:的)?|"
    r"\b(?:that (?:is|are) )?(?:currently )?(?:in stock|"
    r"available (?:now|today|immediately)|ready to ship)\b",
    re.IGNORECASE,
)
_NOT_STOCK = re.compile(r"(?:没|没有|无|不)\s*$|\b(?:not|isn't|aren't|back)\s*$", re.IGNORECASE)
_RATING = (
    re.compile(
        r"(?:评分|好评|星级|打分|评价)(?:要|得)?(?:在|高于|大于|超过|不低于|至少)?\s*(?P<n>\d(?:\.\d)?)\s*(?:分|星|颗星)?(?:及|或)?(?:以上|起|\+)?",
    ),
    re.compile(r"(?P<n>\d(?:\.\d)?)\s*(?:分|星|颗星)(?:及|或)?(?:以上|起|\+)"),
    re.compile(
        r"(?:rated|rating(?:s)?(?: of)?|with(?: at least)?|stars?)\s*(?:at least|above|over|"
        r"more than|higher than|of)?\s*(?P<n>[1-5](?:\.\d)?)\s*\+?\s*(?:stars?|or (?:more|higher|"
        r"above|better)|and (?:up|above))?",
        re.IGNORECASE,
    ),
    re.compile(r"(?:at least|above|over|more than|minimum)\s*(?P<n>[1-5](?:\.\d)?)[- ]stars?", re.IGNORECASE),
    re.compile(
        r"(?P<n>[1-5](?:\.\d)?)\s*\+?[- ]?stars?(?: or (?:more|higher|above|better)| and (?:up|"
        r"above))?", re.IGNORECASE),
)  # fmt: skip
_RATED = re.compile(r"star|分|星|评|rat", re.IGNORECASE)
_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("price_asc", re.compile(
        r"最便宜|最低价|价格最低|从低到高|由低到高|便宜的(?:排|在)前|\bcheapest\b|\blowest[- ]pric|least expensive|"
        r"low to high", re.IGNORECASE)),
    ("price_desc", re.compile(
        r"最贵|价格最高|从高到低|由高到低|\bmost expensive\b|\bdearest\b|\bpriciest\b|high(?:est)? to low|"
        r"highest[- ]priced", re.IGNORECASE)),
    ("rating", re.compile(
        r"评分最高|评价最好|口碑最好|好评最多|(?:best|top|highest)[- ](?:rated|reviewed)|best reviews", re.IGNORECASE)),
    ("newest", re.compile(r"最新(?:款|的|上架|发布)|新品|\b(?:newest|latest|new arrivals?|just in)\b", re.IGNORECASE)),
)  # fmt: skip


def stock(text: str) -> Found:
    """`in_stock`, when a shopper wants only what can be had now."""
    match = _IN_STOCK.search(text)
    if match is None or _NOT_STOCK.search(text[: match.start()]):
        return NOTHING
    return Found(
        filter=Filter(in_stock=True),
        constraints=(Constraint("in_stock", match.group(), "true"),),
        spans=(match.span(),),
    )


def rating(text: str) -> Found:
    """The least rating, 0 to 5."""
    for pattern in _RATING:
        match = pattern.search(text)
        if match and _RATED.search(match.group()) and 0 < float(match["n"]) <= 5:
            return Found(
                filter=Filter(rating_min=float(match["n"])),
                constraints=(Constraint("rating", match.group().strip(), match["n"]),),
                spans=(match.span(),),
            )
    return NOTHING


def sort(text: str) -> tuple[Sort, Found]:
    """The order asked for, and the words that ask for it."""
    for name, pattern in _SORTS:
        match = pattern.search(text)
        if match:
            return name, Found(constraints=(Constraint("sort", match.group(), name),), spans=(match.span(),))
    return "relevance", NOTHING
