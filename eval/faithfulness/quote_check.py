"""Quotations in a statement, and whom it says they are from."""

import re

from eval.faithfulness.model import Finding, Setting, Source
from eval.text.fold import contains_folded, fold

QUOTE = re.compile(r"“([^”]{3,})”|\"([^\"]{3,})\"|「([^」]{2,})」|『([^』]{2,})』")
_NEAR = 24
"""How many characters may part "a customer says" from the quotation it leads to."""
# The words that name a speaker, and the types of record that speak so.
_SPEAKERS = [
    (re.compile(pattern, re.IGNORECASE), frozenset(kinds))
    for pattern, kinds in (
        (r"\b(?:a|an|one|another)?\s*(?:customer|buyer|reviewer)s?\s+(?:says?|said|writes?|wrote)", {"review"}),
        (r"(?:有|一位)?(?:买家|顾客|用户)(?:说|写道|评价)", {"review"}),
        (r"\bthe (?:shop|seller|merchant) (?:answered|answers|replied)|商家(?:答复|回复|回答)", {"qa", "faq"}),
        (r"\bthe policy says|商城规定", {"policy"}),
        (r"\bthe shop says|商城说明", {"policy", "faq", "qa"}),
        (r"\bthe description says|商品说明(?:写道|原文)?", {"product"}),
    )
]


def check_quotes(text: str, source: Source, setting: Setting) -> list[Finding]:
    """What stands in quotation marks stands in a record of whoever is said to say it, or was the shopper's own word."""
    asked = fold(setting.question)
    found = []
    for match in QUOTE.finditer(text):
        quote = fold(next(group for group in match.groups() if group)).rstrip(".。…")
        speaker, kinds = _speaker(text, match.start())
        holders = {passage.kind for passage in source.passages if contains_folded(fold(passage.text), quote)}
        if holders and (kinds is None or holders & (kinds | {""})):
            found.append(Finding("supported", "quote", *match.span()))
            if speaker:
                found.append(Finding("supported", "speaker", *speaker.span()))
        elif holders:
            found.append(Finding("contradicted", "speaker", *match.span()))
        elif not contains_folded(asked, quote):
            found.append(Finding("not_enough_evidence", "quote", *match.span()))
    return found


def _speaker(text: str, quote_at: int) -> tuple[re.Match[str] | None, frozenset[str] | None]:
    """The last speaker named shortly before the quotation, and the types of record that may be meant."""
    start = max(0, quote_at - 2 * _NEAR)
    named = [(match, kinds) for pattern, kinds in _SPEAKERS for match in pattern.finditer(text, start, quote_at)]
    near = [(match, kinds) for match, kinds in named if quote_at - match.end() <= _NEAR]
    return max(near, key=lambda one: one[0].end(), default=(None, None))
