"""A language model's verdicts, by ragas' own prompt, on statements that people have labelled: what its card is made of.

    guide-eval claims rows.jsonl --out statements.jsonl
    python -m bench.judge_claims rows.jsonl statements.jsonl --judge-url http://127.0.0.1:8099/v1 --judge-model NAME \\
        --judge-context 4096 --out judged.jsonl
    guide-eval calibrate labels-ann.jsonl labels-bo.jsonl --scores judged.jsonl --judge NAME@1 --out card.json

The statements are cut as the labelled ones are; ragas' step that gives verdicts is asked once for each answer, and
nothing else of it. Prints JSON: answers, calls, failures, seconds. What the model did not answer in the right shape is
*not_checkable*: the card's coverage counts it. Its answers are kept beside OUT: the same command goes on.
"""

import argparse
import asyncio
import json
import time
from pathlib import Path
from typing import Any

import msgspec

from eval.commands import ClaimRow
from eval.judges.fit import cut
from eval.judges.outcome import Tally, TooLong, reason_of
from eval.judges.ragas_setup import module
from eval.judges.settings import JudgeSettings, check
from eval.judges.store import Store
from eval.progress import progress

_VERDICTS = {0: "not_enough_evidence", 1: "supported"}


async def judge(rows: list[ClaimRow], scored: list[dict[str, Any]], endpoint: Any, tally: Tally) -> None:
    """Puts the model's verdicts in the place of the checker's, answer by answer."""
    said = {row["id"]: row["claims"] for row in scored}
    with progress(len(rows)) as count:
        for row in rows:
            claims = said[row.id]
            try:
                verdicts = await _verdicts(endpoint, [claim["text"] for claim in claims], list(row.evidence), tally)
            except Exception as error:
                tally.failures[reason_of(error)] += 1
                verdicts = []
            if verdicts and len(verdicts) != len(claims):
                tally.failures["another number of verdicts"] += 1
            whole = len(verdicts) == len(claims)
            for at, claim in enumerate(claims):
                claim["verdict"] = _VERDICTS[verdicts[at]] if whole else "not_checkable"
                claim["support"] = float(verdicts[at]) if whole else 0.5
                claim["reason"] = "judged" if whole else "failed"
            count(failed=not whole)


async def _verdicts(endpoint: Any, statements: list[str], evidence: list[str], tally: Tally) -> list[int]:
    """1 for each statement the model finds supported, over as much of the evidence as fits."""
    full = evidence
    while True:
        try:
            metric = endpoint.metric("Faithfulness")
            found = await metric._create_verdicts(statements, "\n".join(evidence))
            return [int(answer.verdict == 1) for answer in found.statements]
        except TooLong as error:
            tally.truncated += evidence is full
            evidence = cut(evidence, error.excess)
            if not evidence:
                raise


def main() -> None:
    """Judge, write, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="{id, evidence, response} a line")
    parser.add_argument("statements", type=Path, help="what `guide-eval claims` wrote of them")
    parser.add_argument("--judge-url", required=True)
    parser.add_argument("--judge-model", required=True)
    parser.add_argument("--judge-context", type=int, default=8192)
    parser.add_argument("--judge-deadline", type=float, default=600.0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    settings = check(
        JudgeSettings(
            url=options.judge_url, model=options.judge_model, context=options.judge_context, concurrency=1,
            deadline=options.judge_deadline,
        )
    )  # fmt: skip
    rows = [msgspec.json.decode(line, type=ClaimRow) for line in options.rows.read_bytes().splitlines()]
    scored = [json.loads(line) for line in options.statements.read_text("utf-8").splitlines()]
    tally, began = Tally(), time.monotonic()

    async def run() -> None:
        endpoint = module("eval.judges.ragas_llm").Endpoint(settings, Store(options.out.with_suffix(".kept")), tally)
        async with endpoint:
            await judge(rows, scored, endpoint, tally)

    asyncio.run(run())
    options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in scored), "utf-8")
    told = {
        "answers": len(rows), "statements": sum(len(row["claims"]) for row in scored), "calls": tally.calls,
        "stored": tally.stored, "truncated": tally.truncated, "failures": dict(tally.failures),
        "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
