"""One spelling for text that says the same: width, case, spacing, thousands separators, trailing zeros."""

import re
import unicodedata
from functools import lru_cache

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
READ_ONCE = 32_768
"""How many texts a reader remembers: the passages of a shop are held against thousands of statements."""

MARK = re.compile(r"\s*\[\d+\]")

_JOINED_THOUSANDS = re.compile(r"(?<=\d)[,'’\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_ZERO_CENTS = re.compile(r"(\d+)\.0+(?!\.?\d)")
_TRAILING_ZEROS = re.compile(r"(\d+\.\d*?[1-9])0+(?!\.?\d)")
_SPACE = re.compile(r"\s+")
_SPACE_AT_CJK = re.compile(rf"(?<=[{CJK}，。；：、！？（）])\s+|\s+(?=[{CJK}，。；：、！？（）])")
_CJK = re.compile(rf"[{CJK}]")
_LETTER = re.compile(r"[^\W\d_]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-"})


@lru_cache(maxsize=1 << 16)  # every answer is held against the same records
def fold(text: str) -> str:
    """The text in the one spelling that matching uses; not meant to be shown."""
    # A full-width comma parts clauses and never thousands: AF45，299 元 is two numbers.
    text = _JOINED_THOUSANDS.sub("", text).replace("，", ", ")
    text = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    text = _TRAILING_ZEROS.sub(r"\1", _ZERO_CENTS.sub(r"\1", text))
    return _SPACE_AT_CJK.sub("", _SPACE.sub(" ", text)).strip()


def contains(text: str, part: str) -> bool:
    """Whether the folded part stands in the folded text, spaces or none (`14 g` holds `14g`).

    A number never matches inside a longer number.
    """
    return contains_folded(fold(text), fold(part))


def contains_folded(text: str, part: str) -> bool:
    """`contains` for two texts that are folded already."""
    if not part:
        return True
    return _stands_in(text, part) or _stands_in(text.replace(" ", ""), part.replace(" ", ""))


def is_whole_in(text: str, part: str) -> bool:
    """Whether the words of `part` stand in the text between punctuation: 支持退货 is not said by 不支持退货."""
    said = re.escape(fold(part).strip(" .。;；,，"))
    whole = re.compile(rf"(?:^|[^\w\s]\s*){said}(?=\s*(?:[^\w\s]|$))")
    return bool(said) and any(whole.search(fold(line)) for line in text.splitlines())


def _stands_in(text: str, part: str) -> bool:
    if part not in text:
        return False
    start = r"(?<!\d)(?<!\d[.,])" if part[0].isdigit() else ""
    end = r"(?![.,]?\d)" if part[-1].isdigit() else ""
    return re.search(start + re.escape(part) + end, text) is not None


def without_marks(text: str) -> str:
    """The text without its citation marks `[n]`."""
    return MARK.sub("", text)


def language_of(text: str) -> str:
    """`zh` if at least three letters in ten are Chinese, else `en`: the two languages the checks know."""
    letters = len(_LETTER.findall(text))
    return "zh" if letters and len(_CJK.findall(text)) >= 0.3 * letters else "en"


def is_chinese(language: str | None, text: str) -> bool:
    """Whether a text is Chinese by its label (BCP-47), or by its letters where it has none."""
    return (language or language_of(text)).split("-")[0] == "zh"


def key(name: str) -> str:
    """An attribute name or value as it is compared: folded, separators as one underscore."""
    return re.sub(r"[\s_\-/]+", "_", fold(name)).strip("_")
