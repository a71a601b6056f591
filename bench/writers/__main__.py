"""A model's drafts of 150 product questions, with the verifier on and off. Prints JSON.

    python -m bench.writers drafts.jsonl --data ../shared/data --url http://127.0.0.1:8099/v1 --model qwen
    python -m bench.writers drafts.jsonl --data ../shared/data --url local --model FOLDER
    python -m bench.writers drafts.jsonl --data ../shared/data               # replay what was written
    python -m bench.writers drafts.jsonl --data ../shared/data --sample 50   # dropped sentences, to be read

With a --url the missing drafts are written first, one at a time (docs/api.md, "A language model"); the file can be gone
on with. Keep it out of the repository: it holds texts of the data set.
"""

import argparse
import asyncio
import json
from pathlib import Path

from bench.pqa import asked, catalog
from bench.pqa.asked import Asked
from bench.writers.drafts import load
from bench.writers.make import make
from bench.writers.records import Records
from bench.writers.replay import replay
from bench.writers.report import report, sample
from guide.config import GeneratorSettings
from guide.write.writers import model_of


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("data/pqa"), help="the shop of bench.pqa, built when missing")
    parser.add_argument("--url", default="", help="as generator.url: write the missing drafts with this model")
    parser.add_argument("--model", default="")
    parser.add_argument("--seconds", type=float, default=240.0, help="what one answer may take: a busy machine is slow")
    parser.add_argument("--n", type=int, default=150)
    parser.add_argument("--sample", type=int, default=0, help="print so many failed sentences with their evidence")
    options = parser.parse_args()
    every = asked.read(options.data)
    questions = asked.drawn(every, options.n)
    if options.url:
        asyncio.run(_write(every, questions, options))
    by_id = {one.id: one for one in questions}
    replays = asyncio.run(replay([draft for draft in load(options.drafts) if draft.id in by_id]))
    records = Records(options.work)
    if options.sample:
        print(sample(replays, records, options.sample))
    else:
        print(json.dumps(report(by_id, replays, records), indent=1))


async def _write(every: list[Asked], questions: list[Asked], options: argparse.Namespace) -> None:
    store = catalog.store(every, options.work)
    model = model_of(GeneratorSettings(url=options.url, model=options.model, timeout_seconds=options.seconds))
    try:
        await make(questions, store, model, options.seconds, options.drafts)
    finally:
        await model.aclose()
        store.close()


if __name__ == "__main__":
    main()
