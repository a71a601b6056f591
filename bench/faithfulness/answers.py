"""ragchecker_meta: two answers to one question, which of them people prefer, and which the score prefers."""

import json
from pathlib import Path
from typing import NamedTuple

from eval.commands import ClaimRow

PATH = Path("ragchecker_meta/dev/human_labeled.jsonl")
LABELS = ("correctness_label", "completeness_label", "overall_label")


class Pair(NamedTuple):
    """Two answers as rows whose evidence is the reference answer (the set holds no passages).

    `labels` say by how much the second is better, -2 to 2, the mean of the annotators.
    """

    first: ClaimRow
    second: ClaimRow
    query: str
    labels: dict[str, float]


def pairs(data: Path) -> list[Pair]:
    """Each pair of answers once, labels averaged."""
    rows: dict[tuple[str, ...], list[dict]] = {}
    for line in (data / PATH).read_text("utf-8").splitlines():
        row = json.loads(line)
        names = (row["dataset"], row["query_id"], row["model1"]["response"], row["model2"]["response"])
        rows.setdefault(names, []).append(row)
    return [_pair(same) for same in rows.values()]


def _pair(rows: list[dict]) -> Pair:
    row = rows[0]
    first, second = (
        ClaimRow(id=f"{row['query_id']}/{name}", evidence=[row["gt_answer"]], response=row[name]["response"])
        for name in ("model1", "model2")
    )
    labels = {label: sum(one[label] for one in rows) / len(rows) for label in LABELS}
    return Pair(first, second, f"{row['dataset']}/{row['query_id']}", labels)
