"""The trail of what was done to a shop and by whom: one JSON line an event, appended and forced to the disk."""

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.atomic import append_line


def record(trail: Path, event: str, *, by: str, **details: Any) -> None:
    """Append an event.

    Args:
        trail: `Layout.audit` of the data directory.
        event: what happened: activate, rollback, found, ...
        by: the command or the key that did it.
        details: what else the line says; JSON values.

    Raises:
        OSError: the line cannot be written.
    """
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "by": by, "user": user()}
    append_line(trail, json.dumps(line | details, ensure_ascii=False))


def user() -> str:
    """Name of the operating system's user, or their number where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # KeyError until Python 3.12
        return str(os.getuid())
