"""What a text affirms is not denied, and nothing is denied that no text denies: "no, it does not" of "yes, it does"."""

import re
from collections.abc import Iterator

from guide.verify.charges import without_charges
from guide.verify.comparisons import compares
from guide.verify.ground import Fact
from guide.verify.reading import Reading
from guide.verify.states import availability
from guide.verify.text import clauses, terms
from guide.verify.truth import denies

# A text may deny without saying no: it only fits another one, it comes without, it failed.
_IN_OTHER_WORDS = re.compile(
    r"\b(?:only|except|unable|fail\w*|without|instead|incompatible|unfortunately|wish|too|hardly|barely|stop\w*|broke\w*"
    r"|separately|different|sold out|out of stock|less|limited|discontinued)\b|仅|只|除|另购|缺|售罄|太|停",
    re.IGNORECASE,
)
# "No more than 5 kg", "no need to charge it" deny nothing of the thing; 无理由 names a service, 一千零九 a number.
_NO_DENIAL = re.compile(
    r"\bno (?:more|less|need|matter|doubt|questions?)\b"
    r"|无理由|不超过|不到|不少于|不低于|零(?=[一二三四五六七八九十百])",
    re.IGNORECASE,
)
_SHARED = 1 / 3
"""Of a statement's words, in a clause of the evidence: then both speak of the same."""


def polarity(reading: Reading) -> Iterator[str]:
    """Complaints about sentences that say the opposite of the texts they stand on."""
    facts = reading.ground().facts
    texts = [fact.text for fact in facts if not fact.field]
    if reading.own or not reading.sentence.citations or compares(reading) or availability(reading.text):
        return
    if _denies(reading.text):
        grounds = [f"{fact.text} {' '.join(fact.names)}" for fact in facts]
        if not any(_denies(text) or _IN_OTHER_WORDS.search(text) for text in grounds):
            yield "its evidence denies nothing"
    elif _denied(terms(reading.text), texts) and not _affirmed_by_fields(reading):
        yield "its evidence says the opposite"


def _denied(said: set[str], texts: list[str]) -> bool:
    """Whether the clause that shares most with what is said denies it, and none that shares as much affirms it."""
    parts = [text[start:end] for text in texts for start, end in clauses(text)]
    shared = [(len(said & terms(part)), part) for part in parts]
    most = max((count for count, _ in shared), default=0)
    nearest = [part for count, part in shared if count == most]
    return most > 0 and most >= _SHARED * len(said) and all(_denies(part) for part in nearest)


def _denies(text: str) -> bool:
    return denies(_NO_DENIAL.sub(" ", without_charges(text)))


def _affirmed_by_fields(reading: Reading) -> bool:
    """A stated field proves a sentence beside a text that is of another opinion."""
    return any(_speaks_of(fact, reading) for fact in reading.ground().facts if fact.field)


def _speaks_of(fact: Fact, reading: Reading) -> bool:
    return bool(terms(fact.text) & terms(reading.text))
