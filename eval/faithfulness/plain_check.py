"""A statement held against plain English texts: what rules found of its facts, and how well its words are borne out.

Where there are no records, the word check of `words/` decides. The rules still have the last word on what they can
compute: an amount, number, date or quotation that the texts do not hold is no opinion, and a short fact whose value
they confirmed is supported; how well is what its words say, or it would outrank a sentence of the texts themselves.
"""

from collections.abc import Sequence

import msgspec

from eval.faithfulness.model import Checked
from eval.faithfulness.words.support import support
from eval.text.fold import language_of
from eval.text.tokens import features

SUPPORTED_FROM = 0.5
"""The probability from which a statement counts as supported; the model is calibrated to it."""
REFUTED = 0.25
MISSING = 0.5
"""What is left of the words' probability where a fact is refuted, or stands nowhere. Both keep it below the bar."""
CONFIRMED = 0.5
"""What a confirmed value leaves of the doubt the words of a short statement raise."""
SHORT = 8
"""Content words of a statement that a confirmed value speaks for; a longer one says more than the value."""

_WORDS_DECIDE = frozenset({"text", "identifier", "no_evidence"})


def by_words(checked: Checked, evidence: Sequence[str]) -> Checked:
    """The statement with the verdict and support its words give it, within what the rules found."""
    texts = [text for text in evidence if language_of(text) == "en"]
    if checked.verdict == "not_checkable" or not texts or language_of(checked.text) != "en":
        return checked
    read = support(checked.text, texts)
    if read is None:
        return checked
    if checked.verdict == "contradicted":
        return msgspec.structs.replace(checked, support=round(REFUTED * read.probability, 4))
    if checked.verdict == "not_enough_evidence" and not _WORDS_DECIDE.issuperset(checked.reason.split(",")):
        left = REFUTED if "price" in checked.reason else MISSING
        return msgspec.structs.replace(checked, support=round(left * read.probability, 4))
    if checked.reason == "record" and len(features(checked.text)) <= SHORT:
        return msgspec.structs.replace(checked, support=round(1 - CONFIRMED * (1 - read.probability), 4))
    supported = read.probability >= SUPPORTED_FROM
    return msgspec.structs.replace(
        checked,
        verdict="supported" if supported else "not_enough_evidence",
        reason="words" if supported else f"words:{read.word}",
        support=round(read.probability, 4),
    )
