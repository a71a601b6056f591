"""Write a benchmark set: its catalog as canonical records, its questions as cases."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from catalog.model import Record, encode
from eval.cases import Case, load


def half(case_id: str) -> str:
    """`tune` or `report`, by the hash of the id: what is tuned on the one is claimed on the other."""
    return "tune" if hashlib.sha256(case_id.encode()).digest()[0] % 2 else "report"


def write(out: Path, name: str, records: Sequence[Record], cases: Sequence[Case]) -> None:
    """Write NAME.catalog.jsonl and NAME.cases.jsonl, and print what they hold."""
    out.mkdir(parents=True, exist_ok=True)
    catalog, path = out / f"{name}.catalog.jsonl", out / f"{name}.cases.jsonl"
    catalog.write_bytes(b"".join(encode(record) + b"\n" for record in records))
    known = {record.id for record in records}
    unknown = {id_ for case in cases for id_ in case.relevant} - known
    if unknown:
        sys.exit(f"graded records that the catalog does not have: {sorted(unknown)}")
    tagged = [msgspec.structs.replace(case, language="en", tags=[*case.tags, half(case.id)]) for case in cases]
    path.write_bytes(b"".join(msgspec.json.encode(case) + b"\n" for case in tagged))
    print(f"{catalog}: {len(records)} records")
    print(f"{path}: {len(cases)} cases, sha256 {load(path).hash}")


def folders(words: str) -> tuple[Path, Path]:
    """(data folder, output folder) from the command line."""
    if len(sys.argv) != 3:
        sys.exit(f"usage: python -m {words} DATA_DIR OUT_DIR")
    return Path(sys.argv[1]), Path(sys.argv[2])
