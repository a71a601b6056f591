"""Words for scoring: SQuAD words for English, characters for Chinese, content features for coverage."""

import re
import string
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from eval.text.blank import blanked
from eval.text.fold import CJK, READ_ONCE
from eval.text.wordlists import CHINESE_FRAMES, ENGLISH_STOP

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_CJK_OR_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_WORD = re.compile(rf"[^\W_{CJK}]+(?:[-.'/][^\W_{CJK}]+)*")
_CJK_RUN = re.compile(rf"[{CJK}]+")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def squad_normalise(text: str) -> str:
    """SQuAD 1.1's normalisation: lower case, no ASCII punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def score_tokens(text: str, *, chinese: bool) -> list[str]:
    """The tokens token F1 counts: SQuAD words, or for Chinese each character (Latin words stay whole)."""
    if chinese:
        return _CJK_OR_WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return squad_normalise(text).split()


def stem(word: str) -> str:
    """A word without its commonest English endings: enough for `lasts` to meet `last`."""
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


class Feature(NamedTuple):
    """A content feature and the code point where it stands."""

    text: str
    start: int


@lru_cache(maxsize=READ_ONCE)
def features(text: str) -> tuple[Feature, ...]:
    """What a text says, for coverage: stemmed content words, and the character bigrams of Chinese runs.

    Function words and words that only frame a sentence (is, costs, 这款, 目前) are left out.
    """
    text = text.lower()
    found = [
        Feature(stem(match[0]), match.start())
        for match in _WORD.finditer(text)
        if match[0] not in ENGLISH_STOP and (len(match[0]) > 1 or match[0].isdigit())
    ]
    framed = blanked(text, CHINESE_FRAMES)
    for run in _CJK_RUN.finditer(framed):
        pieces = [run[0][at : at + 2] for at in range(len(run[0]) - 1)] or [run[0]]
        found += [Feature(piece, run.start() + at) for at, piece in enumerate(pieces)]
    return tuple(found)
