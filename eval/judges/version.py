"""Which judge a card speaks of: its name, and a version that changes with anything that can change a verdict."""

import hashlib
from functools import cache
from pathlib import Path

NAME = "faithfulness_offline"
"""The judge behind `JUDGED_METRICS`: `eval/faithfulness` and what it reads texts and records with."""

_HARNESS = Path(__file__).resolve().parent.parent
PARTS = (
    "faithfulness", "text", "metrics/constraints.py",
    "names.py", "passages.py", "products.py", "ranges.py", "truth.py", "variants.py", "worth.py",
)  # fmt: skip
"""What can change a verdict, below `eval`."""


@cache
def version() -> str:
    """The first 12 hex digits of a SHA-256 over the judge's code and weights.

    A number that somebody has to remember to raise would let a stale card vouch for another judge.
    """
    digest = hashlib.sha256()
    for part in PARTS:
        for file in _files(_HARNESS / part):
            digest.update(file.relative_to(_HARNESS).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(part: Path) -> list[Path]:
    """The file itself, or what lies in the folder; compiled code and words about weights are no part of the judge."""
    found = [part] if part.is_file() else sorted(part.rglob("*"))
    return [file for file in found if file.is_file() and file.suffix not in (".pyc", ".md")]
