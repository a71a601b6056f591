"""The judged catalogs: where they lie below a data folder, how their judgements count, how they are split."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.importers.judged import esci_gains, half, icecat_gains, marked_gains

MAPPINGS = Path(__file__).parent / "mappings"
__all__ = ["MAPPINGS", "SETS", "Judged", "half"]


@dataclass(frozen=True)
class Judged:
    """One catalog with graded queries."""

    name: str
    products: str
    qrels: str
    metric: str
    gains: Callable[[dict], dict[str, float]]
    least: float = 0.0
    """Queries whose best record gains no more are left out."""

    def queries(self, data: Path) -> list[tuple[str, dict[str, float]]]:
        """Queries with gains by record id."""
        rows = [json.loads(line) for line in (data / self.qrels).read_text("utf-8").splitlines()]
        judged = [(row["query"], self.gains(row)) for row in rows]
        return [(query, gains) for query, gains in judged if any(gain > self.least for gain in gains.values())]


SETS = {
    # As the published baselines: queries with a document rated 2 or more, which gains 3.
    "icecat": Judged(
        "icecat", "icecat_chorus/products.jsonl", "icecat_chorus/dev/qrels.jsonl", "ndcg@10", icecat_gains, least=1.0
    ),
    "esci": Judged("esci", "esci_us_shrunk/products.jsonl", "esci_us_shrunk/dev/qrels.jsonl", "ndcg@10", esci_gains),
    "zh_ecom": Judged(
        "zh_ecom", "zh_ecom_ecominstruct/products.jsonl", "zh_ecom_ecominstruct/dev/qrels.jsonl", "mrr@10", marked_gains
    ),
}
