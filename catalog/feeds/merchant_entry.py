"""What the XML parser tells of an RSS or Atom feed, gathered into entries; nothing else is kept."""

from functools import lru_cache
from typing import Any

from catalog.errors import FeedError
from catalog.feeds.canonical import MAX_LINE
from catalog.feeds.merchant_item import Fields

MAX_DEPTH = 100
"""Deepest nesting: a feed needs 6, with XHTML in a description some more; a bomb has 200,000."""
_ROOTS = {"rss", "feed", "rdf"}
_ENTRIES = {"item", "entry"}
_MERCHANT = "base.google.com"
_OTHERS = {"", "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/"}
_FLAT = {"title", "description", "summary", "content"}
"""Fields whose inner elements are markup of a text, not parts."""


class Target:
    """Gathers what the parser tells into entries; nothing else is kept."""

    expat: Any

    def __init__(self, file: str) -> None:
        self._file = file
        self._depth = 0
        self._ready: list[tuple[int, Fields | None]] = []
        self._entry: _Entry | None = None

    @property
    def place(self) -> str:
        """File and line the parser has come to."""
        return f"{self._file}:{self.expat.CurrentLineNumber}"

    def take(self) -> list[tuple[int, Fields | None]]:
        """Lines and fields of the entries completed since the last call; None for one that was too long."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins.

        Raises:
            FeedError: nested too deep, or the outermost element is that of no feed.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeedError(f"{self.place}: the XML is nested deeper than {MAX_DEPTH} elements")
        if self._depth == 1 and _split(tag)[1].lower() not in _ROOTS:
            raise FeedError(f"{self.place}: <{_split(tag)[1][:40]}> begins neither an RSS nor an Atom feed")
        if self._entry is not None:
            self._entry.start(self._depth, tag, attributes)
        elif _split(tag)[1] in _ENTRIES:
            self._entry = _Entry(self.expat.CurrentLineNumber, self._depth)

    def data(self, text: str) -> None:
        """Text, or a piece of it."""
        if self._entry is not None:
            self._entry.data(text)

    def end(self, _tag: str) -> None:
        """The innermost open element ends."""
        entry = self._entry
        if entry is not None:
            entry.end(self._depth)
            if self._depth == entry.depth:
                self._ready.append((entry.line, entry.fields if entry.size <= MAX_LINE else None))
                self._entry = None
        self._depth -= 1

    def close(self) -> None:
        """The parser wants to call it."""


class _Entry:
    """One entry while it is read: its fields, and the parts of the field that is open."""

    def __init__(self, line: int, depth: int) -> None:
        self.line = line
        self.depth = depth
        self.size = 0
        self.fields: Fields = {}
        self._merchant: set[str] = set()
        self._open: tuple[str, str] = ("", "")
        self._text: list[str] = []
        self._part = ""
        self._parts: dict[str, list[str]] = {}

    def start(self, depth: int, tag: str, attributes: dict[str, str]) -> None:
        self.size += len(tag) + sum(len(name) + len(value) for name, value in attributes.items())
        if depth == self.depth + 1:
            self._open, self._parts = _split(tag), {}
            # Atom writes an address as an attribute.
            linked = attributes.get("rel", "alternate") == "alternate"
            self._text = [attributes["href"]] if linked and "href" in attributes else []
            self._part = ""
        elif depth == self.depth + 2 and self.size <= MAX_LINE:
            self._part = _split(tag)[1]
            self._parts[self._part] = []

    def data(self, text: str) -> None:
        self.size += len(text)
        if self.size > MAX_LINE:
            return
        self._text.append(text)
        if self._part:
            self._parts[self._part].append(text)

    def end(self, depth: int) -> None:
        if depth == self.depth + 2:
            self._part = ""
        elif depth == self.depth + 1 and self.size <= MAX_LINE:
            self._close()

    def _close(self) -> None:
        """Keep the field; of two with one name, Google's wins over RSS's or Atom's."""
        namespace, name = self._open
        if _MERCHANT in namespace and name not in self._merchant:
            self._merchant.add(name)
            self.fields[name] = []
        elif name in self._merchant and _MERCHANT not in namespace:
            return
        elif namespace not in _OTHERS and _MERCHANT not in namespace:
            name = f"{{{namespace}}}{name}"
        parts = {part: "".join(texts).strip() for part, texts in self._parts.items()}
        value = "".join(self._text).strip()
        self.fields.setdefault(name, []).append(parts if parts and name not in _FLAT else value)


@lru_cache(1024)
def _split(tag: str) -> tuple[str, str]:
    """Namespace and name of `{namespace}name`."""
    namespace, _, name = tag.rpartition("}")
    return namespace.removeprefix("{"), name
