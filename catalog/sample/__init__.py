"""The shop that comes with Shopguide: 山海优选 Shanhai Select, bilingual, written for it.

Dates in the files are offsets from build time (`T-3d`, `T+12h`), so that the shop never looks old.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.resources import files as resources

_OFFSET = re.compile(rb'"T([+-]\d+)([dh])"')


def files(now: datetime) -> Iterator[tuple[str, list[bytes]]]:
    """Name and lines of each file, its dates counted from `now`."""
    folder = resources(__name__)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".jsonl"):
            content = _OFFSET.sub(lambda match: _date(match, now), entry.read_bytes())
            yield f"sample/{entry.name}", content.splitlines(keepends=True)


def _date(match: re.Match[bytes], now: datetime) -> bytes:
    hours = int(match[1]) * (24 if match[2] == b"d" else 1)
    return f'"{(now + timedelta(hours=hours)).isoformat()}"'.encode()
