"""What a file's name says: whether a folder's file is a feed, and what its source is called."""

import re
from pathlib import PurePath

_PACKED = {".gz", ".zip"}
_FEEDS = {
    ".jsonl", ".ndjson", ".json", ".jsonld", ".csv", ".tsv", ".txt", ".xml", ".rss", ".atom", ".html", ".htm",
    ".parquet",
}  # fmt: skip
COMPANION = "metadata.json"
"""What the Agentic Commerce Protocol puts beside a feed to describe it; no feed itself."""
_UNSAFE = re.compile(r"[^\w.-]+")


def is_feed_name(path: PurePath) -> bool:
    """Whether a file found in a folder or an archive is taken for a feed; which kind, its content says."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and path.name != COMPANION and path.suffix.lower() in _FEEDS | _PACKED


def source_name(name: str) -> str:
    """A stable name without suffixes and odd characters: `my shop.csv.gz` -> `my-shop`."""
    path = PurePath(name)
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    if path.suffix.lower() in _FEEDS:
        path = path.with_suffix("")
    return _UNSAFE.sub("-", path.name).strip("-") or "feed"
