"""Which currency a shopper means: words and signs to ISO 4217 codes; a sign may stand for several."""

import re

from guide.understand.shop import Shop

# (pattern, codes it may mean in the order of likelihood)
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"US\$|USD|美元|美金|美刀|刀(?!具|子|片|刃|架|锋)|(?:us|american) dollars?", ("USD",)),
    (r"HK\$|HKD|港币|港元|港纸|hong kong dollars?", ("HKD",)),
    (r"NT\$|TWD|NTD|新台币|台币|taiwan dollars?", ("TWD",)),
    (r"A\$|AUD|澳元|澳币|澳刀|(?:aussie|australian) dollars?", ("AUD",)),
    (r"C\$|CAD|加元|加币|加拿大元|canadian dollars?", ("CAD",)),
    (r"S\$|SGD|新加坡元|新币|坡币|singapore dollars?", ("SGD",)),
    (r"NZ\$|NZD|纽元|新西兰元|new zealand dollars?", ("NZD",)),
    (r"CNY|RMB|人民币|软妹币|yuan|kuai|renminbi|元|块钱|块(?![装桶])|圆|大洋", ("CNY",)),
    (r"JPY|日元|日币|日圆|円|yen", ("JPY",)),
    (r"EUR|€|欧元|欧(?!洲)|euros?", ("EUR",)),
    (r"GBP|£|英镑|镑|pounds?(?: sterling)?|sterling|quid", ("GBP",)),
    (r"KRW|₩|韩元|韩币|韩圆|won", ("KRW",)),
    (r"INR|₹|卢比|rupees?", ("INR",)),
    (r"CHF|瑞士法郎|法郎|(?:swiss )?francs?", ("CHF",)),
    (r"THB|฿|泰铢|baht", ("THB",)),
    (r"RUB|₽|卢布|rubles?|roubles?", ("RUB",)),
    (r"MYR|马币|令吉|ringgit", ("MYR",)),
    (r"BRL|R\$|雷亚尔|reais", ("BRL",)),
    (r"VND|₫|越南盾", ("VND",)),
    (r"SEK|NOK|DKK|克朗|kronor|kroner?", ("SEK", "NOK", "DKK")),
    (r"MXN|比索|pesos?", ("MXN",)),
    (r"\$|dollars?|bucks?", ("USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD")),
    (r"¥|¥", ("CNY", "JPY")),
)
_ANY = "|".join(pattern for pattern, _ in _SIGNS)
BEFORE = re.compile(rf"(?:{_ANY})\s*$", re.IGNORECASE)
AFTER = re.compile(rf"(?P<kilo>k(?![a-z0-9]))?(?:\s*(?P<sign>{_ANY})(?:人民币|钱)?(?![a-z]))?", re.IGNORECASE)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), codes) for pattern, codes in _SIGNS)
_LOCALES = {
    "US": "USD", "CN": "CNY", "JP": "JPY", "CA": "CAD", "AU": "AUD", "HK": "HKD", "SG": "SGD", "TW": "TWD", "NZ": "NZD",
    "GB": "GBP",
}  # fmt: skip


def resolve(sign: str, shop: Shop, locale: str | None) -> tuple[str, bool]:
    """The currency a sign means here, and whether it is sold: the shop currency, the one that is sold, the locale's."""
    codes = next(codes for pattern, codes in _COMPILED if pattern.fullmatch(sign.strip()))
    sold = [code for code in codes if code in shop.currencies]
    if shop.currency in codes:
        return shop.currency, True
    if len(sold) == 1:
        return sold[0], True
    local = _LOCALES.get((locale or "").replace("_", "-").rpartition("-")[2].upper(), "")
    choice = local if local in (sold or codes) else (sold or codes)[0]
    return choice, choice in shop.currencies
