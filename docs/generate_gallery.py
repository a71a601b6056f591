"""Conversations with a shop, run for real: `python docs/generate_gallery.py DATA` writes docs/gallery.md.

docs/gallery/*.jsonl hold one dialogue a line: {"id", "title", "shows": […], "turns": […]}. A turn says what is asked
(`ask`, and `product_ids` or `filters` of the page it is asked on) and what must be true of the answer: `outcome`,
`reason`, exact `ids` or how many `cards`, a `filter` that every card passes, what the text `says` and does not say
(`silent`), whether there is a `table`. The tests run every dialogue and hold it to that.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
CLOCK = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""The sample shop's promotions count from the day of the build; one moment keeps prices alike within a run."""


def dialogues(name: str) -> list[dict[str, Any]]:
    """The dialogues over one shop: `sample` or `icecat`."""
    lines = (DOCS / "gallery" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def talk(dialogue: dict[str, Any], client: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each turn with the answer to it, in one conversation that the server keeps."""
    conversation: dict[str, str] = {}
    for turn in dialogue["turns"]:
        page = {name: turn[name] for name in ("product_ids", "filters") if name in turn}
        response = client.post("/v1/ask", json={"question": turn["ask"], **page, **conversation})
        answer = response.json()
        if response.status_code != 200:
            raise RuntimeError(f"{dialogue['id']}: {turn['ask']}: {answer}")
        conversation = {"conversation_id": answer["conversation_id"]}
        yield turn, answer


def complaints(turn: dict[str, Any], answer: dict[str, Any], client: Any) -> list[str]:
    """What is not as the turn says it must be."""
    ids = [card["id"] for card in answer["products"]]
    found = [
        f"{name} is {answer.get(name)!r}, not {turn[name]!r}"
        for name in ("outcome", "reason")
        if name in turn and answer.get(name) != turn[name]
    ]
    if "ids" in turn and ids != turn["ids"]:
        found.append(f"shows {ids}, not {turn['ids']}")
    if "cards" in turn and len(ids) != turn["cards"]:
        found.append(f"shows {len(ids)} products, not {turn['cards']}")
    if "table" in turn and ("table" in answer) != turn["table"]:
        found.append("has a table" if "table" in answer else "has no table")
    found += [f"does not say {words!r}" for words in turn.get("says", []) if words not in answer["text"]]
    found += [f"says {words!r}" for words in turn.get("silent", []) if words in answer["text"]]
    return found + _outside(turn, ids, client)


def _outside(turn: dict[str, Any], ids: list[str], client: Any) -> list[str]:
    if "filter" not in turn or not ids:
        return []
    body = {"filters": {**turn["filter"], "ids": ids}, "k": 100}
    passing = {hit["id"] for hit in client.post("/v1/search", json=body).json()["hits"]}
    return [f"{id_} does not pass {turn['filter']}" for id_ in ids if id_ not in passing]


def render(told: list[tuple[dict[str, Any], list[tuple[dict[str, Any], dict[str, Any]]]]], *, quoted: bool) -> str:
    """Dialogues as Markdown; with `quoted` the answers word for word, else only what was true of them."""
    parts = []
    for dialogue, turns in told:
        parts.append(f"### {dialogue['title']}\n\n*{', '.join(dialogue['shows'])}*\n")
        for turn, answer in turns:
            where = f" (on the page of `{turn['product_ids'][0]}`)" if turn.get("product_ids") else ""
            parts.append(f"**{turn['ask']}**{where}\n")
            parts.append(_quoted(answer) if quoted else _told(turn, answer))
    return "\n".join(parts)


def _quoted(answer: dict[str, Any]) -> str:
    kind = answer["outcome"] + (f", {answer['reason']}" if answer.get("reason") else "")
    lines = [f"> {line}  " for line in answer["text"].split("\n")]
    return "\n".join([*lines, f"> `{kind}`", ""])


def _told(turn: dict[str, Any], answer: dict[str, Any]) -> str:
    shown = f"{len(answer['products'])} products" if len(answer["products"]) != 1 else "1 product"
    kept = f", all within `{json.dumps(turn['filter'], ensure_ascii=False)}`" if turn.get("filter") else ""
    return f"> `{answer['outcome']}`: {shown}{kept}\n"


def main(data: str, name: str = "sample") -> int:
    """Run the dialogues over DATA, write the page; 1 if something is not as it must be."""
    from litestar.testing import TestClient

    from guide.app import create_app
    from guide.config import Settings

    told, wrong = [], 0
    with TestClient(create_app(Settings(data=Path(data), clock=CLOCK)), base_url="http://127.0.0.1") as client:
        client.app.state.shop.store.warm(2)
        for dialogue in dialogues(name):
            turns = [*talk(dialogue, client)]
            told.append((dialogue, turns))
            for turn, answer in turns:
                for complaint in complaints(turn, answer, client):
                    wrong += 1
                    print(f"{dialogue['id']}: {turn['ask']}: {complaint}", file=sys.stderr)  # noqa: T201
    page = DOCS / "gallery.md"
    text = page.read_text("utf-8")
    start, end = f"<!-- {name} -->\n", f"<!-- end {name} -->"
    before, rest = text.split(start)
    page.write_text(before + start + render(told, quoted=name == "sample") + end + rest.split(end)[1], "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
