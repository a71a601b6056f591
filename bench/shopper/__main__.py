"""1,000 generated shopper questions, their answers held against the shop's records. Prints JSON; 1 if any is wrong.

    python -m bench.shopper data/shop [--n 1000] [--limit 150] [--clients 2] [--target URL] [--config FILE] [--out DIR]

Serves a copy of the shop at a fixed clock and asks it over HTTP, two questions at a time. What is right is computed
from the records (bench/shopper/forms.py), never asked of the guide. With --limit that many questions are drawn by the
hash of their id. `--config` is a configuration of `guide serve`, for a language model (docs/api.md). A --target must
serve the same shop with `--clock 2026-11-22T09:00:00+00:00`.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.crash.served import served
from bench.shopper import facts, turns, wishes
from bench.shopper.checks import Checker
from bench.shopper.forms import forms, records_of
from bench.shopper.questions import Asked, Shop, draw
from bench.shopper.report import report
from eval import runner, score
from eval.asking import Job
from eval.cases import Case
from eval.cases import draw as by_hash
from eval.metrics.model import Judged
from eval.results import Folder
from eval.targets.model import Connection
from eval.targets.native import Native
from eval.truth import Truth

CLOCK = "2026-11-22T09:00:00+00:00"
SEED = 7
DEADLINE = 240.0
"""Seconds for one answer: a language model on a busy machine is slow."""
MAKERS = (
    (wishes.budget, 24), (wishes.refused, 10), (wishes.wanted, 7), (wishes.at_hand, 6), (wishes.several, 14),
    (wishes.anything, 2), (facts.extreme, 12), (facts.count, 10), (facts.price, 5), (facts.stock, 5), (turns.budget, 2),
    (turns.cheaper, 2), (turns.refused, 2), (turns.place, 3),
)  # fmt: skip
"""Kinds of questions with how often they are asked."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--target")
    parser.add_argument("--config", type=Path)
    parser.add_argument("--clients", type=int, default=2, help="1 for an endpoint that drops one answer for the next")
    parser.add_argument("--out", type=Path, help="keep the answers here; a later run asks only what is missing")
    options = parser.parse_args()
    now = dt.datetime.fromisoformat(CLOCK)
    records = records_of(options.data)
    sold = forms(records, now)
    asked = {one.id: one for one in draw(MAKERS, Shop(records, sold, SEED), options.n)}
    cases = by_hash([case_of(one) for one in asked.values()], options.limit)
    with contextlib.ExitStack() as stack:
        folder = Folder(options.out or Path(stack.enter_context(tempfile.TemporaryDirectory())))
        folder.path.mkdir(parents=True, exist_ok=True)
        target = options.target or stack.enter_context(_own_server(options.data, options.config))
        judged = asyncio.run(answers(cases, folder, target, Truth(records), options.clients))
    made = report([(asked[one.case.id], one) for one in judged], Checker(sold))
    print(json.dumps({"seed": SEED, "clock": CLOCK, **made}, indent=1, ensure_ascii=False))
    sys.exit(1 if made["wrong_answers"] else 0)


def case_of(asked: Asked) -> Case:
    """The question as the evaluation harness asks it."""
    return Case(id=asked.id, question=asked.question, language=asked.language, history=asked.history, clock=CLOCK)


async def answers(cases: Sequence[Case], folder: Folder, address: str, truth: Truth, clients: int) -> list[Judged]:
    """Every question asked, so many at a time, and read beside the records."""
    target, settings = Native(Connection(url=address)), runner.Settings(concurrency=clients, deadline=DEADLINE)
    version = await runner.version_of(target, DEADLINE)
    jobs = [Job(case, runner.config_of(case, target, version), []) for case in cases]
    await runner.run(target, runner.to_ask(jobs, folder.settled(), settings.retry), folder, settings)
    rows = folder.rows()
    return score.judge(cases, {job.case.id: rows[job.case.id, job.config] for job in jobs}, truth)


@contextlib.contextmanager
def _own_server(data: Path, config: Path | None) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(data, Path(scratch, "data")))
        more = ["--config", str(config.resolve())] if config else []
        with served(copy, Path(scratch), "--clock", CLOCK, *more) as address:
            yield address


if __name__ == "__main__":
    main()
