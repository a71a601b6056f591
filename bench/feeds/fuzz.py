"""Thousands of damaged feeds of every format through `guide-catalog check`. Prints JSON; exits 1 at a broken promise.

    python -m bench.feeds.fuzz [--count 5000] [--seed 3]
    python -m bench.feeds.fuzz --keep 1234 FILE     # write the feed with that number, to look at it

The promises: no exception but ours, no feed that takes longer than its time, and every row that is left out is named
with file, line and a code that is documented. Feeds are checked in processes of their own, so that a crash of the
interpreter, which no `except` sees, is counted too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from bench.feeds.mutations import mutated
from bench.feeds.specimens import Specimen, packed, specimens
from bench.feeds.verdict import Verdict, judge, line_count

BATCH = 250
"""Feeds that one process checks."""
_BATCH_SECONDS = 1800
"""Time on the wall after which a batch is ended: code that never comes back to the interpreter."""


class Damaged(NamedTuple):
    """One damaged feed."""

    specimen: Specimen
    content: bytes
    lines: int


class Fuzz:
    """Damaged feeds by number; a number and a seed always give the same bytes."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._specimens = specimens()
        self._forms = sorted(self._specimens)

    def feed(self, number: int) -> Damaged:
        """The formats take turns; an archive is damaged within, then half of the time itself."""
        chance = Random(f"{self._seed}:{number}")
        specimen = chance.choice(self._specimens[self._forms[number % len(self._forms)]])
        other = chance.choice(self._specimens[chance.choice(self._forms)]).content
        inner = mutated(specimen.content, chance, other)
        content = packed(specimen, inner)
        if content is not inner and chance.random() < 0.5:
            content = mutated(content, chance, other)
        return Damaged(specimen, content, max(line_count(inner), line_count(content)))

    def check(self, number: int, folder: Path) -> tuple[str, Verdict]:
        """The feed's format, and what became of it."""
        damaged = self.feed(number)
        feed = folder / damaged.specimen.name
        feed.write_bytes(damaged.content)
        mapping = None
        if damaged.specimen.mapping:
            mapping = folder / "mapping.toml"
            mapping.write_text(damaged.specimen.mapping, "utf-8")
        verdict = judge(feed, damaged.lines, mapping)
        feed.unlink()
        return damaged.specimen.form, verdict


def work(seed: int, first: int, count: int) -> None:
    """Check a batch, and print a line before each feed and one after it."""
    fuzz = Fuzz(seed)
    with tempfile.TemporaryDirectory() as place:
        for number in range(first, first + count):
            print(number, flush=True)
            form, verdict = fuzz.check(number, Path(place))
            print(json.dumps([form, msgspec.to_builtins(verdict)]), flush=True)


def batches(seed: int, total: int) -> Iterator[tuple[int, str, Verdict]]:
    """Number, format and verdict of every feed; one that kills its process is a crash, and the next goes on."""
    first = 0
    while first < total:
        command = [
            sys.executable,
            "-m",
            "bench.feeds.fuzz",
            "--work",
            str(seed),
            str(first),
            str(min(BATCH, total - first)),
        ]
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=_BATCH_SECONDS, check=False)
            out, err, outcome = ended.stdout, ended.stderr, "crash"
        except subprocess.TimeoutExpired as error:
            out, err, outcome = (error.stdout or b"").decode(), "", "hang"
        lines = out.splitlines()
        for line in lines[1::2]:
            form, verdict = json.loads(line)
            yield first, form, msgspec.convert(verdict, Verdict)
            first += 1
        if len(lines) % 2 or not lines:
            yield first, "?", Verdict(outcome, message=err[-2000:] or "the process ended")
            first += 1


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--keep", nargs=2, metavar=("NUMBER", "FILE"))
    parser.add_argument("--work", nargs=3, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(*options.work)
        return
    if options.keep:
        damaged = Fuzz(options.seed).feed(int(options.keep[0]))
        Path(options.keep[1]).write_bytes(damaged.content)
        print(damaged.specimen.form, damaged.specimen.name)
        return
    report, broken = summary(batches(options.seed, options.count))
    print(json.dumps({"seed": options.seed, "feeds": options.count, "formats": report, "broken": broken}, indent=1))
    sys.exit(bool(broken))


def summary(found: Iterator[tuple[int, str, Verdict]]) -> tuple[dict[str, dict[str, float]], list[dict[str, object]]]:
    """Counts by format, and the feeds whose promise was broken."""
    counts: dict[str, Counter[str]] = {}
    slowest: dict[str, float] = {}
    broken: list[dict[str, object]] = []
    for number, form, verdict in found:
        count = counts.setdefault(form, Counter(dict.fromkeys(("read", "refused", "crash", "hang", "unplaced"), 0)))
        count[verdict.outcome] += 1
        count["records"] += verdict.records
        count["rejected"] += verdict.rejected
        count["doubtful"] += verdict.doubtful
        count["unplaced"] += len(verdict.unplaced)
        slowest[form] = max(slowest.get(form, 0.0), verdict.seconds)
        if verdict.outcome in {"crash", "hang"} or verdict.unplaced:
            broken.append({"number": number, "format": form, **msgspec.to_builtins(verdict)})
    return {form: {**counts[form], "slowest_seconds": round(slowest[form], 2)} for form in sorted(counts)}, broken


if __name__ == "__main__":
    main()
