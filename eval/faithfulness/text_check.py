"""What the records do not hold as a value: words of the statement against the words of the evidence.

Same language only. The thresholds are first values, not yet calibrated on human labels; they lean to "not enough
evidence".
"""

import itertools
import re
from collections.abc import Sequence

from eval.faithfulness.filler import without_filler
from eval.faithfulness.model import Finding, Verdict
from eval.passages import MIXED, Passage
from eval.text.blank import blank
from eval.text.fold import is_chinese, is_whole_in, language_of
from eval.text.tokens import Feature, features
from eval.text.wordlists import NEGATION

SUPPORTED_AT = 0.7
"""Share of a statement's content features that the evidence has to hold."""
SAME_SENTENCE_AT = 0.8
"""From this coverage on, a sentence or clause of the evidence says the same thing and its negation counts."""
FRAME_FEATURES = 4
"""Words (or bigrams) around checked facts that another language may leave unread."""
ENGLISH_SPARE = 1
"""Words beside a checked fact that its record need not hold ("weighs 1.2 kg"); twice as many Chinese bigrams."""
COMPARED_FEATURES = 2
"""Fewer words than this are found together by chance."""

# What has been held against the records whole, negations included; a name asserts nothing.
_SETTLED = frozenset({"name", "number", "quote", "speaker", "absence", "constraints", "stock"})
_NO_FACT = frozenset({"name", "speaker"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；\n])")
_CLAUSE = re.compile(r"[,，;；:：—]")
# "No, it is open" denies the question, not what follows.
_BARE_ANSWER = re.compile(r"(?:yes|no|是的?|不是|能|不能|可以|不可以|有|没有|会|不会)[.!。！]?", re.IGNORECASE)
_ANSWER_WORD = re.compile(r"^\s*(?:no|yes|不|不能|不可以|不行|不是|不会|没有|没)\s*[,，.。:：]", re.IGNORECASE)
_NUMERIC = re.compile(r"\d")


def check_text(text: str, findings: Sequence[Finding], passages: Sequence[Passage]) -> tuple[Verdict, str, float]:
    """(verdict, reason, coverage) for a statement whose findings are all supported.

    Features inside a finding count as covered: the record has confirmed them already.
    """
    said = features(text)
    open_ = [feature for feature in said if not any(f.start <= feature.start < f.end for f in findings)]
    if _BARE_ANSWER.fullmatch(text.strip()):  # what it says yes to stands in the next statement
        return "not_checkable", "frame", 0.0
    # A text without records may not be a shop's: it has no filler.
    kept = features(without_filler(blank(text, findings))) if any(passage.kind for passage in passages) else open_
    facts = [finding for finding in findings if finding.reason not in _NO_FACT]
    if not open_ or not (kept or facts):
        return ("supported", "record", 1.0) if findings and not open_ else ("not_checkable", "frame", 0.0)
    chinese = language_of(text) == "zh"
    readable = [passage for passage in passages if _is_read(passage, chinese=chinese)]
    known = {feature.text for passage in readable for feature in features(passage.text)}
    known |= {feature.text for passage in passages if passage.structured for feature in features(passage.text)}
    missing = [feature for feature in open_ if feature.text not in known]
    unsaid = [feature for feature in kept if feature.text not in known]
    # A long title before a short claim must not stand for the claim.
    names = [finding for finding in findings if finding.reason == "name"]
    claimed = [feature for feature in said if not any(f.start <= feature.start < f.end for f in names)]
    coverage = 1 - len(missing) / max(1, len(claimed))
    if not passages:
        return "not_enough_evidence", "no_evidence", 0.0
    if not readable:
        return _other_language(facts, unsaid, coverage)
    if any(_NUMERIC.search(feature.text) for feature in missing):
        return "not_enough_evidence", "identifier", coverage
    if _negated_against(text, said, findings, readable):
        return "contradicted", "negation", 0.0
    spare = ENGLISH_SPARE if not chinese else 2 * ENGLISH_SPARE
    if facts and len({one.text for one in missing}) <= spare:
        return "supported", "record", coverage
    if coverage >= SUPPORTED_AT:
        return "supported", "text", coverage
    beside = bool(facts) and _is_beside(text, unsaid, facts, spare)
    return ("supported", "record", coverage) if beside else ("not_enough_evidence", "text", coverage)


def _is_beside(text: str, unsaid: Sequence[Feature], facts: Sequence[Finding], spare: int) -> bool:
    """Whether what no record bears out are a few words at most, each in the very clause of a confirmed fact."""
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    for start, end in itertools.pairwise(edges):
        words = {one.text for one in unsaid if start <= one.start < end}
        if len(words) > spare * any(start <= one.start < end for one in facts):
            return False
    return True


def _other_language(
    facts: Sequence[Finding], missing: Sequence[Feature], coverage: float
) -> tuple[Verdict, str, float]:
    if facts and len(missing) <= FRAME_FEATURES:
        return "supported", "record", 1.0
    return ("supported", "value", coverage) if not missing else ("not_checkable", "language", coverage)


def _is_read(passage: Passage, *, chinese: bool) -> bool:
    return passage.language == MIXED or is_chinese(passage.language, passage.text) == chinese


def _negated_against(
    text: str, said: Sequence[Feature], findings: Sequence[Finding], passages: Sequence[Passage]
) -> bool:
    """Whether every sentence or clause that says the same things says them with the other polarity.

    The words of a name say nothing, and a clause about a yes/no field has been held against that field.
    """
    settled = [finding for finding in findings if finding.reason in _SETTLED]
    settled += [_around(text, finding) for finding in findings if finding.reason == "flag"]
    wanted = {feature.text for feature in said if not any(f.start <= feature.start < f.end for f in settled)}
    if len(wanted) < COMPARED_FEATURES or any(is_whole_in(passage.text, text) for passage in passages):
        return False  # too little to compare, or the very words of the record
    rest = blank(text, settled)
    polarities = {
        bool(NEGATION.search(_said_there(candidate, wanted)))
        for passage in passages
        if not passage.structured
        for candidate in _candidates(passage.text)
        if len(wanted & {feature.text for feature in features(candidate)}) >= SAME_SENTENCE_AT * len(wanted)
    }
    said_so = {bool(NEGATION.search(_ANSWER_WORD.sub("", one))) for one in (text, rest)}
    return bool(polarities) and not said_so & polarities


def _said_there(candidate: str, wanted: set[str]) -> str:
    """The part of a sentence that says these features; `… and does not leak` after it denies something else."""
    places = [feature.start for feature in features(candidate) if feature.text in wanted]
    return candidate[: max(places)]


def _around(text: str, finding: Finding) -> Finding:
    """The finding stretched over its clause."""
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, finding.start)), default=0)
    after = _CLAUSE.search(text, finding.end)
    return finding._replace(start=start, end=after.start() if after else len(text))


def _candidates(text: str) -> list[str]:
    """The sentences of a passage and their clauses; a question asserts nothing."""
    sentences = [sentence for sentence in _SENTENCE.split(text) if not sentence.rstrip().endswith(("?", "？"))]
    return [*sentences, *(clause for sentence in sentences for clause in _CLAUSE.split(sentence))]
