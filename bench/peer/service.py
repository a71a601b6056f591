"""A small RAG service of another make: Haystack's BM25 retriever over a shop's records, and a template that quotes.

    python bench/peer/service.py records.jsonl --port 9400

Runs in an environment of its own (README.md beside this file) and imports nothing of Shopguide, so that what is
measured is Haystack and what one would write around it in an afternoon. `POST /query` {query, turns?} answers;
`POST /documents` {query, kinds?, n?} ranks records; `GET /health` is ready when it says so.
"""

import argparse
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline, component
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

SHOWN = 3
"""Documents a reply draws on."""
QUOTED = 2
"""Sentences taken of the best document."""
KNOWN_FROM = 0.5
"""Share of the question's words that the best document has to hold; below it the reply is that nothing was found."""
KINDS = ("product", "faq", "policy", "review", "qa")

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n+")
_NOTHING = {"zh": "抱歉，没有找到相关信息。", "en": "Sorry, I found nothing about that."}
_ALSO = {"zh": "相关商品：{}。", "en": "Related products: {}."}


def language_of(text: str) -> str:
    """Zh if it has a Chinese character, else en."""
    return "zh" if _HAN.search(text) else "en"


def documents(records: list[dict[str, Any]]) -> list[Document]:
    """Each record once a language, with its product's offer beside it."""
    products = {record["id"]: record for record in records if record["type"] == "product"}
    made = []
    for record in records:
        if record["type"] not in KINDS:
            continue
        for language, said in _said(record).items():
            product = products.get(record.get("product_id", record["id"]))
            content = "\n".join(line for line in _lines(record, said) if line)
            meta = {"record": record["id"], "kind": record["type"], "language": language}
            meta |= {"item": _item(product, language)} if product else {}
            made.append(Document(id=f"{record['id']}#{language}", content=content, meta=meta))
    return made


def _said(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Language -> the record's fields in it."""
    base = record.get("language") or language_of(json.dumps(record, ensure_ascii=False))
    translated = {name: record | said for name, said in (record.get("translations") or {}).items()}
    return {base: record} | translated


def _lines(record: dict[str, Any], said: dict[str, Any]) -> list[str]:
    texts = [said.get(name, "") for name in ("title", "brand", "question", "answer", "description", "body", "text")]
    facts = [f"{name}: {_value(value)}" for name, value in (said.get("attributes") or {}).items()]
    offers = [one.get("offer") for one in [record, *record.get("variants", [])] if one.get("offer")]
    prices = dict.fromkeys(f"{offer['price']} {offer['currency']}" for offer in offers)
    return [*texts, *said.get("bullets", []), *facts, *(f"price: {price}" for price in prices)]


def _value(value: Any) -> str:
    return f"{value['value']:g} {value['unit']}" if isinstance(value, dict) else str(value)


def _item(product: dict[str, Any], language: str) -> dict[str, Any]:
    offer = product.get("offer") or next((one["offer"] for one in product.get("variants", []) if "offer" in one), {})
    said = _said(product).get(language, product)
    return {
        "sku": product["id"], "title": said["title"], "url": product.get("url"), "price": offer.get("price"),
        "currency": offer.get("currency"), "stock": offer.get("availability", "in_stock") if offer else None,
    }  # fmt: skip


@component
class Quoting:
    """Writes a reply of the best document's sentences, with marks, and names the products of the others."""

    def __init__(self, tokens: re.Pattern[str]) -> None:
        self._tokens = tokens

    @component.output_types(reply=dict)
    def run(self, query: str, documents: list[Document]) -> dict[str, Any]:
        """The reply as the API sends it."""
        language, asked = language_of(query), self._words(query)
        found = documents[:SHOWN]
        if not found or len(asked & self._words(found[0].content or "")) < KNOWN_FROM * len(asked):
            return {"reply": {"answer": _NOTHING[language], "found": False, "passages": [], "quotes": [], "items": []}}
        best = found[0]
        heading, _, rest = (best.content or "").partition("\n")
        sentences = [sentence.strip() for sentence in _SENTENCE.split(rest or heading) if sentence.strip()]
        ranked = sorted(sentences, key=lambda sentence: -len(asked & self._words(sentence)))[:QUOTED]
        items = {item["sku"]: item for document in found if (item := document.meta.get("item"))}
        about = f"{best.meta['item']['title']}: " if "item" in best.meta else ""
        text = about + " ".join(f"{sentence} [{number}]" for number, sentence in enumerate(ranked, start=1))
        others = [item["title"] for item in items.values() if item is not best.meta.get("item")]
        if others:
            text += " " + _ALSO[language].format(", ".join(others))
        quotes = [{"record": best.meta["record"], "words": sentence} for sentence in ranked]
        passages = [{"record": one.meta["record"], "text": one.content, "score": one.score} for one in found]
        return {
            "reply": {
                "answer": text, "found": True, "passages": passages, "quotes": quotes, "items": list(items.values()),
            }
        }  # fmt: skip

    def _words(self, text: str) -> set[str]:
        return {token.lower() for token in self._tokens.findall(text)}


class Service:
    """The index and the pipeline."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        store = InMemoryDocumentStore()
        store.write_documents(documents(records))
        self._retriever = InMemoryBM25Retriever(store, top_k=200)
        self._pipeline = Pipeline()
        self._pipeline.add_component("retriever", InMemoryBM25Retriever(store, top_k=SHOWN))
        self._pipeline.add_component("writer", Quoting(re.compile(store.bm25_tokenization_regex)))
        self._pipeline.connect("retriever.documents", "writer.documents")

    def query(self, body: dict[str, Any]) -> dict[str, Any]:
        """A reply; the shopper's last words before the question help to find what it is about."""
        before = [turn["content"] for turn in body.get("turns", []) if turn["role"] == "user"][-1:]
        wish = {"query": " ".join([*before, body["query"]]), "filters": _only("language", [language_of(body["query"])])}
        made = self._pipeline.run({"retriever": wish, "writer": {"query": body["query"]}})
        reply: dict[str, Any] = made["writer"]["reply"]
        return reply

    def rank(self, body: dict[str, Any]) -> dict[str, Any]:
        """Record ids, best first, each once."""
        filters = _only("kind", body.get("kinds") or ["product"])
        found = self._retriever.run(body["query"], filters=filters)["documents"]
        ids = list(dict.fromkeys(document.meta["record"] for document in found))
        return {"records": ids[: body.get("n", 100)]}


def _only(field: str, values: list[str]) -> dict[str, Any]:
    return {"field": f"meta.{field}", "operator": "in", "value": values}


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    """The three routes."""
    routes = {"/query": service.query, "/documents": service.rank}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(200 if self.path == "/health" else 404, {"ready": True, "index": "haystack-bm25"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            route = routes.get(self.path)
            self._send(200, route(body)) if route else self._send(404, {})

        def _send(self, status: int, body: Any) -> None:
            data = json.dumps(body, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="canonical JSONL, as `guide-catalog convert` prints it")
    parser.add_argument("--port", type=int, default=9400)
    options = parser.parse_args()
    lines = options.records.read_text("utf-8").splitlines()
    service = Service([json.loads(line) for line in lines if line.strip()])
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler(service))
    print(f"ready: http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
