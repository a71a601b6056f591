"""`metadata.json` of an Agentic Commerce Protocol feed: what holds for all of its rows."""

from pathlib import Path
from typing import Any

import msgspec

from catalog.issues import Issue

NAME = "metadata.json"
_LARGEST = 1 << 20
"""Bytes: a few lines about a feed are never longer."""
_MODES = {"full": "replace", "snapshot": "replace", "incremental": "upsert", "delta": "upsert", "partial": "upsert"}


class Metadata(msgspec.Struct, frozen=True):
    """Defaults for the rows."""

    currency: str | None = None
    language: str | None = None
    generated_at: str | None = None
    """When the feed was written: the time of a row that names none."""


def read_metadata(folder: Path, mode: str | None) -> tuple[Metadata, list[Issue]]:
    """The metadata beside the products, and what is odd about it: broken, or of another `mode` than was asked for."""
    path = folder / NAME
    if not path.is_file():
        return Metadata(), []
    try:
        with path.open("rb") as handle:
            value = msgspec.json.decode(handle.read(_LARGEST), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return Metadata(), [Issue(code="bad_json", file=NAME, line=1, message=str(error) or "nested too deep")]
    stated = _text(value, "mode", "update_mode", "update_type", "ingestion_mode") or ""
    stated = _MODES.get(stated, stated)
    issues = []
    if mode and stated and mode != stated:
        message = f"the feed says {stated!r}, the build was asked to {mode!r}"
        issues.append(Issue(code="mode_conflict", file=NAME, line=1, field="mode", value=stated, message=message))
    locale = _text(value, "language", "content_language", "locale")
    return Metadata(
        currency=_text(value, "currency", "default_currency"),
        language=locale.replace("_", "-").partition("-")[0] if locale else None,
        generated_at=_text(value, "generated_at", "updated_at"),
    ), issues


def _text(value: dict[str, Any], *names: str) -> str | None:
    return next((value[name] for name in names if isinstance(value.get(name), str) and value[name]), None)
