"""Train the reader and write its changes; about half an hour on two quiet cores.

    python -m bench.reader.train --data ../shared/data --out index/rerank/reader.safetensors \\
        --cases eval/cases/sample_tune.jsonl=data/shop --cases data/eval/tau/tau_retail.cases.jsonl=data/tau:tune

Only tune halves are trained on. A case file is followed by the store it is asked of and, after a colon, the tag its
cases must have. Prints the areas under the curve on what was held out, as JSON.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from bench.reader import cases, pairs
from bench.reader.measure import figures
from bench.reader.model import Reader, padded
from bench.reader.pairs import Pair

_BATCH = 16
_PASSES = ((3e-4, 3e-4), (3e-4, 1e-5), (3.5e-4, 5e-6))
"""Learning rate at the beginning and end of each pass."""


def one_pass(reader: Reader, rows: list[Pair], first: float, last: float, seed: int) -> None:
    """All rows once, those of one length together."""
    ids = [reader.ids(row.question, row.text) for row in rows]
    chance = random.Random(seed)
    order = chance.sample(range(len(rows)), len(rows))
    window = _BATCH * 32
    near = [sorted(order[at : at + window], key=lambda row: len(ids[row])) for at in range(0, len(order), window)]
    batches = [part[at : at + _BATCH] for part in near for at in range(0, len(part), _BATCH)]
    chance.shuffle(batches)
    optimiser = torch.optim.AdamW(reader.trained(), lr=first, weight_decay=0.01)
    reader.train()
    for step, batch in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = (first + (last - first) * step / len(batches)) * min(1.0, (step + 1) / 40)
        labels = torch.tensor([float(rows[row].answers) for row in batch])
        weights = torch.tensor([rows[row].weight for row in batch])
        odds = reader(*padded([ids[row] for row in batch]))
        losses = binary_cross_entropy_with_logits(odds, labels, reduction="none")
        optimiser.zero_grad()
        ((losses * weights).sum() / weights.sum()).backward()
        torch.nn.utils.clip_grad_norm_(reader.trained(), 1.0)
        optimiser.step()
        if step % 50 == 0:
            print(f"{step}/{len(batches)}", file=sys.stderr, flush=True)


def gathered(data: Path, named: list[str]) -> list[Pair]:
    """Everything to train on."""
    found = pairs.product_answers(data / "amazon_pqa/dev", "tune") + pairs.wishes(data, "tune")
    for name in ("statements", "wishes"):
        found += pairs.written(name, measured=False)
    for entry in named:
        path, _, place = entry.partition("=")
        store, _, tag = place.partition(":")
        asked = cases.pairs(Path(path), Path(store), {tag} if tag else set())
        found += [pair for pair in asked if not pairs.held(pair.question)]
    return found


def main() -> None:
    """Train, save, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cases", action="append", default=[])
    options = parser.parse_args()
    torch.manual_seed(1)
    rows = gathered(options.data, options.cases)
    reader = Reader()
    for seed, (first, last) in enumerate(_PASSES):
        one_pass(reader, rows, first, last, seed)
    reader.save(options.out)
    print(json.dumps({"pairs": len(rows), **figures(options.data)}, indent=1))


if __name__ == "__main__":
    main()
