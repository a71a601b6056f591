"""How often the gate stops a broken guide, and how often one that is as good as before. Prints JSON.

    guide-eval run pool.jsonl --target URL --out a --catalog RECORDS
    guide-eval run pool.jsonl --target URL --out b --catalog RECORDS
    python -m bench.gates a b --catalog RECORDS [--model-runs c d] [--samples 20] [--size 300] [--seed 7]

A and B are two runs of one pool by one guide. Samples of the pool are drawn by the seed; in each, A is the baseline,
and B, with its saved answers broken as a bug would break them, has to be stopped. Faults: every 50th amount wrong in
text, card and table; stock ignored; a made-up attribute in every 10th answer it could stand in (sentences of
bench/mutations); and all three. A/A: B as it is must not be stopped. --model-runs are two runs of one pool by a model
at a temperature above 0; five of the A/A samples are drawn from them, each two thirds of its cases.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from bench.gates.edits import Body
from bench.gates.invented import invented
from bench.gates.pool import Pool, broken, read, sample
from bench.gates.prices import WrongPrices
from bench.gates.stock import IgnoredStock
from bench.mutations.shop import Shop
from catalog.model import Record
from eval.gate import Applied, decide
from eval.records import read as read_records
from eval.rules import ABSOLUTE, RELATIVE, load
from eval.runs import Run
from eval.truth import Truth

MODEL_SAMPLES = 5
_WAYS = {
    "default gates": Applied(),
    "relative alone": Applied(RELATIVE),
    "absolute alone": Applied(ABSOLUTE),
    "default gates, with a judge card": Applied(judge_card=True),
    "relative alone, with a judge card": Applied(RELATIVE, judge_card=True),
}


def main() -> None:
    """Run the benchmark."""
    options = _options()
    records = list(read_records(options.catalog))
    truth = Truth(records)
    a, b = read(options.a, truth), read(options.b, truth)
    guides = {"as good as before": b.run}
    figures: dict[str, Any] = {"cases": len(a.run.cases), "samples": options.samples, "size": options.size}
    for name, bodies in _faults(b, records, options.seed):
        guides[name], figures[f"answers changed: {name}"] = broken(b, bodies, truth)
    draws = [(a.run, ids) for ids in _drawn(a.run, options.samples, options.size, options.seed)]
    stops = {name: _stopped([(one, guide, ids) for one, ids in draws]) for name, guide in guides.items()}
    if options.model_runs:
        c, d = (read(folder, truth).run for folder in options.model_runs)
        composer = [(one, b.run, ids) for one, ids in draws[: options.samples - MODEL_SAMPLES]]
        model = [(c, d, ids) for ids in _drawn(c, MODEL_SAMPLES, len(c.cases) * 2 // 3, options.seed)]
        stops[f"as good as before, {MODEL_SAMPLES} with a model"] = _stopped(composer + model)
        stops["as good as before, with a model"] = _stopped(model)
    print(json.dumps(figures | {"stopped": stops}, indent=1, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("a", type=Path)
    parser.add_argument("b", type=Path)
    parser.add_argument("--catalog", nargs="+", required=True)
    parser.add_argument("--model-runs", type=Path, nargs=2)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--size", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def _faults(pool: Pool, records: list[Record], seed: int) -> Iterator[tuple[str, dict[str, Body]]]:
    """What the guide would say with each bug, and with all of them."""
    for names in (("prices",), ("stock",), ("attribute",), ("prices", "stock", "attribute")):
        bodies = pool.bodies
        wrong, stock = WrongPrices(), IgnoredStock(records)
        for body in bodies.values():
            if "stock" in names:
                stock(body)
            if "prices" in names:
                wrong(body)
        if "attribute" in names:
            bodies |= invented(bodies, Shop(records), seed)
        yield " and ".join(names), bodies


def _drawn(run: Run, count: int, size: int, seed: int) -> list[list[str]]:
    """Samples of the run's cases, in the order of the file."""
    random = Random(seed)
    drawn = [set(random.sample(sorted(run.cases), min(size, len(run.cases)))) for _ in range(count)]
    return [[id_ for id_ in run.cases if id_ in ids] for ids in drawn]


def _stopped(trials: list[tuple[Run, Run, list[str]]]) -> dict[str, Any]:
    """Of how many samples each way of gating stops the second run, and by which rules."""
    found = {}
    for way, applied in _WAYS.items():
        verdicts = [decide(sample(b, ids), sample(a, ids), load(), applied) for a, b, ids in trials]
        stopped = [verdict for verdict in verdicts if not verdict.passed]
        by = Counter(
            f"{check.metric} {check.kind}" for verdict in stopped for check in verdict.checks if check.state == "missed"
        )
        found[way] = {
            "stopped": len(stopped), "of": len(trials), "interval": _wilson(len(stopped), len(trials)),
            "exit_codes": dict(Counter(str(verdict.exit_code) for verdict in verdicts)), "by": dict(by),
        }  # fmt: skip
    return found


def _wilson(hits: int, trials: int) -> list[float]:
    """The 95 % score interval of a share."""
    z, share = 1.959964, hits / trials
    middle, half = share + z * z / (2 * trials), z * ((share * (1 - share) + z * z / (4 * trials)) / trials) ** 0.5
    return [max(0.0, round((middle + sign * half) / (1 + z * z / trials), 3)) for sign in (-1, 1)]


if __name__ == "__main__":
    main()
