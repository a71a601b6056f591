"""Whether a statement settles a yes/no question: only then does an answer begin with "yes" or "no".

A word match cannot understand a sentence, so this keeps to plain cases: the statement repeats what is asked, and denies
it or does not. A hedge, a condition or a comparison leaves the question open; the statement then stands by itself.
"""

import re

from guide.choose.negated import denies
from guide.choose.rank import Scorer
from guide.evidence import Statement

_ASKS = re.compile(
    r"(?:^|[,.;:!?]\s*|\bif\s+)(?:is|are|was|were|do|does|did|can|could|will|would|has|have)\b|吗|是否|是不是|能不能|有没有|可不可以|会不会",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:how|what|which|where|when|why|who|whose)\b|\bor\b|还是|怎么|多少|什么|哪|几",
    re.IGNORECASE,
)
_SAID = re.compile(r"\W*(?:yes|yep|yeah|no|nope|sure)\b|^\W*(?:是的|可以|能|不|没)", re.IGNORECASE)
"""A statement that begins so gives the direct answer itself."""
_NOT = re.compile(
    r"\b(?:not|no|never|none|without|cannot|nor|unable|incompatible|dont|doesnt|wont|cant|isnt|didnt)\b|n['’]t\b|不|没|无(?!线)|非(?!常)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:if|unless|but|although|though|except|only|should|might|may|maybe|perhaps|probably|think|guess|not sure|wish|"
    r"hop(?:e|ed|ing)|would|could|wonder|almost|however|until|depends?|wanted|looking|bought|thought|expect\w*|"
    r"supposed|claims?|\d+ stars?)\b|\?|如果|但|除非|可能|也许|应该|大概|希望|不过|只有",
    re.IGNORECASE,
)
_SHARE = 0.6
"""Share of the question's weighed words that the statement must repeat."""
_REACH = 24
"""Characters after a denial in which it must name what is asked, to deny that and nothing else."""
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def settles(question: str, statement: Statement, scorer: Scorer) -> bool | None:
    """True for a plain yes, False for a plain no, None where the statement leaves it open or says it itself."""
    said = statement.quote
    if not asks_whether(question) or _SAID.match(said) or _HEDGE.search(said):
        return None
    if not repeats(question, said, scorer):
        return None
    denials = list(_NOT.finditer(said))
    if any(scorer.words(said[denial.end() : denial.end() + _REACH]) for denial in denials):
        return False
    return None if denials else True


def asks_whether(question: str) -> bool:
    """Whether a question can be answered with yes or no, and is not itself in the negative."""
    return bool(_ASKS.search(question)) and not _OPEN.search(question) and not denies(question)


def repeats(question: str, text: str, scorer: Scorer) -> bool:
    """Whether a text names what is asked, every number included."""
    return scorer.words(text) >= _SHARE and set(_NUMBER.findall(question)) <= set(_NUMBER.findall(text))
