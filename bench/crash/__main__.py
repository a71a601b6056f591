"""Kill, fill and damage everything; prints JSON and exits 1 if anything was wrong, failed or mixed.

python -m bench.crash [--every 1] [--damages 10000] [--opened 500] [--overlay-damages 5000]

Everything lies in the folder for temporary files (TMPDIR): one in memory spares a disk some ten thousand fsyncs.
"""

import argparse
import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from bench.crash.damage import Damaged, damage_overlay, damage_snapshots
from bench.crash.points import KINDS, Found, interrupted, interrupted_first, judge
from bench.crash.served import Client, asking, served
from bench.crash.syscalls import supported
from bench.crash.works import FIRST, WORKS, Bench


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="interrupt one step in so many")
    parser.add_argument("--damages", type=int, default=10_020, help="some change nothing and do not count")
    parser.add_argument("--opened", type=int, default=500, help="damages after which the shop is opened too")
    parser.add_argument("--overlay-damages", type=int, default=5_000)
    options = parser.parse_args()
    if not supported():
        sys.exit("processes cannot be traced here: Linux on x86-64 is needed, and the right to ptrace")
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder  # what a killed reader of a feed leaves there goes with it
        scratch = Path(folder)
        found = everything(scratch, options.every)
        snapshots = damage_snapshots(scratch, options.damages, options.opened)
        overlay = damage_overlay(scratch, options.overlay_damages)
    report = reported(found, snapshots, overlay)
    print(json.dumps(report, indent=1))
    sys.exit(any(report["total"][name] for name in ("wrong", "failed", "mixed")))


def everything(scratch: Path, every: int) -> list[Found]:
    """Every work under every kind of fault; the last entry is what the client saw in the meantime."""
    bench = Bench(scratch / "shop", scratch)
    found: list[Found] = []
    for name in FIRST:
        found += [_told(interrupted_first(scratch, name, kind, every)) for kind in KINDS]
    bench.build()
    bench.build()
    seen = Found("answers to the client", "any")
    with served(bench.data, scratch) as address:
        bench.client = client = Client(address)
        with contextlib.closing(client), asking(address) as answers:
            for name in WORKS:
                found += [_told(interrupted(bench, name, kind, every)) for kind in KINDS]
    judge(answers, bench.truth, seen)
    seen.answers = len(answers)
    return [*found, seen]


def _told(found: Found) -> Found:
    print(f"{found.work}, {found.kind}: {found.points} points", file=sys.stderr, flush=True)
    return found


def reported(found: list[Found], snapshots: Damaged, overlay: Damaged) -> dict[str, Any]:
    """Totals first, then every part."""
    total = {
        "points": sum(one.points for one in found),
        "killed": sum(one.points for one in found if one.kind in {"kill", "torn"}),
        "answers": sum(one.answers for one in found),
        "wrong": sum(len(one.wrong) for one in found) + len(snapshots.wrong) + len(overlay.wrong),
        "failed": sum(len(one.failed) for one in found),
        "mixed": sum(len(one.mixed) for one in found),
        "damages": snapshots.tried, "refused": snapshots.refused, "shops_opened": snapshots.opened,
        "overlay_damages": overlay.tried, "overlay_refused": overlay.refused, "overlay_harmless": overlay.harmless,
    }  # fmt: skip
    parts = {"faults": found, "snapshots": snapshots, "overlay": overlay}
    return {"total": total, **msgspec.to_builtins(parts)}


if __name__ == "__main__":
    main()
