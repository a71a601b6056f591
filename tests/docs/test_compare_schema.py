"""What breaks a client between two schemas, one rule at a time, and what does not."""

import copy
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

breaks: Callable[[Any, Any], list[str]] = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "compare_schema.py"))[
    "breaks"
]

MONEY = {"type": "object", "properties": {"amount": {"type": "integer"}}, "required": ["amount"]}
OLD: dict[str, Any] = {
    "paths": {
        "/a": {
            "post": {
                "parameters": [{"in": "query", "name": "k", "schema": {"type": "integer", "maximum": 9}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}},
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Out"}}}}
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Money": MONEY,
            "In": {
                "type": "object",
                "required": ["q"],
                "properties": {
                    "q": {"type": "string", "maxLength": 9},
                    "sort": {"enum": ["price", "rating"], "type": "string"},
                    "note": {"oneOf": [{"type": "string"}, {"type": "null"}]},
                    "ids": {"type": "array", "items": {"type": "string"}},
                },
            },
            "Out": {
                "type": "object",
                "required": ["text", "price"],
                "properties": {
                    "text": {"type": "string"},
                    "price": {"$ref": "#/components/schemas/Money"},
                    "score": {"type": "number"},
                    "count": {"type": "integer"},
                    "state": {"enum": ["a", "b"], "type": "string"},
                    "inner": {"type": "array", "items": {"$ref": "#/components/schemas/Out"}},
                    "named": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "rating": {"oneOf": [{"type": "number"}, {"type": "null"}]},
                },
            },
        }
    },
}
Change = Callable[[dict[str, Any]], object]


def operation(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/a"]["post"]
    return found


def fields(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]["properties"]
    return found


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


BROKEN: dict[str, tuple[Change, str]] = {
    "route": (lambda d: d["paths"].pop("/a"), "POST /a is gone"),
    "method": (lambda d: d["paths"]["/a"].pop("post"), "POST /a is gone"),
    "status": (lambda d: operation(d)["responses"].pop("200"), "status 200 is gone"),
    "media": (lambda d: operation(d)["responses"]["200"].update(content={}), "no longer answers application/json"),
    "body media": (lambda d: operation(d)["requestBody"].update(content={}), "no longer takes application/json"),
    "body required": (lambda d: operation(d)["requestBody"].update(required=True), "a body is now required"),
    "parameter": (lambda d: operation(d).update(parameters=[]), "query k is gone"),
    "new parameter": (
        lambda d: operation(d)["parameters"].append({"in": "header", "name": "x", "required": True, "schema": {}}),
        "header x is now required",
    ),
    "parameter bound": (
        lambda d: operation(d)["parameters"][0]["schema"].update(maximum=5), "query k: maximum is now 5"
    ),
    "request field": (lambda d: fields(d, "In").pop("ids"), "request.ids is gone"),
    "required field": (lambda d: schema(d, "In")["required"].append("sort"), "request.sort is now required"),
    "new required field": (
        lambda d: (fields(d, "In").update(new={"type": "string"}), schema(d, "In")["required"].append("new")),
        "request.new is now required",
    ),
    "request type": (lambda d: fields(d, "In").update(q={"type": "integer"}), "request.q: string became integer"),
    "request null": (lambda d: fields(d, "In").update(note={"type": "string"}), "request.note: null became string"),
    "request item": (
        lambda d: fields(d, "In")["ids"].update(items={"type": "integer"}), "request.ids[]: string became integer"
    ),
    "request enum": (
        lambda d: fields(d, "In")["sort"].update(enum=["price"]), "request.sort: rating is no longer taken"
    ),
    "new enum": (lambda d: fields(d, "In")["q"].update(enum=["x"]), "request.q: any other value is no longer taken"),
    "shorter": (lambda d: fields(d, "In")["q"].update(maxLength=5), "request.q: maxLength is now 5"),
    "longer": (lambda d: fields(d, "In")["q"].update(minLength=2), "request.q: minLength is now 2"),
    "pattern": (lambda d: fields(d, "In")["q"].update(pattern="^x"), "request.q: pattern is now ^x"),
    "answer field": (lambda d: fields(d, "Out").pop("score"), "answer.score is gone"),
    "answer optional": (lambda d: schema(d, "Out")["required"].remove("text"), "answer.text may now be missing"),
    "answer type": (lambda d: fields(d, "Out").update(text={"type": "number"}), "answer.text: string became number"),
    "answer float": (
        lambda d: fields(d, "Out").update(count={"type": "number"}), "answer.count: integer became number"
    ),
    "answer any": (lambda d: fields(d, "Out").update(text={}), "answer.text: string became any"),
    "answer null": (
        lambda d: fields(d, "Out").update(text={"oneOf": [{"type": "string"}, {"type": "null"}]}),
        "answer.text: string became null",
    ),
    "inside a reference": (lambda d: schema(d, "Money")["properties"].pop("amount"), "answer.price.amount is gone"),
    "named values": (
        lambda d: fields(d, "Out")["named"].update(additionalProperties={"type": "string"}),
        "answer.named.*: integer became string",
    ),
}  # fmt: skip
ADDED: dict[str, Change] = {
    "nothing": lambda d: None,
    "route": lambda d: d["paths"].update({"/b": {"get": {"responses": {}}}}),
    "parameter": lambda d: operation(d)["parameters"].append({"in": "query", "name": "x", "schema": {}}),
    "parameter bound": lambda d: operation(d)["parameters"][0]["schema"].update(maximum=99),
    "status": lambda d: operation(d)["responses"].update({"202": {}}),
    "request field": lambda d: fields(d, "In").update(new={"type": "string"}),
    "no longer required": lambda d: schema(d, "In").update(required=[]),
    "request enum": lambda d: fields(d, "In")["sort"].update(enum=["price", "rating", "newest"]),
    "request null": lambda d: fields(d, "In").update(q={"type": ["string", "null"]}),
    "request wider": lambda d: fields(d, "In").update(ids={}),
    "answer field": lambda d: fields(d, "Out").update(new={"type": "string"}),
    "answer always": lambda d: schema(d, "Out")["required"].append("score"),
    "answer enum": lambda d: fields(d, "Out")["state"].update(enum=["a", "b", "c"]),
    "answer narrower": lambda d: fields(d, "Out").update(score={"type": "integer"}, rating={"type": "number"}),
    "names of types": lambda d: (
        d["components"]["schemas"].update(Cash=MONEY),
        fields(d, "Out").update(price={"$ref": "#/components/schemas/Cash"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_client_is_told(name: str) -> None:
    change, told = BROKEN[name]
    new = copy.deepcopy(OLD)
    change(new)
    found = breaks(OLD, new)
    assert len(found) == 1
    assert found[0].endswith(told)


@pytest.mark.parametrize("name", ADDED)
def test_what_breaks_nobody_is_not(name: str) -> None:
    new = copy.deepcopy(OLD)
    ADDED[name](new)
    assert breaks(OLD, new) == []
