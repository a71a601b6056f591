"""Cutting a stream of text into sentences, each with the [n] marks that belong to it."""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters without an end; a model that goes on like this is not answering."""

# An ending, the quotes and brackets that close with it, and marks set behind it: 有货。[3] · It fits." [1][2]
_TAIL = r"[\"'”’」』）)]*(?:\s*[\[【]\^?\d+(?:\s*[,，、]\s*\d+)*[\]】])*"
_END = re.compile(rf"(?:[。！？；!?]+|\.+|\n+){_TAIL}")
_OPEN_TAIL = re.compile(r"\s*(?:[\[【][^\]】]{0,24})?$")
_MARK = re.compile(r"[\[【]\^?(\d+(?:\s*[,，、]\s*\d+)*)[\]】]")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|approx|vs|no|mr|mrs|ms|dr|inc|ltd|co|etc|max|min|fig|st|incl|excl|[a-z](?:\.[a-z])*)$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\d\s?[a-z]$", re.IGNORECASE)
"""196 g. ends a sentence, though one letter is else an abbreviation."""


class Cutter:
    """Takes pieces of text, gives back whole sentences as soon as nothing more can belong to them."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[str]:
        """Sentences that this piece completes."""
        self._rest += piece
        return self._cut(last=False)

    def end(self) -> list[str]:
        """What is left, when no more will come."""
        found = self._cut(last=True)
        rest, self._rest = self._rest.strip(), ""
        return [*found, rest] if rest else found

    @property
    def waiting(self) -> int:
        """Characters that are not a sentence yet."""
        return len(self._rest)

    def _cut(self, *, last: bool) -> list[str]:
        found = []
        while (end := self._first_end(last=last)) is not None:
            sentence, self._rest = self._rest[:end].strip(), self._rest[end:]
            if sentence:
                found.append(sentence)
        return found

    def _first_end(self, *, last: bool) -> int | None:
        for match in _END.finditer(self._rest):
            if not last and _OPEN_TAIL.match(self._rest, match.end()):
                return None  # a mark or a quote may still follow
            if self._ends(match):
                return match.end()
        return None

    def _ends(self, match: re.Match[str]) -> bool:
        """A dot ends nothing inside a number or a word, after an abbreviation, or after a list number."""
        if not match[0].startswith("."):
            return bool(self._rest[: match.start()].strip()) or match[0].startswith("\n")
        before, after = self._rest[: match.start()], self._rest[match.end() :]
        if match[0] == "." and after[:1].isalnum() and after[:1].isascii():
            return False
        if re.fullmatch(r"\s*\d{1,2}", before):
            return False
        return (
            not _SHORT.search(before)
            or _UNIT.search(before) is not None
            or (before.lower().endswith("etc") and after.lstrip()[:1].isupper())
        )


def parted(sentence: str) -> tuple[str, list[int]]:
    """A sentence without marks and markdown, and the numbers of its marks in order."""
    numbers = [int(n) for match in _MARK.finditer(sentence) for n in re.findall(r"\d+", match[1])]
    return _tidy(_plain(_MARK.sub("", sentence))), list(dict.fromkeys(numbers))


_MARKDOWN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+•]\s+|\d{1,2}[.)、]\s+)"), ""),
    (re.compile(r"(\*\*|__|`+|~~)"), ""),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+)\*"), r"\1"),
)


def _plain(text: str) -> str:
    for pattern, kept in _MARKDOWN:
        text = pattern.sub(kept, text)
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([.,;:!?。，；：！？])", r"\1", re.sub(r"\s+", " ", text)).strip()
    return re.sub(r"([.。])\1+$", r"\1", text)


def all_parted(sentences: list[str]) -> Iterator[tuple[str, list[int]]]:
    """The same for many; what has no letter or number in it is left out."""
    for sentence in sentences:
        text, marks = parted(sentence)
        if any(char.isalnum() for char in text):
            yield text, marks
