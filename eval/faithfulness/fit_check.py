"""What an answer says of how its cards fit the wish, held against the case's constraints over the records."""

import re

from eval.faithfulness.model import Finding, Setting, Verdict

_NOTHING = re.compile(
    r"\b(?:nothing|none|no product) (?:\w+ ){0,3}(?:fits?|match(?:es)?|meets?)\b[^.:;]*"
    r"(?:;\s*(?:these|this) comes? closest)?"
    r"|没有(?:商品)?(?:完全|同时)?(?:符合|满足)[^，,。：:]*(?:[，,]最接近的是[^：:。]*)?",
    re.IGNORECASE,
)
_FITS = re.compile(r"\b(?:that|which|what|this one|these) fits?\b|符合(?:条件|要求)", re.IGNORECASE)


def check_fit(text: str, setting: Setting) -> list[Finding]:
    """`nothing fits exactly`: no record meets the constraints. `products that fit`: every card does."""
    nothing = _NOTHING.search(text)
    if nothing:
        if setting.matching is None:
            return [Finding("not_checkable", "constraints", *nothing.span())]
        return [_finding(nothing, true=not setting.matching)]
    fits = _FITS.search(text)
    if fits is None or setting.matching is None or not setting.cards:
        return []
    return [_finding(fits, true=all(card.id in setting.matching for card in setting.cards))]


def _finding(match: re.Match[str], *, true: bool) -> Finding:
    verdict: Verdict = "supported" if true else "contradicted"
    return Finding(verdict, "constraints", *match.span())
