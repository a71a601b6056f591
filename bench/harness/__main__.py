"""1,000 cases against the Composer in one command: cases a second, memory; killed half way and gone on with. JSON.

    python -m bench.harness data/shop [--n 1000] [--concurrency 4] [--cases FILE ...]

Serves a copy of the shop and runs `guide-eval run` as a process of its own, as a release check would. The cases are
generated from the sample shop's records unless files are named; too few of them are asked again under new ids. Exits
with 1 if a case is lost, saved twice or without an answer, or if going on gives another accuracy than not stopping.
"""

import argparse
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from bench.crash.served import served
from bench.harness.command import Command, Ended, finished, guide_eval, killed_at, rows

_PATIENCE = 60.0
_PAUSE = 0.2
"""Seconds: for one look whether the guide is ready, and between two."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--cases", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    load = os.getloadavg()
    with tempfile.TemporaryDirectory() as scratch:
        room = Path(scratch)
        cases = room / "cases.jsonl"
        cases.write_text("".join(f"{line}\n" for line in _cases(options.cases, options.n, room)), "utf-8")
        with served(Path(shutil.copytree(options.data, room / "data")), room) as address:
            _settle(address)
            words = ["run", str(cases), "--target", address, "--catalog", "sample"]
            words += ["--concurrency", str(options.concurrency)]
            whole = finished(Command(words, room / "whole"))
            killed_with = killed_at(Command(words, room / "killed"), options.n // 2)
            rest = finished(Command(words, room / "killed"))
        again = finished(Command(["report", str(room / "whole")], room / "whole"))
        made = {
            "cases": options.n, "concurrency": options.concurrency,
            "machine": {"cpus": os.cpu_count(), "loadavg_before": load, "loadavg_after": os.getloadavg()},
            "whole": _told(whole, options.n), "report_seconds": round(again.seconds, 1),
            "report_peak_mib": again.peak_mib, "killed": {"rows_when_killed": killed_with, **_told(rest, options.n)},
            "checks": _checks(room, options.n),
        }  # fmt: skip
    print(json.dumps(made, indent=1))
    sys.exit(0 if all(made["checks"].values()) else 1)


def _cases(files: Sequence[Path], n: int, room: Path) -> Iterator[str]:
    """`n` lines of a case file, every id once."""
    if not files:
        made = room / "made.jsonl"
        guide_eval("generate", "--catalog", "sample", "--n", str(n), "--out", str(made))
        files = [made]
    known = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    for number, case in zip(range(n), itertools.cycle(known), strict=False):
        lap = number // len(known)
        yield json.dumps(case | ({"id": f"{case['id']}~{lap}"} if lap else {}), ensure_ascii=False)


def _settle(address: str) -> None:
    """Until the guide's encoder is loaded: what is measured is the harness, not a start."""
    with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
        while "encoder_loading" in client.get("/readyz").json()["degraded"]:
            time.sleep(_PAUSE)


def _told(ended: Ended, n: int) -> dict[str, Any]:
    """Seconds of the whole command and of the asking alone, rate, and the process's peak of resident memory."""
    return {
        "seconds": round(ended.seconds, 1), "asking_seconds": round(ended.asking, 1),
        "cases_a_second": round(ended.rows / ended.asking, 2) if ended.asking else None,
        "peak_mib": ended.peak_mib, "rows": ended.rows, "of": n,
    }  # fmt: skip


def _checks(room: Path, n: int) -> dict[str, bool]:
    wanted = {json.loads(line)["id"] for line in (room / "cases.jsonl").read_text("utf-8").splitlines()}
    saved = rows(room / "killed")
    whole, killed = (json.loads((room / name / "report.json").read_bytes()) for name in ("whole", "killed"))
    return {
        "every_case_saved": {row["id"] for row in saved} == wanted,
        "no_case_saved_twice": len(saved) == len(wanted) == n,
        "no_errors": not whole["errors"] and not killed["errors"],
        "same_accuracy": whole["metrics"]["accuracy"]["value"] == killed["metrics"]["accuracy"]["value"],
    }


if __name__ == "__main__":
    main()
