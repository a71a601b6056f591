"""The judged catalogs: where they lie below a data folder, how their judgements count, how they are split."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MAPPINGS = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Judged:
    """One catalog with graded queries."""

    name: str
    products: str
    qrels: str
    metric: str
    read: Callable[[dict], tuple[str, dict[str, float]]]

    def queries(self, data: Path) -> list[tuple[str, dict[str, float]]]:
        """Queries with gains by record id; those without a gain above zero are left out."""
        lines = (data / self.qrels).read_text("utf-8").splitlines()
        rows = [self.read(json.loads(line)) for line in lines]
        return [(query, gains) for query, gains in rows if any(gain > 0 for gain in gains.values())]


def _icecat(row: dict) -> tuple[str, dict[str, float]]:
    gains = {j["docid"]: 2.0 ** j["rating"] - 1 for j in row["judgments"]}
    # As the published baselines: queries with a document rated 2 or more.
    return row["query"], gains if max(gains.values()) >= 3 else {}


def _esci(row: dict) -> tuple[str, dict[str, float]]:
    gain = {"E": 1.0, "S": 0.1, "C": 0.01, "I": 0.0}
    return row["query"], {j["docid"]: gain[j["esci"]] for j in row["judgments"]}


def _zh(row: dict) -> tuple[str, dict[str, float]]:
    return row["query"], dict.fromkeys(row["positive_pids"], 1.0)


SETS = {
    "icecat": Judged("icecat", "icecat_chorus/products.jsonl", "icecat_chorus/dev/qrels.jsonl", "ndcg@10", _icecat),
    "esci": Judged("esci", "esci_us_shrunk/products.jsonl", "esci_us_shrunk/dev/qrels.jsonl", "ndcg@10", _esci),
    "zh_ecom": Judged(
        "zh_ecom", "zh_ecom_ecominstruct/products.jsonl", "zh_ecom_ecominstruct/dev/qrels.jsonl", "mrr@10", _zh
    ),
}


def half(query: str) -> str:
    """`tune` or `report`, by the parity of the query's hash."""
    return "tune" if hashlib.sha256(query.encode()).digest()[0] % 2 == 0 else "report"
