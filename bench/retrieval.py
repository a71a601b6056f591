"""Retrieval quality, build and search speed on the judged catalogs, baselines in the same run. Prints JSON.

python -m bench.retrieval --data ../shared/data [--work data/bench] [--sets zh_ecom,esci,icecat]
"""

import argparse
import json
import re
import sys
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.judged import MAPPINGS, SETS, Judged, half
from bench.measures import MEASURES, interval
from catalog import feeds
from catalog.issues import Issue
from catalog.language import detect
from catalog.model import Product
from index import api
from index.build import BuildOptions, build
from index.snapshot import Snapshot

_RUN = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")


def baseline_tokens(text: str) -> list[str]:
    """Lower-cased words and Chinese character pairs, as the published baseline."""
    terms = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0] > "\u3fff":
            terms += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            terms.append(run)
    return terms


def built(judged: Judged, data: Path, work: Path) -> tuple[api.Store, dict]:
    """The catalog's store, built if it is not there yet, with the figures of the build."""
    folder = work / judged.name
    report_path = folder / "build.json"
    if not report_path.is_file():
        mapping = str(MAPPINGS / f"{judged.name}.toml")
        began = time.perf_counter()
        items = [i for i in feeds.read([str(data / judged.products)], mapping, judged.name) if not isinstance(i, Issue)]
        read = time.perf_counter() - began
        report = build(
            folder, items, BuildOptions(), lambda stage, done, total: print(stage, done, total, file=sys.stderr)
        )
        figures = {
            "read_s": round(read, 1),
            "build_s": report.seconds,
            "passages": report.passages,
            "encoded": report.encoded,
        }
        report_path.write_text(json.dumps(figures))
    store = api.open(folder)
    store.warm(2)
    return store, json.loads(report_path.read_text())


class Baselines:
    """BM25 (bm25s) over all text in one field, our vectors alone, and reciprocal rank fusion of the two."""

    def __init__(self, snapshot: Snapshot, encode) -> None:
        import bm25s

        products = [record for record in snapshot.products() if isinstance(record, Product)]
        self._ids = [product.id for product in products]
        self._bm25 = bm25s.BM25(k1=1.2, b=0.75)
        self._bm25.index([baseline_tokens(_all_text(product)) for product in products], show_progress=False)
        self._snapshot = snapshot
        self._encode = encode

    def bm25(self, query: str) -> list[str]:
        """Best hundred by words; score 0 is no hit."""
        terms = [term for term in baseline_tokens(query) if term in self._bm25.vocab_dict]
        if not terms:
            return []
        scores = self._bm25.get_scores(terms)
        order = np.argsort(-scores, kind="stable")[:100]
        return [self._ids[row] for row in order if scores[row] > 0]

    def dense(self, query: str) -> list[str]:
        """Best hundred by the best passage's cosine."""
        cosines = np.asarray(self._snapshot.vectors) @ self._encode(query)
        best = np.full(len(self._ids), -1.0)
        np.maximum.at(best, self._snapshot.passage_record, cosines)
        return [self._ids[row] for row in np.argsort(-best, kind="stable")[:100]]

    def rrf(self, query: str) -> list[str]:
        """Reciprocal rank fusion, k = 60."""
        scores: dict[str, float] = {}
        for ranked in (self.bm25(query), self.dense(query)):
            for rank, id_ in enumerate(ranked):
                scores[id_] = scores.get(id_, 0.0) + 1 / (60 + rank + 1)
        return sorted(scores, key=lambda id_: -scores[id_])[:100]


def _all_text(product: Product) -> str:
    attributes = " ".join(f"{name} {value}" for name, value in product.attributes.items())
    parts = [product.title, product.brand or "", " ".join(product.categories), product.description or ""]
    return " ".join([*parts, " ".join(product.bullets), attributes])


def evaluate(judged: Judged, data: Path, work: Path) -> dict:
    """Everything about one catalog."""
    store, figures = built(judged, data, work)
    view = store.view(datetime.now(UTC))
    serving = store._serving  # the benchmark looks inside
    snapshot, encoder = serving.live.snapshot, serving.encoder
    baselines = Baselines(snapshot, encoder.worker.query)
    queries = judged.queries(data)
    for text, _ in queries[:5]:
        view.search(api.Query(text=f"{text} ", k=10))
    runs, seconds = {"shopguide": []}, []
    for text, _ in queries:
        began = time.perf_counter()
        hits = view.search(api.Query(text=text, k=100)).hits
        seconds.append(time.perf_counter() - began)
        runs["shopguide"].append([hit.id for hit in hits])
    for name in ("bm25", "dense", "rrf"):
        runs[name] = [getattr(baselines, name)(text) for text, _ in queries]
    return {
        "queries": len(queries),
        "languages": sorted({detect(text) for text, _ in queries}),
        "metric": judged.metric,
        "quality": {part: _table(judged, queries, runs, part) for part in ("full (tuned)", "tune", "report")},
        "build": figures | {"passages_per_s": round(figures["encoded"] / figures["build_s"], 1)},
        "search_ms": {"p50": _ms(seconds, 50), "p95": _ms(seconds, 95)},
    }


def _table(judged: Judged, queries: list, runs: dict, part: str) -> dict:
    rows = [at for at, (text, _) in enumerate(queries) if part.startswith("full") or half(text) == part]
    scores = {
        name: {m: np.array([MEASURES[m](run[at], queries[at][1]) for at in rows]) for m in (judged.metric, "r@100")}
        for name, run in runs.items()
    }
    table = {name: {m: round(float(values.mean()), 4) for m, values in by.items()} for name, by in scores.items()}
    ours = scores["shopguide"][judged.metric]
    for name in ("bm25", "dense", "rrf"):
        table[name]["shopguide minus this, 95 %"] = interval(ours - scores[name][judged.metric])
    return {"n": len(rows), **table}


def _ms(seconds: list[float], percentile: float) -> float:
    return round(float(np.percentile(seconds, percentile)) * 1000, 1)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("data/bench"))
    parser.add_argument("--sets", default="zh_ecom,esci,icecat")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is not here: give the folder of judged catalogs with --data (docs/benchmarks.md)")
    report = {name: evaluate(SETS[name], options.data, options.work) for name in options.sets.split(",")}
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
