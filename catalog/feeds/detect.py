"""What a file is, by its content; the suffix decides only between two readings of the same bytes."""

import codecs
import csv
import re
from pathlib import PurePath
from typing import Any

import msgspec

from catalog.errors import FeedError
from catalog.feeds.bounds import disk
from catalog.feeds.reader import FeedFile
from catalog.formats import Format

_HEAD = 1 << 16
"""Bytes that are looked at."""
_LINES = 20
"""JSON lines that are looked at: the first may be broken without making the file another format."""
_MARKUP = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HTML_ROOTS = {"html", "head", "body", "script", "div", "main", "article", "section"}
_FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
_TYPES = {"product", "review", "qa", "faq", "policy", "promotion", "delete"}
_ACP = {
    "item_id", "group_id", "variant_dict", "is_eligible_search", "is_eligible_checkout", "enable_search",
    "enable_checkout", "item_group_id", "link", "image_link", "image_url", "media", "seller_name", "event_type",
}  # fmt: skip
"""Field names of the Agentic Commerce Protocol that no canonical record has."""
_GOOGLE = {"link", "image_link", "item_group_id", "google_product_category"}
_MERCHANT = {"link", "image_link", "availability", "price", "description", "condition", "brand", "gtin"}
"""Columns of Google Merchant tables: those that hardly any other table has, and those that many have."""
_JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
_DELIMITERS = "\t,;|"


def detect(file: FeedFile) -> Format:
    """The format of a plain UTF-8 file.

    Raises:
        FeedError: it is empty, or of a kind that is no feed.
    """
    with disk(file.name), file.path.open("rb") as handle:
        head = handle.read(_HEAD)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # only XML is left in UTF-16
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    if not text.strip():
        raise FeedError(f"{file.name} is empty")
    if text.startswith("<"):
        return _markup(text, file.name)
    if text.startswith(("{", "[")):
        return _json(text, file.name)
    if PurePath(file.name.removesuffix(".gz")).suffix.lower() in _JSON_SUFFIXES:
        return "canonical"  # every broken line becomes an issue
    return _table(text)


def _markup(text: str, name: str) -> Format:
    text = _MARKUP.sub("", text).lstrip()
    root = _ROOT.search(text)
    word = root[2].lower() if root else ""
    if _HTML.match(text) or word in _HTML_ROOTS:
        return "html"
    # A document type with entities is left to the reader, which refuses it.
    if word in _FEED_ROOTS or text.startswith("<!DOCTYPE"):
        return "merchant-xml"
    raise FeedError(f"{name} is XML, but no RSS or Atom feed: its root is <{word or '?'}>")


def _json(text: str, name: str) -> Format:
    rows = [row for line in text.split("\n")[:_LINES] if (row := _object(line)) is not None]
    found = next((form for row in rows if (form := _by_keys(row))), None)
    if found:
        return found
    if rows and len(rows) * 2 > len([line for line in text.split("\n")[:_LINES] if line.strip()]):
        return "canonical"
    # One document over many lines, or on one line longer than what was read.
    if re.search(r'"@(?:context|type|graph)"\s*:', text):
        return "jsonld"
    if re.search(r'"variants"\s*:|"body_html"\s*:|^\{\s*"products"\s*:', text):
        return "shopify-json"
    if text.startswith("["):
        raise FeedError(f"{name} is a JSON list: write one object a line (.jsonl), and map its fields with --mapping")
    return "canonical"


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _by_keys(row: dict[str, Any]) -> Format | None:
    if row.keys() & {"@context", "@type", "@graph"}:
        return "jsonld"
    if isinstance(row.get("products"), list) or {"handle", "variants"} <= row.keys() or {"body_html"} <= row.keys():
        return "shopify-json"
    kind = row.get("type")
    if isinstance(kind, str) and kind in _TYPES:
        return "canonical"
    nested = {"title", "variants"} <= row.keys() and "type" not in row
    return "acp" if nested or row.keys() & _ACP else None


def delimiter(header: str) -> str:
    """What parts the header line into most columns; quoted parts do not count."""
    plain = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=plain.count)


def _table(text: str) -> Format:
    header = next(line for line in text.splitlines() if line.strip())
    try:
        cells = next(csv.reader([header], delimiter=delimiter(header)))
    except (csv.Error, StopIteration):
        return "table"
    names = {re.sub(r"[\s_]+", "_", cell.strip().lower().removeprefix("g:")) for cell in cells}
    if names & {"handle", "url_handle"} and ("title" in names or any(name.startswith("variant_") for name in names)):
        return "shopify-csv"
    if {"id", "title"} <= names and names & _GOOGLE and len(names & _MERCHANT) >= 2:
        return "merchant-table"
    return "table"
