"""How long and how large `guide-catalog check` becomes over a long feed: rows, seconds, peak RSS. Prints JSON.

    python -m bench.feed_memory [--rows 2000000]

Two feeds are written and checked: a CSV with a mapping, and a Google Merchant table whose variants of one product lie
as far apart as they can (row i belongs to product i modulo the number of products).
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

VARIANTS = 4
"""Members of one group."""
MAPPING = """
currency = "USD"
[fields]
id = "sku"
title = "name"
brand = "maker"
description = "about"
images = "picture"
"offer.price" = "price"
"offer.stock" = "stock"
[attributes]
color = "colour"
"""
MERCHANT = (
    "id", "title", "description", "link", "image_link", "availability", "price", "brand", "color", "size",
    "item_group_id",
)  # fmt: skip
COLOURS = ("black", "white", "green", "red")
ABOUT = "A quiet lamp for reading in bed, with a switch on the cord and a shade that turns; packed without plastic."


def table(rows: int) -> Iterator[str]:
    yield "sku,name,maker,about,picture,price,stock,colour\n"
    for row in range(rows):
        picture = f"https://shop.example/p/{row}.jpg"
        yield (
            f'L-{row},"Reading lamp {row}, tall",Alder,"{ABOUT}",{picture},{row % 900 + 10}.90,{row % 50},'
            f"{COLOURS[row % 4]}\n"
        )


def merchant(rows: int) -> Iterator[str]:
    yield "\t".join(MERCHANT) + "\n"
    groups = max(1, rows // VARIANTS)
    for row in range(rows):
        group, member = row % groups, row // groups
        cells = (
            f"L-{row}", f"Reading lamp {group}", ABOUT, f"https://shop.example/p/{group}",
            f"https://shop.example/p/{row}.jpg", "in_stock", f"{group % 900 + 10}.90 USD", "Alder",
            COLOURS[member % 4], "SML"[member % 3], f"G-{group}",
        )  # fmt: skip
        yield "\t".join(cells) + "\n"


def check(feed: Path, *options: str) -> dict[str, object]:
    """Run the command and read its peak memory from the system."""
    command = [str(Path(sys.executable).parent / "guide-catalog"), "check", str(feed), "--json", *options]
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        out.seek(0)
        report = json.load(out)
    kib = usage.ru_maxrss // 1024 if platform.system() == "Darwin" else usage.ru_maxrss
    return {
        "exit": process.returncode,
        "records": report["records"],
        "issues": report["issues"],
        "seconds": round(seconds, 1),
        "peak_rss_mib": round(kib / 1024),
    }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    rows = parser.parse_args().rows
    report: dict[str, object] = {"rows": rows}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        mapping = folder / "mapping.toml"
        mapping.write_text(MAPPING, "utf-8")
        feeds: dict[str, tuple[Callable[[int], Iterator[str]], list[str]]] = {
            "table.csv": (table, ["--mapping", str(mapping)]),
            "merchant.tsv": (merchant, []),
        }
        for name, (lines, options) in feeds.items():
            path = folder / name
            with path.open("w", encoding="utf-8") as handle:
                handle.writelines(lines(rows))
            megabytes = round(path.stat().st_size / 1e6)
            report[name] = {"megabytes": megabytes, **check(path, *options)}
            path.unlink()
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
