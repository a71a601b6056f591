"""Faithfulness, and what keeps it honest: how much could be checked, how much is said, how much is copied."""

import re

from eval.answer import Answer
from eval.metrics.model import ABSTENTION, NOT_APPLICABLE, Judged, Metric, Sample, scored, share
from eval.text.fold import CJK, fold, without_marks

# The shortest run that counts as copied.
COPIED_WORDS = 5
COPIED_CHARACTERS = 8

_UNIT = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_HAN = re.compile(rf"[{CJK}]")


def copied_share(answer: Answer) -> float:
    """The largest share of an answer's characters found in one evidence passage in runs of 5 words or 8 characters."""
    text = fold(without_marks(answer.text))
    size = sum(char.isalnum() for char in text)
    passages = {fold(evidence.text) for evidence in answer.evidence}
    return max((_copied(text, passage) for passage in passages), default=0) / size if size else 0.0


def _copied(text: str, passage: str) -> int:
    """Characters of `text` inside runs of units that `passage` holds too."""
    units = _UNIT.findall(text)
    held = _UNIT.findall(passage)
    covered = [False] * len(units)
    for length in (COPIED_WORDS, COPIED_CHARACTERS):
        grams = {tuple(held[at : at + length]) for at in range(len(held) - length + 1)}
        for at in range(len(units) - length + 1):
            run = units[at : at + length]
            # A run of five needs words: five Chinese characters are less than a clause.
            if tuple(run) in grams and (length == COPIED_CHARACTERS or not any(_HAN.match(unit) for unit in run)):
                covered[at : at + length] = [True] * length
    return sum(len(unit) for unit, inside in zip(units, covered, strict=True) if inside)


def _counts(judged: Judged) -> tuple[int, int, int] | None:
    """(supported, contradicted, checkable); None when the answer makes no statements of its own."""
    if judged.answer is None or not judged.checked:
        return None
    verdicts = [claim.verdict for claim in judged.checked]
    checkable = len(verdicts) - verdicts.count("not_checkable")
    return verdicts.count("supported"), verdicts.count("contradicted"), checkable


def _faithfulness(judged: Judged) -> Sample:
    if judged.abstained:
        return ABSTENTION
    counts = _counts(judged)
    return share(counts[0], counts[2]) if counts else NOT_APPLICABLE


def _contradicted(judged: Judged) -> Sample:
    if judged.abstained:
        return ABSTENTION
    counts = _counts(judged)
    return share(counts[1], counts[2]) if counts else NOT_APPLICABLE


def _checkable(judged: Judged) -> Sample:
    """Frames that assert nothing are left out: what counts is what could not be read."""
    if judged.abstained:
        return ABSTENTION
    statements = [claim for claim in judged.checked if claim.reason not in ("frame", "question")]
    return share(sum(claim.verdict != "not_checkable" for claim in statements), len(statements))


def _supported(judged: Judged) -> Sample:
    if judged.abstained:
        return ABSTENTION
    if judged.answer is None or judged.answer.outcome == "needs_clarification":
        return NOT_APPLICABLE
    if not judged.answer.can_be_held(records=judged.truth is not None):
        return NOT_APPLICABLE
    return scored(sum(claim.verdict == "supported" for claim in judged.checked))


def _copied_measure(judged: Judged) -> Sample:
    if judged.abstained:
        return ABSTENTION
    if judged.answer is None or not judged.answer.evidence:
        return NOT_APPLICABLE
    return scored(copied_share(judged.answer))


def _copied_advice(judged: Judged) -> Sample:
    """`_copied_measure` of the answers that advise: those with a statement of that kind."""
    advises = judged.answer is not None and any(span.kind == "advice" for span in judged.answer.claims)
    return _copied_measure(judged) if advises else NOT_APPLICABLE


METRICS = [
    Metric("faithfulness_offline", "grounding", "ratio", "higher", _faithfulness, "supported / checkable statements"),
    Metric("contradiction_rate", "grounding", "ratio", "lower", _contradicted, "contradicted / checkable statements"),
    Metric("checkable_share", "grounding", "ratio", "higher", _checkable, "checkable / asserting statements"),
    Metric("supported_claims", "grounding", "mean", "higher", _supported, "supported statements per answer"),
    Metric("supported_claims_p50", "grounding", "p50", "higher", _supported, "median of the same"),
    Metric("copied_share", "grounding", "mean", "lower", _copied_measure, "largest share from one passage"),
    Metric("copied_share_max", "grounding", "max", "lower", _copied_measure, "the answer that copies most"),
    Metric("copied_share_advice", "grounding", "mean", "lower", _copied_advice, "copied_share of answers that advise"),
    Metric("copied_share_advice_max", "grounding", "max", "lower", _copied_advice, "the advice that copies most"),
]
