"""Brands wanted and brands refused: 不要苹果, 除了南榆, not Apple, no Apple, anything but Apple."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from guide.model import Constraint
from guide.understand.found import Found
from guide.understand.shop import Shop
from guide.understand.text import Phrase, lookup
from index.filters import Filter

_REFUSED_BEFORE = re.compile(
    r"(?:不要|不想要|不考虑|不买|不喜欢|不是|不用|别推荐|别给我?(?:推荐|看)?|别要|排除|讨厌|拒绝|除了?|非)(?:推荐|看|买|选|那个|任何)?\s*$"
    r"|(?:\bnot?|\bn(?:either|or)|\b(?:any|every|all)\w*(?: \w+)? but|(?<=[a-z] )(?:is|are)n't|\bexcept(?: for)?|"
    r"\bexclud(?:e|es|ing)|\bother than|\bwithout|\bbesides|\bdo(?:n't| not) want|"
    r"\bdo(?:n't| not) like|\bavoid(?:ing)?|\brather than|\bapart from|\baside from|\bhate|\bnon-?)"
    r"(?:\s+(?:any|an?|the|from|by|made by|anything from|something from))*\s*$",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"\s*(?:的|牌|家|品牌)*\s*(?:就|都|全)?(?:不要|别(?:推荐|要|给我)?|除外|以外|之外|算了|不考虑|不行|excluded)",
    re.IGNORECASE,
)
FITS_BEFORE = re.compile(
    r"(?:适用于?|适合|适配|兼容|支持|搭配|配|给|for(?: my| an?)?|fits?|compatible with|works? with|made for|my)\s*$",
    re.IGNORECASE,
)
_FITS_AFTER = re.compile(r"\s*(?:手机|电脑|用户)?(?:可用|适用|能用|用的|上用)|[- ]compatible", re.IGNORECASE)
# 苹果 before one of these is the fruit; the like holds for other names that are food.
_FOOD_AFTER = re.compile(
    r"[干味汁醋酱片脆派茶]|\s?(?:bits?|slices?|chips?|juice|cider|pie|sauce|vinegar|flavou?r)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:和|与|跟|或者?|还有|以及|,|、|/|and|or|nor)\s*(?:不要|no\b|not\b)?\s*", re.IGNORECASE)
# Two names of one brand side by side: 惠普 HP, 惠普（HP）.
_SAME = re.compile(r"[\s(（]*")


# Product lines so well known that they stand for their maker.
_MAKERS = {
    "iphone": "apple",
    "ipad": "apple",
    "macbook": "apple",
    "airpods": "apple",
    "galaxy": "samsung",
    "thinkpad": "lenovo",
}


class Said(NamedTuple):
    """A brand in the text, and what the shopper makes of it."""

    phrase: Phrase
    brands: tuple[str, ...]
    role: str
    """wanted, refused, or fits (a thing for that brand)."""


def said(text: str, phrases: Sequence[Phrase], shop: Shop) -> list[Said]:
    """Every brand of the shop that the text names, left to right."""
    found: list[Said] = []
    for phrase, brands in lookup(phrases, shop.brands):
        if _is_brand(text, phrase, shop):
            found.append(Said(phrase, brands, _role(text, phrase, brands, found[-1] if found else None)))
    return _together(text, found) + _lines(text, phrases, shop)


def _together(text: str, found: list[Said]) -> list[Said]:
    """苹果和南榆都不要 refuses both: what joins a brand to one that is refused after it is refused as well."""
    kept = found[-1:]
    for brand in reversed(found[:-1]):
        after = kept[0]
        refused = after.role == "refused" and _REFUSED_AFTER.match(text, after.phrase.end)
        if refused and _AND.fullmatch(text, brand.phrase.end, after.phrase.start):
            brand = brand._replace(role="refused")  # noqa: PLW2901 - the same brand, seen together
        kept.insert(0, brand)
    return kept


def _lines(text: str, phrases: Sequence[Phrase], shop: Shop) -> list[Said]:
    """A product line that is refused (not an iPhone) refuses its maker."""
    hits = [(phrase, shop.brands.get(maker, ())) for phrase, maker in lookup(phrases, _MAKERS)]
    roles = [Said(phrase, brands, _role(text, phrase, brands, None)) for phrase, brands in hits if brands]
    return [said for said in roles if said.role == "refused"]


def _is_brand(text: str, phrase: Phrase, shop: Shop) -> bool:
    if _FOOD_AFTER.match(text, phrase.end):
        return False
    return phrase.folded not in shop.doubtful or text[phrase.start].isupper()


def _role(text: str, phrase: Phrase, brands: tuple[str, ...], before: Said | None) -> str:
    lead = text[: phrase.start]
    if _REFUSED_BEFORE.search(lead) or _REFUSED_AFTER.match(text, phrase.end):
        return "refused"
    if before and before.brands == brands and _SAME.fullmatch(text, before.phrase.end, phrase.start):
        return before.role
    if before and before.role == "refused" and _AND.fullmatch(text, before.phrase.end, phrase.start):
        return "refused"
    return "fits" if fits(text, phrase) else "wanted"


def fits(text: str, phrase: Phrase) -> bool:
    """Whether a brand is named as what a thing must fit (a case for iPhone), not as its maker."""
    return bool(FITS_BEFORE.search(text[: phrase.start]) or _FITS_AFTER.match(text, phrase.end))


def read(text: str, found: list[Said]) -> Found:
    """Brand filters; a refused brand leaves the query with the words that refuse it, a wanted one stays to rank."""
    wanted = [name for brand in found if brand.role == "wanted" for name in brand.brands]
    refused = [brand for brand in found if brand.role == "refused"]
    return Found(
        filter=Filter(
            brand=list(dict.fromkeys(wanted)), not_brand=list(dict.fromkeys(n for b in refused for n in b.brands))
        ),
        constraints=tuple(
            Constraint(
                "brand" if b.role == "wanted" else "not_brand", text[b.phrase.start : b.phrase.end], ", ".join(b.brands)
            )
            for b in found
            if b.role != "fits"
        ),
        spans=tuple(_span(text, brand) for brand in refused),
    )


def _span(text: str, brand: Said) -> tuple[int, int]:
    before = _REFUSED_BEFORE.search(text[: brand.phrase.start]) or _AND_END.search(text[: brand.phrase.start])
    after = _REFUSED_AFTER.match(text, brand.phrase.end) or _KEPT.match(text, brand.phrase.end)
    return (before.start() if before else brand.phrase.start, after.end() if after else brand.phrase.end)


_AND_END = re.compile(r"(?:和|与|跟|或者?|,|、|\band|\bor|\bnor)\s*$", re.IGNORECASE)
_KEPT = re.compile(r"(?:[这那]个)?(?:牌子|品牌|牌|家)?的?")
