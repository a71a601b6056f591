"""One question at both fronts: what is shown, what of it violates, and whether the answer says what is open."""

from typing import Any

import httpx

from bench.negation.gold import Denied, Products, Refusal
from catalog.lexicon import label

_REFUSING = frozenset({"without", "not_brand"})
"""Kinds of constraints that refuse something."""


def asked(web: httpx.Client, refusal: Refusal, products: Products) -> dict[str, Any]:
    """A row of figures; `wrong` lists what is."""
    search = _post(web, "/v1/search", {"query": refusal.question, "k": 10})
    answer = _post(web, "/v1/ask", {"question": refusal.question})
    if refusal.denied is None:
        return {"question": refusal.question, "violators_in_store": None, "wrong": _refuses(search, answer)}
    ten = _violating(products, search["hits"], refusal.denied)
    cards = _violating(products, answer["products"], refusal.denied)
    wrong = [f"found {id_}" for id_ in ten] + [f"shown {id_}" for id_ in cards] + _untold(answer)
    return {
        "question": refusal.question,
        "violators_in_store": products.violators(refusal.denied),
        "hits": len(search["hits"]),
        "of_ten": len(ten),
        "cards": len(answer["products"]),
        "on_cards": len(cards),
        "open": sum(bool(card.get("unverified")) for card in answer["products"]),
        "outcome": answer["outcome"],
        "wrong": wrong,
    }


def _post(web: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    response = web.post(path, json=body)
    response.raise_for_status()
    found: dict[str, Any] = response.json()
    return found


def _violating(products: Products, shown: list[dict[str, Any]], denied: Denied) -> list[str]:
    return [item["id"] for item in shown if products.violates(item["id"], item.get("variant_id"), denied)]


def _untold(answer: dict[str, Any]) -> list[str]:
    """Fields that cards leave open and the text does not name."""
    fields = {name for card in answer["products"] for name in card.get("unverified") or []}
    text = answer["text"].lower()
    return [f"not said to be open: {name}" for name in fields if label(name, answer["language"]).lower() not in text]


def _refuses(*answers: dict[str, Any]) -> list[str]:
    """What was read as a refusal where there is none."""
    found = []
    for understood in (answer.get("understanding") or {} for answer in answers):
        read = understood.get("filter") or {}
        found += [f"{name} {read[name]}" for name in ("not_brand", "not_attributes") if read.get(name)]
        found += [f"{c['kind']} {c['text']}" for c in understood.get("constraints") or [] if c["kind"] in _REFUSING]
    return found
