"""A small source of each format: written here in the shape of the real ones, not a row of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval.importers.ecommerce_faq import _own
from eval.importers.model import Options


def lines(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def csv(folder: Path) -> tuple[Path, Options]:
    rows = (
        "Question,Answer,Tags",
        'How long may I wait?,"30 days, then it is too late",returns;time',
        "多久送到,,送货",
    )
    return lines(folder / "faq.csv", *rows, ",an answer without a question,", "two,cells"), Options()


def beir(folder: Path) -> tuple[Path, Options]:
    lines(folder / "beir" / "queries.jsonl", {"_id": "q1", "text": "blue cup"}, {"_id": "q2", "text": "red"}, "{")
    lines(folder / "beir" / "corpus.jsonl", {"_id": "d1", "title": "Cup", "text": "A blue cup."})
    lines(folder / "beir" / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\td9\t1", "q8\td1\t1")
    return folder / "beir", Options()


def trec(folder: Path) -> tuple[Path, Options]:
    topics = ("<top>", "<num> Number: 301", "<title> hair dryer", "quiet", "<desc> Any?", "</top>", "<top></top>")
    qrels = lines(folder / "qrels.txt", "301 0 d1 3", "301 0 d2 -2", "7 0 d1 1", "broken")
    return lines(folder / "topics.txt", *topics), Options(qrels=qrels)


def ragas(folder: Path) -> tuple[Path, Options]:
    rows = [
        {"user_input": "How heavy is it?", "reference": "2 kg.", "retrieved_contexts": ["It weighs 2 kg."],
         "response": "3 kg", "reference_context_ids": ["tent"], "synthesizer_name": "single_hop"},
        {"question": "保修多久？", "ground_truths": ["两年"], "answer": "一年", "contexts": ["保修两年"]},
        {"user_input": [{"type": "human", "content": "a tent?"}, {"type": "ai", "content": "The Alp."},
                        {"type": "human", "content": "how heavy?"}], "reference": "2 kg."},
        {"user_input": "no reference"},
        {"reference": "no question"},
    ]  # fmt: skip
    return lines(folder / "set.jsonl", *rows), Options()


def esci(folder: Path) -> tuple[Path, Options]:
    judgements = [{"docid": "B1", "esci": "E"}, {"docid": "B2", "esci": "S"}, {"docid": "B3", "esci": "I"}]
    rows = [{"query": "saw", "judgments": judgements}, {"query": "odd", "judgments": [{"docid": "B1"}]}]
    lines(folder / "dev" / "qrels.jsonl", *rows, {"query": "none", "judgments": judgements[2:]})
    return folder, Options()


def icecat_chorus(folder: Path) -> tuple[Path, Options]:
    rows = [{"query": "laptop", "judgments": [{"docid": "1", "rating": 3}, {"docid": "2", "rating": 0}]}, "[]"]
    return lines(folder / "qrels.jsonl", *rows), Options()


def zh_ecom(folder: Path) -> tuple[Path, Options]:
    return lines(folder / "qrels.jsonl", {"query": "灯罩", "positive_pids": ["p1"]}, {"query": "灯"}), Options()


def ecommerce_faq(folder: Path) -> tuple[Path, Options]:
    rows = [{"question": f"Question {at}?", "answer": f"Answer: {facts[0]}."} for at, _, facts in _own()["entries"]]
    return lines(folder / "ecommerce_faq_79.jsonl", *rows), Options()


def rgb(folder: Path) -> tuple[Path, Options]:
    rows = [
        {"id": 0, "query": "谁赢了", "answer": ["甲队", ["乙队", "B队"]], "positive": ["甲队和乙队都赢了。"]},
        {"id": 1, "answer": "no question", "positive": []},
    ]
    return lines(folder / "zh_small.jsonl", *rows), Options()


def tau_retail(folder: Path) -> tuple[Path, Options]:
    variants = {
        f"v{at}": {"item_id": f"v{at}", "options": {"size": size}, "available": there, "price": price}
        for at, (size, there, price) in enumerate([("S", True, 10.5), ("M", True, 12), ("L", False, 14.25)])
    }
    products = {"p1": {"product_id": "p1", "name": "Kite", "variants": variants}}
    (folder / "products.json").write_text(json.dumps(products), encoding="utf-8")
    lines(folder / "wiki_policy.md", "# Rules", "", "## Cancel pending order", "", "Only pending orders.")
    return folder, Options()


def webshop_goals(folder: Path) -> tuple[Path, Options]:
    goals = ({"goal": "i want a mug"}, {"goal": "i want a mug"}, {"goal": ""})
    return lines(folder / "human_goals.jsonl", *goals), Options()


SOURCES: dict[str, Callable[[Path], tuple[Path, Options]]] = {
    make.__name__: make
    for make in (
        csv, beir, trec, ragas, esci, icecat_chorus, zh_ecom, ecommerce_faq, rgb, tau_retail, webshop_goals,
    )
}  # fmt: skip
