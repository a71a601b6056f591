"""Tell what in a new schema breaks a program that was written for an old one.

    python docs/compare_schema.py docs/schema/released/0.1.0a1 docs/schema

A request may only become more liberal, a response only say more: what a client may send has to stay allowed, what it
reads has to stay there. New routes, events, optional request fields and response fields break nobody.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")
UPPER, LOWER = ("maximum", "maxLength", "maxItems"), ("minimum", "minLength", "minItems")


class Side(NamedTuple):
    """A schema with the document that its references lead into."""

    schema: Schema
    document: Schema

    def resolved(self) -> "Side":
        """Without a reference at the top."""
        schema = self.schema
        while "$ref" in schema:
            found: Any = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return Side(schema, self.document)

    def at(self, schema: Schema) -> "Side":
        """Another schema of the same document."""
        return Side(schema, self.document)

    def alternatives(self) -> "list[Side]":
        """What it may be: one entry for each type."""
        here = self.resolved()
        for union in ("oneOf", "anyOf"):
            if union in here.schema:
                return [side for part in here.schema[union] for side in here.at(part).alternatives()]
        kinds = here.schema.get("type")
        if isinstance(kinds, list):
            return [here.at({**here.schema, "type": kind}) for kind in kinds]
        return [here]


def breaks(old: Schema, new: Schema) -> list[str]:
    """What breaks between two OpenAPI documents, one line each."""
    return list(dict.fromkeys(_routes(old, new)))


def event_breaks(old: Schema, new: Schema) -> list[str]:
    """What breaks between two event schemas: lists of kinds under `$defs`, each with its `data`."""
    found: list[str] = []
    before, after = _kinds(old), _kinds(new)
    for name, data in before.items():
        if name not in after:
            found.append(f"event {name} is gone")
        else:
            found += _compare(Side(data, old), Side(after[name], new), f"event {name}", frozenset(), request=False)
    return list(dict.fromkeys(found))


def _kinds(document: Schema) -> dict[str, Schema]:
    kinds = [document["$defs"][part["$ref"].rpartition("/")[2]]["properties"] for part in document["oneOf"]]
    return {kind["event"]["const"]: kind["data"] for kind in kinds}


def _routes(old: Schema, new: Schema) -> Iterator[str]:
    for path, item in old["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            name = f"{method.upper()} {path}"
            after = new["paths"].get(path, {}).get(method)
            if after is None:
                yield f"{name} is gone"
            else:
                yield from _operation(Side(item[method], old), Side(after, new), name)


def _operation(old: Side, new: Side, name: str) -> Iterator[str]:
    yield from _parameters(old, new, name)
    yield from _body(old, new, name)
    for status, response in old.schema["responses"].items():
        if not status.startswith("2"):
            continue  # problems have one shape everywhere, and their statuses are in docs/errors.md
        if status not in new.schema["responses"]:
            yield f"{name}: status {status} is gone"
            continue
        after = new.schema["responses"][status].get("content", {})
        for media, content in response.get("content", {}).items():
            if media not in after:
                yield f"{name}: no longer answers {media}"
            else:
                sides = old.at(content.get("schema", {})), new.at(after[media].get("schema", {}))
                yield from _compare(*sides, f"{name} answer", frozenset(), request=False)


def _parameters(old: Side, new: Side, name: str) -> Iterator[str]:
    before = {(found["in"], found["name"]): found for found in old.schema.get("parameters", [])}
    after = {(found["in"], found["name"]): found for found in new.schema.get("parameters", [])}
    for key, parameter in after.items():
        known = before.get(key)
        if parameter.get("required") and not (known and known.get("required")):
            yield f"{name}: {key[0]} {key[1]} is now required"
    for key, parameter in before.items():
        if key not in after:
            yield f"{name}: {key[0]} {key[1]} is gone"
        else:
            sides = old.at(parameter.get("schema", {})), new.at(after[key].get("schema", {}))
            yield from _compare(*sides, f"{name} {key[0]} {key[1]}", frozenset(), request=True)


def _body(old: Side, new: Side, name: str) -> Iterator[str]:
    before, after = old.schema.get("requestBody"), new.schema.get("requestBody")
    if after and after.get("required") and not (before and before.get("required")):
        yield f"{name}: a body is now required"
    for media, content in (before or {}).get("content", {}).items():
        found = (after or {}).get("content", {})
        if media not in found:
            yield f"{name}: no longer takes {media}"
        else:
            sides = old.at(content.get("schema", {})), new.at(found[media].get("schema", {}))
            yield from _compare(*sides, f"{name} request", frozenset(), request=True)


def _compare(old: Side, new: Side, where: str, seen: frozenset[str], *, request: bool) -> list[str]:
    """Each thing that may come from the one side has to fit something that the other side takes."""
    mark = json.dumps([old.schema, new.schema], sort_keys=True)
    if mark in seen:
        return []  # a type that holds itself
    source, target = (old, new) if request else (new, old)
    found: list[str] = []
    for item in source.alternatives():
        tries = [
            _single(*((item, taker) if request else (taker, item)), where, seen | {mark}, request=request)
            for taker in target.alternatives()
        ]
        found += min(tries, key=len)
    return found


def _single(old: Side, new: Side, where: str, seen: frozenset[str], *, request: bool) -> list[str]:
    before, after = _kind(old.schema), _kind(new.schema)
    source, target = (before, after) if request else (after, before)
    if target == "any":
        return []
    if source != target and (source, target) != ("integer", "number"):
        return [f"{where}: {before} became {after}"]
    found = _values(old.schema, new.schema, where) if request else []
    if before == after == "object":
        found += _object(old, new, where, seen, request=request)
    if before == after == "array":
        sides = old.at(old.schema.get("items", {})), new.at(new.schema.get("items", {}))
        found += _compare(*sides, f"{where}[]", seen, request=request)
    return found


def _object(old: Side, new: Side, where: str, seen: frozenset[str], *, request: bool) -> list[str]:
    before, after = old.schema.get("properties", {}), new.schema.get("properties", {})
    must_before, must_after = set(old.schema.get("required", [])), set(new.schema.get("required", []))
    found = [f"{where}.{name} is gone" for name in before if name not in after]
    if request:
        found += [f"{where}.{name} is now required" for name in sorted(must_after - must_before)]
    else:
        found += [f"{where}.{name} may now be missing" for name in sorted(must_before - must_after) if name in after]
    for name in before.keys() & after.keys():
        found += _compare(old.at(before[name]), new.at(after[name]), f"{where}.{name}", seen, request=request)
    values = old.schema.get("additionalProperties"), new.schema.get("additionalProperties")
    if isinstance(values[0], dict) and isinstance(values[1], dict):
        found += _compare(old.at(values[0]), new.at(values[1]), f"{where}.*", seen, request=request)
    return found


def _values(old: Schema, new: Schema, where: str) -> list[str]:
    """What a request may no longer say."""
    found: list[str] = []
    before, after = _enumerated(old), _enumerated(new)
    if after is not None:
        gone = ["any other value"] if before is None else [str(value) for value in before if value not in after]
        found += [f"{where}: {value} is no longer taken" for value in gone]
    for names, stricter in ((UPPER, lambda a, b: b < a), (LOWER, lambda a, b: b > a)):
        for name in names:
            if name in new and (name not in old or stricter(old[name], new[name])):
                found.append(f"{where}: {name} is now {new[name]}")
    if "pattern" in new and new["pattern"] != old.get("pattern"):
        found.append(f"{where}: pattern is now {new['pattern']}")
    return found


def _enumerated(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _kind(schema: Schema) -> str:
    if "type" in schema:
        return str(schema["type"])
    values = _enumerated(schema)
    if values:
        return {str: "string", bool: "boolean", int: "integer", float: "number"}.get(type(values[0]), "null")
    return "object" if "properties" in schema else "any"


def main(old: Path, new: Path) -> list[str]:
    """What breaks between two folders with an OpenAPI document and an event schema each."""
    found = []
    for name, compare in (("openapi.json", breaks), ("events.schema.json", event_breaks)):
        found += compare(*(json.loads((folder / name).read_text("utf-8")) for folder in (old, new)))
    return found


if __name__ == "__main__":
    told = main(*map(Path, sys.argv[1:3]))
    sys.stdout.write("".join(f"{line}\n" for line in told))
    sys.exit(bool(told))
