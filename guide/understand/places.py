"""Countries that a question wants something sent to."""

import re
from functools import lru_cache

from babel import Locale

_SENDS = re.compile(
    r"\b(?:ship|deliver|send|post|export|dispatch)\w*\b|寄|发货|发往|发到|配送|送到|送货|邮到|运到", re.IGNORECASE
)
_ANYWHERE = re.compile(
    r"\bworld-?wide|\b(?:ship|deliver|send)\w*\b[^.\n]{0,24}\b(?:internationally|overseas|abroad|anywhere|everywhere)|"
    r"\binternational (?:shipping|delivery|shipments|orders)|\b(?:all|every|any) countr|"
    r"全球(?:配送|发货|包邮|直邮|各地)|世界各地|任何国家|各个?国家|国际(?:快递|配送|运输|物流)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[^.!。\n]*[?？](?!\s*(?:yes|sure|of course|we do|是|可以|能|支持|当然))", re.IGNORECASE)
"""A heading that asks, unless what follows says yes."""
_ALSO = {
    "AE": "UAE, Emirates, Dubai, 阿联酋, 迪拜",
    "CZ": "Czech Republic",
    "GB": "UK, U.K., Britain, Great Britain, England, Scotland, Wales",
    "HK": "Hong Kong, Hongkong, 香港",
    "KR": "Korea, 韩国",
    "MO": "Macau, Macao, 澳门",
    "SA": "沙特",
    "TR": "Turkey",
    "US": "USA, U.S., U.S.A., America, United States of America",
}
"""What people say besides the names of CLDR, for countries that are often asked for."""
_REGION = re.compile(r"\d{3}|EU|EZ|UN|QO|ZZ|X[A-Z]")
"""Codes of continents, unions and no place at all."""


def unreached(text: str, told: str) -> list[str]:
    """ISO 3166 codes of countries that the text wants something sent to and that the shop's texts cover by no name.

    A text that says worldwide, or names a continent or union, may cover any of them.
    """
    if not _SENDS.search(text):
        return []
    asked = [code for code, names in _countries().items() if names.search(text)]
    if not asked or _ANYWHERE.search(_ASKED.sub(" ", told)) or _regions().search(told):
        return []
    return [code for code in asked if not _countries()[code].search(told)]


@lru_cache(1)
def _countries() -> dict[str, re.Pattern[str]]:
    return {
        code: _names([*names, *_ALSO.get(code, "").split(", ")])
        for code, names in _territories().items()
        if not _REGION.fullmatch(code)
    }


@lru_cache(1)
def _regions() -> re.Pattern[str]:
    wide = [names for code, names in _territories().items() if _REGION.fullmatch(code) and code not in {"ZZ", "001"}]
    return _names([name for names in wide for name in names] + ["EU"])


def _territories() -> dict[str, tuple[str, str]]:
    """Codes of countries and regions with their English and Chinese names in CLDR."""
    english, chinese = Locale("en").territories, Locale("zh").territories
    return {str(code): (str(name), str(chinese.get(code, ""))) for code, name in english.items()}


def _names(names: list[str]) -> re.Pattern[str]:
    """Whole words in Latin letters, a capital first (turkey is a bird); Chinese names anywhere."""
    listed = [rf"\b{re.escape(name)}(?!\w)" if name.isascii() else re.escape(name) for name in names if name]
    return re.compile("|".join(listed))
