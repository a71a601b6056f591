"""What a shopper wants to spend: 预算三千以内, 两千元左右, 100到200, under $50, between, at least."""

import math
import re
from collections.abc import Callable
from decimal import Decimal

import msgspec

from catalog import numerals, quantity
from catalog.money import Money, display, exponent
from guide.model import Constraint
from guide.understand import bounds, currencies
from guide.understand.found import NOTHING, Found, join
from guide.understand.rules import load, pattern
from guide.understand.shop import Shop
from guide.understand.text import Span
from index.filters import Filter, PriceFilter


class Amount(msgspec.Struct, frozen=True):
    """A number that may be money; `sign` is the currency as said, "" for a bare number; `upper` as in 两三千."""

    value: float
    sign: str
    start: int
    end: int
    upper: float | None = None


_RULES = {name: pattern(lines) for name, lines in load("budget").items()}
# A bare number before one of these counts or measures something else than money.
_COUNTED = re.compile(
    r"\s*(?:个(?!月)|人|款|件|片|星|分|米|键|核|岁|度|次|张|只|条|倍|档|寸|码|支|层|瓶|册|包(?!邮)|天|号|楼|期|粒|页|代|折|"
    r"people|persons?|stars?|pages?|pieces?|keys?|colou?rs?|cores?|ports?|packs?|items?|products?|options?|star|sizes?|"
    r"p\b|fps\b|dpi\b|fill\b|count\b|thread|litres?\b|players?|speeds?|"
    r"ways?|in one|x\b|%|st\b|nd\b|rd\b|th\b|points?|/\s*5|out of)",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\s*(?:以内|之内|以下|之下|以上|左右|上下)")
"""A small number in characters (九十) is money only where a bound follows."""
_BOUNDED = re.compile(r"(?:低于|少于|小于|不到|(?:不|别)?超过|不高于|高于|多于|不低于|不少于)\s*$")
"""Words before a number that bound it as much."""
_THOUSANDS = re.compile(
    r"k(?![a-z0-9])|"
    r"\s?(?:-|~|到|至|to|and)\s?[\w.]+?(?:k\b|[百千万]|\s(?:hundred|thousand|grand)\b)",
    re.IGNORECASE,
)
_NOT_MONEY_BEFORE = re.compile(
    r"(?:码|尺码|号|评分|蓝牙|#|前|第|订单|(?<![A-Za-z])(?:sizes?|rating|rated|stars?|SPF|USB|wi-?fi|bluetooth|gen|no\.?|"
    r"version|v|dpi|top|age[ds]?|order))\s*$",
    re.IGNORECASE,
)


_POUNDS = frozenset({"pound", "pounds"})
_LEAST_STERLING = 25
"""Fewer pounds than this weigh something, unless money is spoken of."""


_FEW = 3
_CLASSIFIED = re.compile(r"块(?!钱)[\u3400-\u9fff]{2}")
"""一块手表 is one watch."""


def read(text: str, shop: Shop, locale: str | None) -> tuple[Found, str]:
    """The budget as a price filter, and a currency that was named but is not sold ("" if none)."""
    amounts = [amount for amount in _amounts(text) if amount.value > 0]
    parts: list[Found] = []
    missing = ""
    for bound in bounds.read(text, [(amount.start, amount.end) for amount in amounts]):
        said = [amounts[i] for i in bound.marks]
        kind, span = _kind(text, bound, said)
        if not kind:
            continue
        sign = next((amount.sign for amount in said if amount.sign), "")
        currency, sold = currencies.resolve(sign, shop, locale) if sign else (shop.currency, True)
        if not sold:
            missing = currency
        values = [value for amount in said for value in (amount.value, amount.upper) if value is not None]
        low, high = _limits("range" if len(values) > 1 else kind, values)
        parts.append(_found(text, span, currency, low, high, sold=sold))
    return (join(parts), missing) if parts else (NOTHING, "")


def _amounts(text: str) -> list[Amount]:
    """Numbers with what they are counted in, less those that carry a unit of measure."""
    measured = [(q.start, q.end) for q in quantity.parse(text)]
    found = []
    for number in numerals.find(text):
        before = currencies.BEFORE.search(text[: number.start])
        after = currencies.AFTER.match(text, number.end)
        sign = before.group() if before else (after and after["sign"]) or ""
        if sign == "块" and number.value <= _FEW and _CLASSIFIED.match(text, number.end):
            continue
        if sign.strip().lower() in _POUNDS and number.value < _LEAST_STERLING and not _RULES["budget"].search(text):
            continue
        if not sign and (any(a <= number.start < b for a, b in measured) or not _bare(text, number)):
            continue
        start = before.start() if before else number.start
        kilo = 1000 if after and after["kilo"] else 1
        found.append(Amount(number.value * kilo, sign, start, after.end() if after else number.end, number.upper))
    return found


def _bare(text: str, number: numerals.Number) -> bool:
    """Whether a number without a currency can be money at all."""
    if _COUNTED.match(text, number.end) or _NOT_MONEY_BEFORE.search(text[: number.start]):
        return False
    if number.value < 10:  # 3k, and the near end of 2到3千
        return bool(_THOUSANDS.match(text, number.end))
    written = text[number.start : number.end]
    plain = any(c.isdigit() for c in written) or number.value >= 100 or written.isascii()
    bounded = _ROUND.match(text, number.end) or _BOUNDED.search(text[: number.start])
    return plain or bounded is not None


def _kind(text: str, bound: bounds.Bound, said: list[Amount]) -> tuple[str, Span]:
    """The kind of limit and its words; "" if the number is no budget."""
    before, after = text[: bound.start], text[bound.end :]
    lead = _RULES["lead"].search(before)
    start = lead.start() if lead else bound.start
    if bound.kind != "bare":
        money = any(amount.sign for amount in said) or lead or len(said) == 1 or _range_of_money(text, bound)
        return (bound.kind if money else "", (start, bound.end))
    if lead:
        return "max", (start, bound.end)
    if said[0].upper is not None:
        return "range", (bound.start, bound.end)
    spends = _RULES["spends"].match(after)
    if spends and (said[0].sign or _RULES["budget"].search(text)):
        return "max", (bound.start, bound.end + spends.end())
    return ("near", (bound.start, bound.end)) if said[0].sign and not _asks_price(text) else ("", (0, 0))


def _range_of_money(text: str, bound: bounds.Bound) -> bool:
    """100到200 and 100-200 alone are money unless a hyphen joins a model number to something."""
    joined = text[bound.start : bound.end]
    return not re.search(r"\d[-/]\d", joined) or bool(_RULES["budget"].search(text)) or len(text) - len(joined) < 40


def _asks_price(text: str) -> bool:
    return bool(re.search(r"多少钱|how much|\bfree\b|包邮|免邮|运费|shipping", text, re.IGNORECASE))


def _limits(kind: str, values: list[float]) -> tuple[float | None, float | None]:
    if kind == "range":
        low, high = values[0], values[-1]
        if low < 10 and high >= 100:  # 2到3千, $2-3k: the far end's power holds for both
            low *= 10 ** math.floor(math.log10(high))
        return min(low, high), max(low, high)
    if kind == "near":
        return values[0] * (1 - bounds.NEAR), values[0] * (1 + bounds.NEAR)
    if kind == "over":
        return values[0], values[0] * (1 + bounds.OVER)
    return (None, values[0]) if kind == "max" else (values[0], None)


def _found(text: str, span: Span, currency: str, low: float | None, high: float | None, *, sold: bool) -> Found:
    minimum, maximum = _minor(low, currency, math.floor), _minor(high, currency, math.ceil)
    value = "-".join("" if end is None else display(Money(end, currency)) for end in (minimum, maximum))
    return Found(
        filter=Filter(price=PriceFilter(currency=currency, min=minimum, max=maximum)) if sold else Filter(),
        constraints=(Constraint("price", text[slice(*span)].strip(), value),),
        spans=(span,),
    )


def _minor(value: float | None, currency: str, rounding: Callable[[Decimal], int]) -> int | None:
    return None if value is None else rounding(Decimal(str(round(value, 6))).scaleb(exponent(currency)))
