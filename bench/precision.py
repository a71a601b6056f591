"""What int8 costs in quality: the whole catalog's vectors in fp32 beside ours, same passages, same search. Prints JSON.

    python -m bench.precision --data ../shared/data --sets icecat [--work data/bench] [--nearest 400]

Needs the stores that bench.retrieval built. Encoding in fp32 takes about half an hour for 50,000 passages on two cores;
with --nearest only passages that can reach a query's first ten are encoded: its nearest ones by int8, and all of the
products that share most words with it. The others keep their int8 vectors.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.judged import SETS, half
from bench.measures import MEASURES, interval
from index import models
from index.encoders.bert_onnx import export_fp32
from index.encoders.onnx import OnnxEncoder
from index.fusion import fuse
from index.layout import Layout
from index.snapshot import Snapshot


def fp32_encoder(folder: Path) -> OnnxEncoder:
    """The default model's weights, unquantised, through the same code path."""
    source = models.cache_root() / "e5-small"
    export_fp32(source, folder / "model.int8.onnx")
    (folder / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes())
    query, passage = models.prefixes("e5-small")
    return OnnxEncoder("fp32", folder, query=query, passage=passage, threads=2, max_tokens=256)


_SHARING = 30
"""Products sharing most words with a query, whose passages are all encoded."""


def contenders(snapshot: Snapshot, queries: list[tuple[str, np.ndarray]], nearest: int) -> np.ndarray:
    """Passages that can reach the first ten of a query."""
    pool = snapshot.pools["product"]
    wanted = np.zeros(len(snapshot.passage_record), bool)
    for query, vector in queries:
        wanted[np.argpartition(-(np.asarray(snapshot.vectors) @ vector), nearest)[:nearest]] = True
        sharing = np.argsort(-pool.lexical.scores(query), kind="stable")[:_SHARING] + pool.start
        wanted |= np.isin(snapshot.passage_record, sharing)
    return np.flatnonzero(wanted)


def fp32_vectors(snapshot: Snapshot, encoder: OnnxEncoder, rows_wanted: np.ndarray, cache: Path) -> np.ndarray:
    """(passages, dim), the wanted rows in fp32, kept beside the store so that a second run is quick."""
    if cache.is_file():
        return np.load(cache)
    texts = [f"{context} {text}".strip() for context, text in _encoded(snapshot)]
    order = sorted(rows_wanted.tolist(), key=lambda row: -len(texts[row]))
    vectors = np.array(snapshot.vectors, np.float32)
    for start in range(0, len(order), 512):
        rows = order[start : start + 512]
        vectors[rows] = encoder.passages([texts[row] for row in rows])
        print(f"fp32 {start + len(rows)}/{len(order)}", file=sys.stderr, flush=True)
    np.save(cache, vectors)
    return vectors


def _encoded(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Every stored passage with what went before it into the encoder: the title in its language."""
    found = []
    for at in range(len(snapshot.passage_record)):
        passage = snapshot.passage(at)
        product = snapshot.record(int(snapshot.passage_record[at]))
        translation = product.translations.get(passage.language)
        title = (translation.title if translation else None) or product.title
        found.append(("" if passage.field == "title" else title, passage.text))
    return found


def ranked(snapshot: Snapshot, vectors: np.ndarray, query: str, vector: np.ndarray) -> list[str]:
    """The default fusion over all products, every cosine exact."""
    pool = snapshot.pools["product"]
    best = np.full(pool.stop, -1.0, np.float32)
    np.maximum.at(best, snapshot.passage_record, vectors @ vector)
    from catalog.language import detect

    scores = fuse(pool.lexical.scores(query), best, models.blends("e5-small")[detect(query)])
    return [snapshot.ids[row] for row in np.argsort(-scores, kind="stable")[:10]]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("data/bench"))
    parser.add_argument("--sets", default="icecat")
    parser.add_argument("--nearest", type=int, default=0, help="0: every passage of the catalog")
    options = parser.parse_args()
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        fp32, int8 = fp32_encoder(Path(folder)), models.load("e5-small", 2)
        for name in options.sets.split(","):
            layout = Layout(options.work / name)
            snapshot = Snapshot(layout.snapshot(layout.live()))
            began = time.perf_counter()
            queries = SETS[name].queries(options.data)
            near, kept = np.arange(len(snapshot.passage_record)), "fp32.npy"
            if options.nearest:
                asked = [(query, int8.query(query)) for query, _ in queries]
                near, kept = contenders(snapshot, asked, options.nearest), f"fp32.{options.nearest}.npy"
            vectors = fp32_vectors(snapshot, fp32, near, layout.root / kept)
            measure = MEASURES[SETS[name].metric]
            ours = np.array(
                [measure(ranked(snapshot, np.asarray(snapshot.vectors), q, int8.query(q)), g) for q, g in queries]
            )
            full = np.array([measure(ranked(snapshot, vectors, q, fp32.query(q)), g) for q, g in queries])
            halves = np.array([half(q) == "report" for q, _ in queries])
            report[name] = {
                "metric": SETS[name].metric, "queries": len(queries), "encoded": len(near), "of": len(vectors),
                "int8": round(float(ours.mean()), 4),
                "fp32": round(float(full.mean()), 4), "int8 minus fp32": round(float((ours - full).mean()), 4),
                "95 %": interval(ours - full), "report half": round(float((ours - full)[halves].mean()), 4),
                "cosine mean": round(float(np.sum(vectors[near] * snapshot.vectors[near], axis=1).mean()), 4),
                "seconds": round(time.perf_counter() - began, 1),
            }  # fmt: skip
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
