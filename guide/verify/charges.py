"""What costs nothing: "free" is promised only where the evidence promises it, and taken back nowhere.

Words for what is free are no denial ("at no charge"), so the check of polarity leaves them out.
"""

import re
from collections.abc import Iterator

from guide.verify.ground import Fact
from guide.verify.reading import Reading

_FREE = re.compile(
    r"\bfree of (?:charge|cost)\b|\b(?:at|for) no (?:extra |additional |further )?(?:charge|cost)\b"
    r"|\bno (?:(?:extra |additional |further )(?:charges?|costs?|fees?)|charges?|fees?)\b"
    r"|\bwithout (?:extra |additional )?(?:charge|cost)\b|\bfor free\b|\bcomplimentary\b"
    r"|(?<!-)\bfree (?=(?:shipping|delivery|postage|returns?|exchanges?|repairs?|replacements?|collection|pick-?up"
    r"|installation|wrapping|gifts?|samples?|trials?|service)\b)"
    r"|\b(?:is|are|be|it|them|\w+ed|ships?|shipping|delivery|returns?|parcels?) free\b(?! (?:of|from)\b)"
    r"|免费|包邮|免邮|免(?:运|邮|安装|手续|服务|维修|换货|退货)费|不(?:另|再|额外)?(?:收|要)(?:任何)?(?:费|钱)"
    r"|(?:零|0) ?元(?:换|修|送|装|退)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"(?:\bnot|n't|\bnever|不是|并不|并非|不再|非|不)\s*(?:be |a |always )?$", re.IGNORECASE)
# Who bears the cost, or that there is none: other ways in which a text says that something is free.
_BORNE = re.compile(
    r"\bwe (?:pay|cover|bear)\b|\b(?:paid|covered|borne) by (?:us|the shop|the seller)\b|\bdo not charge\b"
    r"|(?<!-)\bfree\b(?! (?:of|from)\b)|(?:我们|商家|商城|店铺|本店)(?:来)?(?:承担|出|付|包)"
    r"|(?<![配寄运派发])送(?![货达到修检至人礼给])",
    re.IGNORECASE,
)
# "You pay postage": a cost for the shopper, without a figure that could be compared.
_PAID = re.compile(
    r"\b(?:you|members?|customers?|buyers?)(?: still| also| have to| must| need to| will)* pay (?:for )?(?:the )?"
    r"(?:postage|shipping|delivery|returns?|replacements?|repairs?|it\b)"
    r"|\bat your (?:own )?(?:cost|expense)\b|\bfor a (?:fee|charge)\b"
    r"|(?<!不)(?:要|需要?|得)(?:自己|另外?|再)?(?:付|出|承担|收|交)(?:运费|邮费|费用?|钱)|自付|自费|付费|(?<!不)收费",
    re.IGNORECASE,
)


def charges(reading: Reading) -> Iterator[str]:
    """Complaints about a cost, or that there is none, which no text the sentence stands on tells."""
    if reading.own or not reading.sentence.citations:
        return
    facts = reading.ground().facts
    free = any(_FREE.search(fact.text) for fact in facts)
    if _promised(reading.text) and not free and not any(_BORNE.search(fact.text) for fact in facts):
        yield "its evidence does not say that this is free"
    if _PAID.search(reading.text) and free and not any(map(_costs, facts)):
        yield "its evidence says that this is free"


def without_charges(text: str) -> str:
    """The text without its words for what is free, which deny nothing."""
    return _FREE.sub(" ", text)


def _promised(text: str) -> bool:
    return any(not _NOT_FREE.search(text[: match.start()]) for match in _FREE.finditer(text))


def _costs(fact: Fact) -> bool:
    return any(figure.kind == "price" for figure in fact.figures) or _PAID.search(fact.text) is not None
