"""Text cleaning at the door: markup to text, invisible characters out, spaces tidy.

Nothing visible changes, so that a quote from a record is what the merchant wrote.
"""

import html
import re
import unicodedata
from html.parser import HTMLParser

MAX_CHARS = 20_000
"""Longest text a field keeps; longer ones are cut and reported (a page pasted into a cell)."""

_TAG = re.compile(r"<[a-zA-Z/!]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
_BLANK = re.compile(r"\n{3,}")
_BREAKING = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "section"}
_DROPPED = {"script", "style", "template", "noscript", "head"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)


def clean(text: str) -> str:
    """Readable text: NFC, no markup, no control, zero-width, bidi or tag characters, single spaces."""
    if _TAG.search(text):
        text = _html_to_text(text)
    elif "&" in text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(char for char in text if char == "\n" or not _invisible(char))
    text = _LINES.sub("\n", _SPACES.sub(" ", text))
    return _BLANK.sub("\n\n", text).strip()


def fold(text: str) -> str:
    """A comparison key: NFKC, case folded, one space between words. Never shown."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _invisible(char: str) -> bool:
    # Cc control, Cf format (zero width, bidi, tags), Co private use, Cs surrogate; a tab becomes a space later.
    return char != "\t" and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}


def _html_to_text(text: str) -> str:
    parser = _TextOnly()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


class _TextOnly(HTMLParser):
    """Keeps the text a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._break(tag)
            return
        style = dict(attrs).get("style") or ""
        if self._skipped or tag in _DROPPED or _HIDDEN.search(style) or any(name == "hidden" for name, _ in attrs):
            self._skipped.append(tag)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipped:
            while self._skipped.pop() != tag:
                pass
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)

    def _break(self, tag: str) -> None:
        if tag in _BREAKING and not self._skipped:
            self.parts.append("\n")
