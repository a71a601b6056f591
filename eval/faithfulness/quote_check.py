"""Quotations in a statement, and whom it says they are from."""

import re

from eval.faithfulness.model import Finding, Setting, Source
from eval.text.fold import contains_folded, fold
from eval.text.tokens import features

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

_BUYERS = re.compile(r"\b(?:customer|buyer|reviewer|owner)s?\b|买家|顾客|买过的人|买主", re.IGNORECASE)
_OF_BUYERS = frozenset({"review", "qa"})
# A lead-in names a text or a person, or says that something is said: "As one buyer put it:", 页面上是这么写的：
_SAYS = re.compile(
    r"\b(?:say|says|said|write|writes|wrote|put|puts|quote|quoted|quoting|read|reads|state|states|note|notes|noted|tell"
    r"|tells|describe|describes|report|reports|answer|answers|answered|reply|replied|explain|explains|mention|mentions"
    r"|words|wording|listing|page|description|text|record|policy|faq|review|manual|rules)\b"
    r"|说|写|道|称|原文|原话|原句|提到|介绍|描述|评价|评论|回答|答复|回复|规定|说明|资料|引用|表示",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,，。；;!！?？—]|\.\s")
_LEAD_FEATURES = 8
"""Content words (or Chinese bigrams) of the longest lead-in; one that says more is read for what it says."""


def check_quotes(text: str, source: Source, setting: Setting) -> list[Finding]:
    """What stands in quotation marks stands in a record of whoever is said to say it, or was the shopper's own word."""
    asked = fold(setting.question)
    found = []
    for match in QUOTE.finditer(text):
        quote = fold(next(group for group in match.groups() if group)).rstrip(".。…")
        if not quote:  # a name in quotation marks, which was read as a name
            continue
        speaker, kinds = _speaker(text, match.start())
        lead = _lead(text, match.start())
        if lead and kinds is None and _BUYERS.search(text, *lead):
            kinds = _OF_BUYERS
        holders = {passage.kind for passage in source.passages if contains_folded(fold(passage.text), quote)}
        if holders and (kinds is None or holders & (kinds | {""})):
            found.append(Finding("supported", "quote", *match.span()))
            spans = [one for one in (speaker.span() if speaker else None, lead) if one]
            found += [Finding("supported", "speaker", *span) for span in spans]
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


def _lead(text: str, quote_at: int) -> tuple[int, int] | None:
    """Where the clause lies that leads to the quotation, if it says no more than whose words follow."""
    end = len(text[:quote_at].rstrip(" ,，:：—"))
    start = max((match.end() for match in _STOP.finditer(text, 0, end)), default=0)
    clause = text[start:end]
    brief = len(features(clause)) <= _LEAD_FEATURES and not any(char.isdigit() for char in clause)
    return (start, end) if brief and _SAYS.search(clause) else None
