"""Ask the product questions of the Composer, in process, and print the figures as JSON.

    python -m bench.pqa --data ../shared/data [--work data/pqa] [--save answers.jsonl]
    python -m bench.pqa --data ../shared/data --answers answers.jsonl    # score what was kept
    python -m bench.pqa --data ../shared/data --drawn 150                # ask only those drawn by hash

The reader was trained on the tune half: the report half is the claim.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from bench.pqa import answers, asked, catalog
from bench.pqa.answers import Given
from bench.pqa.asked import Asked
from bench.pqa.score import figures
from bench.pqa.words import Bm25
from guide.engine import Engine


def told(questions: list[Asked], given: list[Given]) -> dict[str, Any]:
    """The figures of each half and of all; halves that were not asked are left out."""
    bm25 = Bm25([candidate.text for one in questions for candidate in one.candidates])
    ids = {answer.id for answer in given}
    parts = {
        "report (the claim)": [one for one in questions if one.half == "report"],
        "tune (the reader was trained on it)": [one for one in questions if one.half == "tune"],
        "all (tuned in part)": questions,
    }
    return {name: figures(part, given, bm25) for name, part in parts.items() if any(one.id in ids for one in part)}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("data/pqa"))
    parser.add_argument("--answers", type=Path, help="score these kept answers and ask nothing")
    parser.add_argument("--save", type=Path, help="keep the answers here")
    parser.add_argument("--drawn", type=int, help="ask only so many of the report half, drawn by hash")
    options = parser.parse_args()
    questions = asked.read(options.data)
    if options.answers:
        given = answers.load(options.answers)
    else:
        chosen = asked.drawn(questions, options.drawn) if options.drawn else questions
        store = catalog.store(questions, options.work)
        given = answers.ask(chosen, store, Engine())
        store.close()
    if options.save:
        answers.save(given, options.save)
    print(json.dumps(told(questions, given), indent=1))


if __name__ == "__main__":
    main()
