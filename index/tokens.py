"""Words for the lexical index: English, Chinese and model numbers from one function.

Latin words are folded and lightly stemmed; a token that mixes letters, digits or joiners is kept whole and in parts
("mate70" gives mate70, mate, 70; "dv7-1211ea" gives dv7-1211ea, dv7, 1211ea), so that a model number matches however
it is typed. Han runs give character pairs, the unit that needs no dictionary, and single characters when alone.
"""

import re
import unicodedata
from functools import lru_cache

_RUN = re.compile(r"[a-z0-9]+(?:[-./+#&'][a-z0-9]+)*\+*|[\u3400-\u9fff\uf900-\ufaff]+|[^\W\d_a-z]+")
_PART = re.compile(r"[a-z]+|[0-9]+")
_PIECE = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# English words that only hold a sentence together; dropping them keeps long questions from drowning the nouns.
_ENGLISH = (
    "a an and are as at be by can do does for from has have how i in is it its me my of on or please that the this "
    "to was what which who will with you your any some there something anything want need looking like would should "
    "am"
)
_STOP = frozenset(_ENGLISH.split())
_CHINESE = "的 了 吗 呢 吧 啊 是 有 和 我 你 请 在 就 都 也 这 那"
_ZH_STOP = frozenset(_CHINESE.split())


def tokens(text: str) -> list[str]:
    """Index terms of a text, in order, repetitions kept."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    terms: list[str] = []
    for run in _RUN.findall(folded):
        if _HAN.match(run):
            terms += _han(run)
        else:
            terms += _latin(run)
    return terms


def _han(run: str) -> list[str]:
    if len(run) == 1:
        return [] if run in _ZH_STOP else [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]


@lru_cache(maxsize=65536)
def _latin(run: str) -> tuple[str, ...]:
    if run in _STOP:
        return ()
    if run.isalpha():
        return (stem(run),)
    if run.isdigit():
        return (run,)
    parts = [piece for piece in _PIECE.findall(run) if piece != run]
    mixed = [part for piece in _PIECE.findall(run) for part in _PART.findall(piece) if len(part) < len(piece)]
    return tuple(dict.fromkeys([run, *(stem(part) for part in parts), *mixed]))


def stem(word: str) -> str:
    """Plural to singular, nothing more: shoppers and catalogs differ in number far more than in tense."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
