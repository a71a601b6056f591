"""What keys did, in the data folder's audit log: one JSON line an event, never a key, only its id."""

import json
from datetime import UTC, datetime
from pathlib import Path

FILE = "audit.jsonl"


def note(data: Path, event: str, *, by: str, **fields: object) -> None:
    """Append one event; lines of several processes do not mix, since each is one write to the file's end."""
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, "by": by, **fields}
    with (data / FILE).open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line, ensure_ascii=False) + "\n")
