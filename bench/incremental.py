"""What a build costs when little changed: Icecat's 19,406 products in full, then nothing, 1 % and 10 % changed.

python -m bench.incremental --data ../shared/data                                       # about an hour on two cores
python -m bench.incremental --data ../shared/data --from data/bench/icecat --full 2127  # minutes

`--from` copies a built store as the starting point; `--full` is then the recorded number of seconds of its full build.
A change is a new title, the worst case: every passage of the product carries it and is encoded again. Every figure is
the wall time (and, for a busy machine, the processor time) of `guide-index build` as a process of its own, reading the
feed included. Prints JSON.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.judged import MAPPINGS

NAME = "icecat"
FEED = "icecat_chorus/products.jsonl"
SHARES = (0.0, 0.01, 0.1)
SEED = 11


def build(feed: Path, data: Path) -> dict:
    """One build and its figures."""
    command = [
        Path(sys.executable).parent / "guide-index", "build", feed, "--data", data, "--source", NAME, "--json",
        "--mapping", MAPPINGS / f"{NAME}.toml",
    ]  # fmt: skip
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = json.loads(done.stdout)
    kept = {name: report[name] for name in ("changed", "records", "passages", "encoded", "reused")}
    build_seconds = round(report["seconds"], 1)
    return {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "build_seconds": build_seconds, **kept}


def changed(feed: Path, share: float, target: Path) -> int:
    """Write the feed with new titles on a share of its products; how many were changed."""
    lines = feed.read_text("utf-8").rstrip("\n").split("\n")  # not splitlines: texts hold other line separators
    order = list(range(len(lines)))
    random.Random(SEED).shuffle(order)  # the products of a larger share include those of a smaller one
    chosen = order[: round(share * len(lines))]
    for at in chosen:
        row = json.loads(lines[at])
        row["title"] = f"{row.get('title') or row['name']}, edition of {share:.0%}"
        lines[at] = json.dumps(row, ensure_ascii=False)
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return len(chosen)


def copied(store: Path, data: Path) -> None:
    """The live snapshot of a store, with the vectors it was made of."""
    live = (store / "CURRENT").read_text().strip()
    shutil.copytree(store / "snapshots" / live, data / "snapshots" / live)
    shutil.copytree(store / "cache", data / "cache")
    shutil.copyfile(store / "CURRENT", data / "CURRENT")


def measure(feed: Path, store: Path | None, full: float, data: Path) -> dict:
    """All figures."""
    if store is None:
        report = {"full": build(feed, data)}
        full = report["full"]["seconds"]
    else:
        copied(store, data)
        # A store of an older version is written anew once, without encoding; that is not what is measured.
        report = {"full": {"seconds": full, "recorded": True}, "copied store brought up to date": build(feed, data)}
    runs = {}
    for share in SHARES:
        target = data.with_name("products.jsonl")
        products = changed(feed, share, target)
        figures = build(target, data)
        runs[f"{share:.0%} changed"] = {
            "products": products, **figures, "share of full build": round(figures["seconds"] / full, 4),
        }  # fmt: skip
        print(share, figures, file=sys.stderr)
    nothing = runs["0% changed"]
    holds = nothing["encoded"] == 0 and not nothing["changed"] and nothing["seconds"] < 0.05 * full
    return report | runs | {"nothing changed: 0 encoded, under 5 % of a full build": holds, "cores": os.cpu_count()}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the judged catalogs")
    parser.add_argument("--from", dest="store", type=Path, help="a built store to start from")
    parser.add_argument("--full", type=float, help="seconds of that store's full build, feed included")
    options = parser.parse_args()
    if (options.store is None) != (options.full is None):
        parser.error("--from and --full go together")
    feed = options.data / FEED
    if not feed.is_file():
        sys.exit(f"{feed} is not here: give the folder of judged catalogs with --data (docs/benchmarks.md)")
    with tempfile.TemporaryDirectory(prefix="shopguide-bench-") as folder:
        print(json.dumps(measure(feed, options.store, options.full or 0.0, Path(folder) / "store"), indent=1))


if __name__ == "__main__":
    main()
