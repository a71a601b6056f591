"""Overlap with a reference beyond single words: ROUGE-L (longest common subsequence) and chrF (character n-grams).

The numbers are those of rouge-score (`rougeL`, no stemming) and of sacrebleu (`chrF`, order 6, beta 2) over 100.
Chinese has no spaces: ROUGE-L counts its characters, as token F1 does. Of several references the best counts.
"""

import re
from collections import Counter
from collections.abc import Callable

from eval.metrics.model import NOT_APPLICABLE, Judged, Metric, Sample, scored
from eval.text.fold import without_marks
from eval.text.sequences import longest_common
from eval.text.tokens import score_tokens

CHRF_ORDER = 6
CHRF_BETA = 2
_WORD = re.compile(r"[a-z0-9]+")


def rouge_l(text: str, reference: str, *, chinese: bool) -> float:
    """F1 of the longest common subsequence of tokens, 0 to 1."""
    said, wanted = (
        score_tokens(one, chinese=True) if chinese else _WORD.findall(one.lower()) for one in (text, reference)
    )
    common = longest_common(said, wanted)
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


def chrf(text: str, reference: str) -> float:
    """F-beta of the mean precision and recall over character n-grams without spaces, 0 to 1."""
    precisions, recalls = [], []
    for size in range(1, CHRF_ORDER + 1):
        said, wanted = (_grams("".join(one.split()), size) for one in (text, reference))
        if said and wanted:
            common = sum((said & wanted).values())
            precisions.append(common / said.total())
            recalls.append(common / wanted.total())
    precision, recall = sum(precisions), sum(recalls)
    if not precision + recall:
        return 0.0
    weight = CHRF_BETA**2
    return (1 + weight) * precision * recall / (weight * precision + recall) / len(precisions)


def _grams(text: str, size: int) -> Counter[str]:
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _best(score: Callable[[str, str, bool], float]) -> Callable[[Judged], Sample]:
    def measure(judged: Judged) -> Sample:
        if judged.answer is None or not judged.case.references:
            return NOT_APPLICABLE
        text = without_marks(judged.answer.text)
        return scored(max(score(text, reference, judged.chinese) for reference in judged.case.references))

    return measure


METRICS = [
    Metric(
        "rouge_l", "answer", "mean", "higher",
        _best(lambda text, reference, chinese: rouge_l(text, reference, chinese=chinese)),
        "longest common subsequence, F1; for Chinese of characters",
    ),
    Metric(
        "chrf", "answer", "mean", "higher", _best(lambda text, reference, _: chrf(text, reference)),
        "character 1- to 6-grams, recall twice as heavy",
    ),
]  # fmt: skip
