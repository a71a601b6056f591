"""What costs nothing: "free" is promised only where the evidence promises it, and is no denial ("at no charge")."""

import re
from collections.abc import Iterator

from guide.verify.reading import Reading

_FREE = re.compile(
    r"\bfree of (?:charge|cost)\b|\b(?:at|for) no (?:extra |additional |further )?(?:charge|cost)\b"
    r"|\bno (?:(?:extra |additional |further )(?:charges?|costs?|fees?)|charges?|fees?)\b"
    r"|\bwithout (?:extra |additional )?(?:charge|cost)\b|\bfor free\b|\bcomplimentary\b"
    r"|(?<!-)\bfree (?=(?:shipping|delivery|postage|returns?|exchanges?|repairs?|replacements?|collection|pick-?up"
    r"|installation|wrapping|gifts?|samples?|trials?|service)\b)"
    r"|\b(?:is|are|be|it|them|\w+(?:ed|ipped)|ships?|shipping|delivery|returns?) free\b(?! (?:of|from)\b)"
    r"|免费|包邮|免邮|免(?:运|邮|安装|手续|服务|维修|换货|退货)费|不(?:另|再|额外)?(?:收|要)(?:任何)?(?:费|钱)"
    r"|(?:零|0) ?元(?:换|修|送|装|退)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"(?:\bnot|n't|\bnever|不是|并不|并非|不再|非|不)\s*(?:be |a |always )?$", re.IGNORECASE)
# Who bears the cost, or that there is none: other ways in which a text says that something is free.
_BORNE = re.compile(
    r"\bwe (?:pay|cover|bear)\b|\b(?:paid|covered|borne) by (?:us|the shop|the seller)\b|\bdo not charge\b|\bfree\b"
    r"|(?:我们|商家|商城|店铺|本店)(?:来)?(?:承担|出|付|包)|赠送|附赠|送|免",
    re.IGNORECASE,
)


def charges(reading: Reading) -> Iterator[str]:
    """A complaint about a promise that something is free which no text it stands on makes."""
    if reading.own or not reading.sentence.citations or not _promised(reading.text):
        return
    if not any(_FREE.search(fact.text) or _BORNE.search(fact.text) for fact in reading.ground().facts):
        yield "its evidence does not say that this is free"


def without_charges(text: str) -> str:
    """The text without its words for what is free, which deny nothing."""
    return _FREE.sub(" ", text)


def _promised(text: str) -> bool:
    return any(not _NOT_FREE.search(text[: match.start()]) for match in _FREE.finditer(text))
