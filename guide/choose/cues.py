"""Words that say what about a product is asked: its price or stock, a part of it, what customers think."""

import re
from typing import Literal, TypeAlias

PriceOrder: TypeAlias = Literal["", "asc", "desc"]

_REVIEWS = re.compile(
    r"评价|评论|买家|买过|用户|口碑|反馈|大家(?:觉得|说)|"
    r"\breviews?\b|\bcustomers?\b|\bbuyers?\b|\bowners?\b|\bparents?\b|\bpeople say\b|\breal[- ]life\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"多少钱|什么价|啥价|价格|价钱|多少米|几块|卖多少|怎么卖|原价|现价|(?:活动|促销|到手|券后|折后)价|贵吗|拼团|团购|优惠|折扣|秒杀|"
    r"\bhow much\b(?!.{0,60}\b(?:weigh|hold|sugar|caffeine|water|memory|storage)\b)|"
    r"券|套装价|\bcoupons?\b|\bvouchers?\b|\bflash[- ]sale\b|\bon sale\b|\bdeal\b|\bbundle\b|"
    r"\bprices?\b|\bcosts?\b|\bi (?:have to |need to )?pay for (?:the|this|that|it|one)\b|"
    r"\bgroup (?:price|buy)\b|\bdiscount",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"有货|现货|库存|缺货|断货|能买到|买得到|还有吗|有吗|有[?？]|直接发货|什么时候(?:能)?发货|"
    r"有没有.{0,8}(?:色|码|款)|有.{1,6}色(?:的)?吗|"
    r"\bin stock\b|\bavailable\b|\bavailability\b|\bsold out\b|\bcan i (?:get|buy|order)\b|\bdo you have\b|"
    r"\bhave you got\b|\bgot (?:the|any)\b|\bdoes it come in\b|\bget .{0,30}(?:right now|today)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"替换|备用|单独(?:买|配)|单买|换新的|配件|耗材|补充装|"
    r"\breplacement\b|\bspare\b|\brefills?\b|\bextra (?:head|pad|filter)",
    re.IGNORECASE,
)


_CHEAPEST = re.compile(
    r"最便宜|最低价|\bcheapest\b|\blowest[- ]price|\blowest price\b|\bleast expensive\b|\bcosts? (?:the )?least\b",
    re.IGNORECASE,
)
_DEAREST = re.compile(
    r"最贵|最高价|\bdearest\b|\bmost expensive\b|\bhighest price\b|\bpriciest\b|\bcosts? (?:the )?most\b",
    re.IGNORECASE,
)
_CHEAPER = re.compile(r"便宜|划算|实惠|\bcheaper\b|\bless expensive\b|\bcosts? (?:the )?less\b", re.IGNORECASE)
_DEARER = re.compile(r"贵|\bdearer\b|\bpricier\b|\bmore expensive\b|\bcosts? (?:the )?more\b", re.IGNORECASE)


def price_order(text: str) -> PriceOrder:
    """Which end of the prices is asked for: asc the cheapest, desc the dearest, "" neither."""
    return "asc" if _CHEAPEST.search(text) else "desc" if _DEAREST.search(text) else ""


def compared_price(text: str) -> PriceOrder:
    """Which of several things is asked for by its price: asc what costs less, desc what costs more, "" neither."""
    if _CHEAPEST.search(text) or _CHEAPER.search(text):
        return "asc"
    return "desc" if _DEAREST.search(text) or _DEARER.search(text) else ""


_AMOUNT = re.compile(r"\bhow much\b.{0,60}\bweighs?\b", re.IGNORECASE)


def asks_weight(text: str) -> bool:
    """How much it weighs: a "how much" that is no price."""
    return _AMOUNT.search(text) is not None


def asks_offer(text: str) -> bool:
    """Price, stock or promotions."""
    return _PRICE.search(text) is not None or _STOCK.search(text) is not None


def asks_part(text: str) -> bool:
    """A part or an accessory, of which the product's own price says nothing."""
    return _PART.search(text) is not None


def asks_opinions(text: str) -> bool:
    """What customers say."""
    return _REVIEWS.search(text) is not None


def without_opinions(text: str) -> str:
    """The text without the words that ask for opinions."""
    return _REVIEWS.sub(" ", text)


_DIFFERENCE = re.compile(r"区别|不同|不一样|差(?:别|异|在|哪)|\bdiffer", re.IGNORECASE)


def asks_difference(text: str) -> bool:
    """In what two things differ."""
    return _DIFFERENCE.search(text) is not None


_SOLD = re.compile(
    r"(?:你们|店里|这里|贵店)有|有没有卖|卖不卖|有卖|卖吗|"
    r"\bdo you (?:sell|carry|stock|have)\b|\bgot any\b|\blooking for\b",
    re.IGNORECASE,
)


def asks_sold(text: str) -> bool:
    """Whether a kind of product is in the shop at all."""
    return _SOLD.search(text) is not None
