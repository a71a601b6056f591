"""Encoding speed beside sentence-transformers with the same weights, texts, threads and length limit. Prints JSON.

    python -m bench.encode --data ../shared/data [--passages 3000] [--rounds 3]

The two take turns, so that a noisy machine slows both; the ratio of each round is what counts.
"""

import argparse
import hashlib
import json
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from bench.judged import MAPPINGS, SETS
from catalog import feeds
from catalog.issues import Issue
from index import models
from index.passages import passages

MAX_TOKENS = 256


def sample(data: Path, count: int) -> list[str]:
    """A fixed sample of passages, an equal share from each catalog, chosen by hash."""
    texts: list[str] = []
    for name, judged in SETS.items():
        items = feeds.read([str(data / judged.products)], str(MAPPINGS / f"{name}.toml"), name)
        found = {p.encoded for record in items if not isinstance(record, Issue) for p in passages(record)}
        texts += sorted(found, key=lambda text: hashlib.sha256(text.encode()).digest())[: count // len(SETS)]
    return texts


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is not here: give the folder of judged catalogs with --data (docs/benchmarks.md)")
    import torch
    from sentence_transformers import SentenceTransformer

    threads = os.cpu_count() or 1
    torch.set_num_threads(threads)
    texts = sample(options.data, options.passages)
    ours = models.load("e5-small", threads)
    peer = SentenceTransformer(str(models.cache_root() / "e5-small"), device="cpu")
    peer.max_seq_length = MAX_TOKENS
    prefixed = [f"passage: {text}" for text in texts]
    rounds, vectors = [], {}
    for _ in range(options.rounds):
        began = time.perf_counter()
        vectors["ours"] = ours.passages(texts)
        middle = time.perf_counter()
        vectors["peer"] = peer.encode(prefixed, batch_size=32, show_progress_bar=False, normalize_embeddings=True)
        ended = time.perf_counter()
        rounds.append({"ours_s": round(middle - began, 2), "peer_s": round(ended - middle, 2)})
    ratios = [turn["peer_s"] / turn["ours_s"] for turn in rounds]
    cosines = np.sum(vectors["ours"] * vectors["peer"], axis=1)
    report = {
        "passages": len(texts), "threads": threads, "max_tokens": MAX_TOKENS, "rounds": rounds,
        "ours_per_s": round(len(texts) / statistics.median(t["ours_s"] for t in rounds), 1),
        "sentence_transformers_fp32_per_s": round(len(texts) / statistics.median(t["peer_s"] for t in rounds), 1),
        "ratio": {
            "median": round(statistics.median(ratios), 2), "min": round(min(ratios), 2), "max": round(max(ratios), 2),
        },
        "cosine_to_fp32": {"mean": round(float(cosines.mean()), 4), "min": round(float(cosines.min()), 4)},
    }  # fmt: skip
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
