"""How many products somebody wants to be shown: 推荐两款, "suggest two", "your top 5 laptops"."""

import re

_DIGITS = {
    "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
}  # fmt: skip
_NUMBER = rf"(?P<count>[2-6]|{'|'.join(_DIGITS)})"
# 推荐一款 asks for something, as "recommend a phone" does, and counts nothing. 两个孩子, 三个月 are not shown.
_WISHED = re.compile(
    rf"(?:推荐|介绍|列出?|挑|选|来|找)(?:一下|给?我们?|给?咱们?)?\s*(?:前|最好的)?{_NUMBER}\s*"
    r"(?:款|种|样|台|部|件|个(?!月|人|小时|星期|孩子|宝宝|小朋友|大人|老人|学生|屏|口|座))"
    rf"|\b(?:(?:recommend|suggest|show|give|list|pick|find|name)(?: me| us)? (?:the |your )?(?:top |best )?"
    rf"|(?:the|your) (?:top|best) |\btop )(?P<english>[2-6]|two|three|four|five|six)(?= [a-z])"
    r"(?! (?:stars?|hours?|inch\w*|years?|months?|days?|weeks?|people|persons?|kids|children|ports?|seats?|gb|tb"
    r"|lit(?:re|er)s?|kg|g|oz|lbs?|pounds?|dollars?|yuan|bucks|euros?|or|to|and)\b)",
    re.IGNORECASE,
)


def wished(text: str) -> int | None:
    """The number wished for, 2 to 6; None where none is said."""
    match = _WISHED.search(text)
    if match is None:
        return None
    said = (match["count"] or match["english"]).lower()
    return _DIGITS.get(said) or int(said)
