"""Text cleaning at the door: markup to text, invisible characters out, spaces tidy.

Nothing visible changes, so that a quote from a record is what the merchant wrote.
"""

import html
import re
import unicodedata
from html.parser import HTMLParser

MAX_CHARS = 20_000
"""Longest text a field keeps; longer ones are cut and reported (a page pasted into a cell)."""

# Control but line break and tab, then every format (Cf), surrogate (Cs) and private-use (Co) character of Unicode 15.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000f0000-\U0010ffff]"
)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ROUNDS = 8
"""How often escaped markup may hide escaped markup; a text that goes on beyond it is no honest text."""
# Printable ASCII but & and <, Chinese characters and their punctuation, single spaces between them: nothing to clean.
_PLAIN = re.compile("[!-%'-;=-~、-〟一-鿿！-～]+(?: [!-%'-;=-~、-〟一-鿿！-～]+)*")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
_BLANK = re.compile(r"\n{3,}")
_BREAKING = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "section"}
_DROPPED = {"script", "style", "template", "noscript", "head"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)


def clean(text: str) -> str:
    """Readable text: NFC, no markup, no control, zero-width, bidi or tag characters, single spaces.

    Cleaning a clean text changes nothing, so a feed that was converted is indexed as it would have been at first.
    """
    if _PLAIN.fullmatch(text):
        return text
    for _ in range(_ROUNDS):
        before, text = text, _once(text)
        if text == before:
            return text
    return _once(text.replace("&", " ").replace("<", " "))


def junk(text: str) -> str:
    """What `clean` takes out of a text beside spaces and line breaks, in words; "" if nothing."""
    if _PLAIN.fullmatch(text):
        return ""
    if _TAG.search(text):
        return "markup"
    if _ENTITY.search(text):
        return "character references"
    return "invisible characters" if _INVISIBLE.search(text.replace("\r", "")) else ""


def _once(text: str) -> str:
    # Only references that end in ";" are decoded: "RTX&GTX" is a name, and no "RTX>X".
    text = _html_to_text(text) if _TAG.search(text) else _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text)
    text = _LINES.sub("\n", _SPACES.sub(" ", text))
    return _BLANK.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """A message as it may be shown at a terminal: what a feed says neither breaks its line nor steers the terminal."""
    return _CONTROL.sub(" ", text).rstrip()


def fold(text: str) -> str:
    """A comparison key: NFKC, case folded, one space between words. Never shown."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _html_to_text(text: str) -> str:
    parser = _TextOnly()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError:  # html.parser gives up on a malformed <![section
        return _TAG.sub(" ", text)
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

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:  # <br/> is one break, not two
            self.handle_starttag(tag, attrs)
        else:
            super().handle_startendtag(tag, attrs)

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
