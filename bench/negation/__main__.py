"""Refusals asked of /v1/search and /v1/ask: known violators among the first ten and on the cards. Prints JSON.

    python -m bench.negation [--shop data/shop] [--icecat data/bench/icecat] [--only shop]

Exit code 1 if a known violator is shown, if an answer with an open card does not say what is open, or if a question
that refuses nothing excludes something. The stores are those of `make index` and `make bench`.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from bench.crash.served import served
from bench.negation.asked import asked
from bench.negation.gold import Products, Refusal, questions

CLOCK = "2026-11-22T09:00:00+00:00"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, default=Path("data/shop"))
    parser.add_argument("--icecat", type=Path, default=Path("data/bench/icecat"))
    parser.add_argument("--only", choices=("shop", "icecat"))
    options = parser.parse_args()
    stores = {name: getattr(options, name) for name in ("shop", "icecat") if options.only in {None, name}}
    report = {name: of_store(data, [one for one in questions() if one.store == name]) for name, data in stores.items()}
    print(json.dumps(report, indent=1, ensure_ascii=False))
    sys.exit(1 if any(figures["failures"] for figures in report.values()) else 0)


def of_store(data: Path, refusals: list[Refusal]) -> dict[str, Any]:
    """All figures of one store; it is served by a process of its own."""
    products = Products(data)
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(data, Path(scratch, "data"), ignore=shutil.ignore_patterns("cache", "fp32*.npy"))
        with (
            served(copy, Path(scratch), "--clock", CLOCK) as address,
            httpx.Client(base_url=address, timeout=300) as web,
        ):
            rows = [asked(web, one, products) for one in refusals]
    refusing = [row for row in rows if row["violators_in_store"] is not None]
    return {
        "questions": len(rows),
        "refusing": len(refusing),
        "least_known_violators": min(row["violators_in_store"] for row in refusing),
        "violation@10": round(sum(row["of_ten"] for row in refusing) / max(1, sum(row["hits"] for row in refusing)), 4),
        "violating_cards": sum(row["on_cards"] for row in refusing),
        "cards": sum(row["cards"] for row in refusing),
        "cards_open": sum(row["open"] for row in refusing),
        "failures": [row for row in rows if row["wrong"]],
    }


if __name__ == "__main__":
    main()
