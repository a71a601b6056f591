"""`python -m bench.understanding [--file tune|held] [--misses]`: JSON on standard output.

Exit 2 for misses of the held cases: whoever sees them would tune on them.
"""

import argparse
import sys
from typing import Any

import msgspec

from bench.understanding.cases import FOLDER, load
from bench.understanding.score import Verdict, judge, score
from bench.understanding.shop import Sample


def main(arguments: list[str] | None = None) -> int:
    """Score one file."""
    parser = argparse.ArgumentParser(prog="python -m bench.understanding", description=__doc__)
    parser.add_argument("--file", choices=("tune", "tune_b", "held"), default="tune")
    parser.add_argument("--misses", action="store_true", help="list the cases that were misread (tune only)")
    options = parser.parse_args(arguments)
    if options.misses and options.file == "held":
        print("the misses of the held cases are not listed: nobody tunes on them", file=sys.stderr)
        return 2
    verdicts = judge(load(FOLDER / f"{options.file}.jsonl"), Sample())
    report: dict[str, Any] = {"file": options.file, **msgspec.to_builtins(score(verdicts))}
    if options.misses:
        report["misses"] = [_miss(verdict) for verdict in verdicts if not verdict.exact]
    print(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    return 0


def _miss(verdict: Verdict) -> dict[str, Any]:
    case = verdict.case
    return {
        "id": case.id,
        "text": case.text,
        "expect": case.expect,
        "read": {"intent": verdict.intent, **verdict.read},
    }


if __name__ == "__main__":
    sys.exit(main())
