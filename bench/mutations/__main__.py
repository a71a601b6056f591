"""Write changed answers of saved runs; with --score, what the harness's checker says of them. Prints JSON.

    python -m bench.mutations RUN… --catalog sample --out FILE [--count 60] [--seed 7] [--shapes held] [--score]

RUN is a folder of `guide-eval run … --catalog sample`; several are of different cases. FILE gets one row a line
(bench/mutations/kinds.py). At most --count rows of each kind and language are written, in the
sentences of one set of shapes (bench/mutations/shapes.py). The checker is called as
eval/score.py calls it.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import msgspec

from bench.mutations.draw import mutations
from bench.mutations.saved import statements
from bench.mutations.shapes import SETS, Shapes
from bench.mutations.shop import Shop
from eval.records import read


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--catalog", nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shapes", choices=SETS, default=SETS[0])
    parser.add_argument("--score", action="store_true")
    options = parser.parse_args()
    records = list(read(options.catalog))
    every = [statement for run in options.runs for statement in statements(run)]
    made = mutations(every, Shop(records, Shapes(options.shapes)), options.seed, options.count)
    options.out.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in made))
    report = {"rows": Counter(f"{one.kind} {one.language}" for one in made)}
    if options.score:
        from bench.mutations.score import scored

        report = scored(made, options.runs, records)
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
