"""Write the schemas of the API into docs/schema, and TypeScript types made of them.

    make schema

`openapi.json` is what a server gives at /openapi.json, `events.schema.json` describes each event of the native stream,
`shopguide.d.ts` both for TypeScript. A test fails when they and the code differ.
With `--release VERSION` the two are also kept under docs/schema/released: what comes later is held to the last of them.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import typing
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent / "schema"
RELEASED = FOLDER / "released"
TOOL = FOLDER / "node_modules" / ".bin" / "openapi-typescript"
ALIASES = {
    "Answer": "Answer", "AskRequest": "AskRequest", "GuideEvent": "Event", "ProblemBody": "ProblemBody",
    "ProductCard": "ProductCard", "SearchAnswer": "SearchAnswer", "SearchRequest": "SearchRequest",
}  # fmt: skip
"""Short names; a browser has an `Event` of its own."""
HEAD = "/** Types of the Shopguide API, written by docs/generate_schema.py; do not edit. */\n"


def openapi() -> dict[str, Any]:
    """The document that a server gives."""
    from litestar.serialization import encode_json

    from guide.app import create_app
    from guide.config import Settings

    app = create_app(Settings(data=Path("no-such-folder")))
    document: dict[str, Any] = json.loads(encode_json(app.openapi_schema.to_schema()))
    return document


def events() -> dict[str, Any]:
    """JSON Schema of one event: its name, its number and its data."""
    from guide import events as internal
    from guide.wire.shapes import ProductCard

    kinds = [kind for kind in typing.get_args(internal.Event) if kind is not internal.Products]
    (cards, *schemas), nested = msgspec.json.schema_components(
        [list[ProductCard], *kinds], ref_template="#/$defs/{name}"
    )
    products = {"type": "object", "properties": {"products": cards}, "required": ["products"],
                "description": internal.Products.__doc__}  # fmt: skip
    named: dict[str, Any] = {"products": products}
    for kind, schema in zip(kinds, schemas, strict=True):
        tag = str(kind.__struct_config__.tag)
        named[tag] = _untagged(nested.pop(schema["$ref"].rpartition("/")[2]))
    text = json.dumps(named | {"$defs": nested}, ensure_ascii=False)
    for name in nested:  # one list of names with the OpenAPI document: none may mean two things
        text = text.replace(f'#/$defs/{name}"', f'#/$defs/Event{name}"')
    renamed = json.loads(text)
    inner = {f"Event{name}": schema for name, schema in renamed.pop("$defs").items()}
    outer = {f"{_camel(tag)}Event": _event(tag, data) for tag, data in renamed.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Shopguide event",
        "description": "One server-sent event of the native stream: `event`, `id`, and `data` as JSON.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in outer],
        "$defs": outer | inner,
    }


def types(document: dict[str, Any], event: dict[str, Any]) -> str:
    """Both as TypeScript; needs `npm ci` in docs/schema."""
    named = {**event["$defs"], "Event": {"description": event["description"], "oneOf": event["oneOf"]}}
    text = json.dumps(named, ensure_ascii=False).replace("#/$defs/", "#/components/schemas/")
    both = json.loads(json.dumps(document))
    both["components"]["schemas"] |= json.loads(text)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.json"), Path(folder, "out.d.ts")
        source.write_text(json.dumps(both, sort_keys=True), "utf-8")
        subprocess.run([TOOL, source, "-o", target], check=True, capture_output=True)  # noqa: S603
        body = target.read_text("utf-8").split("*/\n", 1)[1]
    aliases = [f'export type {name} = components["schemas"]["{component}"];' for name, component in ALIASES.items()]
    return "\n".join([HEAD + body.lstrip("\n"), *aliases, ""])


def page(document: dict[str, Any]) -> str:
    """As it is written: stable, and readable in a diff."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _untagged(schema: dict[str, Any]) -> dict[str, Any]:
    """The data of an event; its name stands beside it."""
    return {
        **{name: value for name, value in schema.items() if name != "title"},
        "properties": {name: value for name, value in schema["properties"].items() if name != "event"},
        "required": [name for name in schema["required"] if name != "event"],
    }


def _event(tag: str, data: dict[str, Any]) -> dict[str, Any]:
    properties = {"event": {"const": tag}, "id": {"type": "integer", "minimum": 1}, "data": data}
    return {"type": "object", "properties": properties, "required": ["event", "id", "data"]}


def _camel(tag: str) -> str:
    return "".join(part.capitalize() for part in tag.split("_"))


def main(arguments: list[str]) -> None:
    """Write everything."""
    document, event = openapi(), events()
    FOLDER.joinpath("openapi.json").write_text(page(document), "utf-8")
    FOLDER.joinpath("events.schema.json").write_text(page(event), "utf-8")
    if TOOL.exists():
        FOLDER.joinpath("shopguide.d.ts").write_text(types(document, event), "utf-8")
    if arguments[:1] == ["--release"]:
        kept = RELEASED / arguments[1]
        kept.mkdir(parents=True)
        for name in ("openapi.json", "events.schema.json"):
            shutil.copy(FOLDER / name, kept / name)


if __name__ == "__main__":
    main(sys.argv[1:])
