"""The "… without …" queries of the ESCI set, beside BM25: nDCG@10 and known violators among the first ten.

    python -m bench.negation.without --data ../shared/data [--work data/bench]

A product is a known violator if its title, bullets or description name the refused thing (without.toml) and nowhere say
that it lacks it: no word of denial in the four words before it, no "-free", "not included", "sold separately" after it.
`search` is POST /v1/search as it is; `negation` reads nothing but the negation, as a search with filters of one's own
would. Prints JSON; exit code 1 if /v1/search shows more than half of BM25's violators.
"""

import argparse
import json
import re
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from bench.crash.served import served
from bench.judged import SETS
from bench.measures import interval, ndcg10
from bench.retrieval import Baselines
from catalog.model import Product
from guide.understand import Shop, negation
from guide.understand.text import prepare, without
from index import api

_DENIED_BEFORE = re.compile(
    r"(?:without|no|not|non|free of|free from|w/o|minus|excluding|excludes|\w+n['’]?t|never|zero|sans)"
    r"\W+(?:[\w'-]+\W+){0,3}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"[- ]?(?:free\b|less\b|(?:are |is )?(?:not (?:included|needed|required)|sold separately))", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?;|])\s+|\n")


def violates(product: Product, thing: str) -> bool:
    """Whether the product's own texts name the thing and nowhere deny it."""
    texts = [product.title, *product.bullets, product.description or ""]
    sentences = [sentence for text in texts for sentence in _SENTENCE.split(text)]
    named = [(sentence, match) for sentence in sentences for match in re.finditer(thing, sentence, re.IGNORECASE)]
    denied = any(
        _DENIED_BEFORE.search(sentence[: match.start()]) or _DENIED_AFTER.match(sentence, match.end())
        for sentence, match in named
    )
    return bool(named) and not denied


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("data/bench"))
    options = parser.parse_args()
    things = tomllib.loads(Path(__file__).with_name("without.toml").read_text("utf-8"))
    queries = [(text, gains) for text, gains in SETS["esci"].queries(options.data) if "without" in text]
    folder = options.work / "esci"
    store = api.open(folder)
    store.warm(2)
    view = store.view(datetime.now(UTC))
    baselines = Baselines(store._serving.live.snapshot, None)
    products = {item.id: item for item in view.products()}
    shop = Shop.build(products.values())
    with tempfile.TemporaryDirectory() as scratch, served(folder, Path(scratch)) as address:
        searched = {text: _searched(address, text) for text, _ in queries}
    runs = {
        "search": searched,
        "negation": {text: _refusing(view, shop, text) for text, _ in queries},
        "bm25": {text: baselines.bm25(text) for text, _ in queries},
    }
    scores = {name: np.array([ndcg10(run[text], gains) for text, gains in queries]) for name, run in runs.items()}
    refused = {
        name: {text: sum(violates(products[id_], thing) for id_ in run[text][:10]) for text, thing in things.items()}
        for name, run in runs.items()
    }
    report = {
        "queries": len(queries),
        "refusing": len(things),
        "ndcg@10": {name: round(float(values.mean()), 4) for name, values in scores.items()},
        "minus bm25, 95 %": {name: interval(scores[name] - scores["bm25"]) for name in ("search", "negation")},
        "violation@10": {name: round(sum(found.values()) / (10 * len(things)), 4) for name, found in refused.items()},
        "exact matches that are violators": _judged(products, queries, things),
        "by query": {
            text: {name: [round(float(scores[name][at]), 3), refused[name].get(text)] for name in runs}
            for at, (text, _) in enumerate(queries)
        },
    }
    print(json.dumps(report, indent=1))
    shares = {name: sum(found.values()) for name, found in refused.items()}
    sys.exit(1 if shares["search"] > shares["bm25"] / 2 else 0)


def _refusing(view: api.View, shop: Shop, query: str) -> list[str]:
    text = prepare(query)
    found = negation.read(text, shop)
    things = tuple(c.value for c in found.constraints if c.value not in found.filter.not_attributes)
    wish = api.Query(text=without(text, found.spans), filter=found.filter, without=things)
    return [hit.id for hit in view.search(wish).hits]


def _searched(address: str, query: str) -> list[str]:
    answer = httpx.post(f"{address}/v1/search", json={"query": query, "k": 10}, timeout=120).raise_for_status()
    return [hit["id"] for hit in answer.json()["hits"]]


def _judged(products: dict[str, Product], queries: list[Any], things: dict[str, str]) -> float:
    """The share of the products judged an exact match that the test calls violators: how far the two disagree."""
    exact = [(id_, things[text]) for text, gains in queries if text in things for id_ in gains if gains[id_] == 1]
    return round(sum(violates(products[id_], thing) for id_, thing in exact) / len(exact), 4)


if __name__ == "__main__":
    main()
