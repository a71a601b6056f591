"""Is the answer right? Outcome, required and forbidden words, references."""

from collections import Counter
from collections.abc import Callable

from eval.metrics.constraints import violators
from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, scored, share
from eval.outcomes import accepts
from eval.text.fold import contains_folded, fold, without_marks
from eval.text.tokens import score_tokens, squad_normalise


def wrongs(judged: Judged) -> list[str] | None:
    """Every reason why the answer is wrong ([] = right); None if that cannot be told.

    It cannot for a case that is not graded, for one with constraints without a catalog, and where the target does
    not tell what the case is about: its outcome, or the products it shows.
    """
    case, answer = judged.case, judged.answer
    right = _right_outcome(judged)
    if answer is None or right is None or (case.constraints is not None and judged.truth is None):
        return None
    if (case.constraints is not None or case.forbidden_ids) and not answer.tells("products"):
        return None
    found = [] if right else [f"outcome:{answer.outcome}"]
    seen = fold(without_marks(answer.seen))
    found += [f"must:{_either(entry)}" for entry in case.must if not _has(seen, entry)]
    found += [f"must_not:{entry}" for entry in case.must_not if _has(seen, entry)]
    shown = {id_ for card in answer.products for id_ in (card.id, card.variant_id) if id_}
    found += [f"forbidden:{id_}" for id_ in case.forbidden_ids if id_ in shown]
    if case.constraints is None or judged.truth is None:
        return found
    if not answer.products and not case.must and not judged.abstained:
        found.append("constraint:nothing_shown")  # no card breaks no constraint, and answers nothing
    bad = violators(judged.truth, answer.products, case.constraints, judged.now)
    return found + [f"constraint:{card.id}" for card in bad]


def overlap(answer: str, references: list[str], *, chinese: bool) -> tuple[float, float, float]:
    """(precision, recall, F1) of tokens against the reference with the best F1."""
    return max((_overlap(answer, reference, chinese=chinese) for reference in references), key=lambda scores: scores[2])


def _overlap(answer: str, reference: str, *, chinese: bool) -> tuple[float, float, float]:
    said, wanted = score_tokens(answer, chinese=chinese), score_tokens(reference, chinese=chinese)
    common = sum((Counter(said) & Counter(wanted)).values())
    if not common:
        equal = float(said == wanted)  # SQuAD: two empty texts agree
        return equal, equal, equal
    precision, recall = common / len(said), common / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _accuracy(judged: Judged) -> Sample:
    found = wrongs(judged)
    return NOT_APPLICABLE if found is None else scored(not found)


def _outcome(judged: Judged) -> Sample:
    right = _right_outcome(judged)
    return NOT_APPLICABLE if right is None else scored(right)


def _right_outcome(judged: Judged) -> bool | None:
    """Whether the case accepts the outcome; None for a case that is not graded, or if it cannot be told."""
    if judged.answer is None or not judged.case.graded:
        return None
    return accepts(judged.case.accepted, judged.answer.outcome)


def _must(judged: Judged) -> Sample:
    if judged.answer is None or not judged.case.must:
        return NOT_APPLICABLE
    seen = fold(without_marks(judged.answer.seen))
    return share(sum(_has(seen, entry) for entry in judged.case.must), len(judged.case.must))


def _exact(judged: Judged) -> Sample:
    if judged.answer is None or not judged.case.references:
        return NOT_APPLICABLE
    said = _spelling(without_marks(judged.answer.text), judged)
    return scored(any(said == _spelling(reference, judged) for reference in judged.case.references))


def _spelling(text: str, judged: Judged) -> str:
    return "".join(score_tokens(text, chinese=True)) if judged.chinese else squad_normalise(text)


def _token(at: int) -> Callable[[Judged], Sample]:
    def measure(judged: Judged) -> Sample:
        if judged.answer is None or not judged.case.references:
            return NOT_APPLICABLE
        text = without_marks(judged.answer.text)
        return scored(overlap(text, judged.case.references, chinese=judged.chinese)[at])

    return measure


def _either(entry: str | list[str]) -> str:
    return entry if isinstance(entry, str) else "|".join(entry)


def _has(seen: str, entry: str | list[str]) -> bool:
    return any(contains_folded(seen, fold(text)) for text in ([entry] if isinstance(entry, str) else entry))


METRICS = [
    Metric("accuracy", "answer", "mean", "higher", _accuracy, "right outcome, every must, nothing forbidden"),
    Metric("outcome", "answer", "mean", "higher", _outcome, "the outcome is one the case accepts"),
    Metric("must_coverage", "answer", "ratio", "higher", _must, "share of `must` entries met"),
    Metric("exact_match", "answer", "mean", "higher", _exact, "equal to a reference after normalisation"),
    Metric("token_f1", "answer", "mean", "higher", _token(2), "SQuAD words; for Chinese characters"),
    Metric("token_precision", "answer", "mean", "higher", _token(0), "of the reference with the best F1"),
    Metric("token_recall", "answer", "mean", "higher", _token(1), "of the reference with the best F1"),
]
