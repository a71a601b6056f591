"""The committed schemas are those of the code, describe what is sent, and break no client of the last release."""

import copy
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from litestar.testing import TestClient
from packaging.version import Version

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = DOCS / "schema"
sys.path.insert(0, str(DOCS.parent / "tests" / "contract"))
from fake_shop import open_fake  # noqa: E402

from guide.app import create_app  # noqa: E402
from guide.config import Settings  # noqa: E402

GENERATE = runpy.run_path(str(DOCS / "generate_schema.py"))
COMPARE = runpy.run_path(str(DOCS / "compare_schema.py"))
TOOLS = SCHEMA / "node_modules" / ".bin"
needs_node = pytest.mark.skipif(not TOOLS.exists(), reason="needs npm: `make schema` installs it")


def committed(name: str) -> Any:
    return json.loads((SCHEMA / name).read_text("utf-8"))


@pytest.mark.parametrize(("name", "made"), [("openapi.json", "openapi"), ("events.schema.json", "events")])
def test_the_schemas_are_those_of_the_code(name: str, made: str) -> None:
    assert (SCHEMA / name).read_text("utf-8") == GENERATE["page"](GENERATE[made]()), "run `make schema`"


@needs_node
def test_the_types_are_those_of_the_schemas() -> None:
    fresh = GENERATE["types"](committed("openapi.json"), committed("events.schema.json"))
    assert (SCHEMA / "shopguide.d.ts").read_text("utf-8") == fresh, "run `make schema`"


@needs_node
def test_a_program_in_typescript_can_use_the_types() -> None:
    done = subprocess.run([TOOLS / "tsc", "-p", SCHEMA], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_last_release_is_not_broken() -> None:
    versions = [folder for folder in (SCHEMA / "released").iterdir() if folder.is_dir()]
    last = max(versions, key=lambda folder: Version(folder.name))
    told = COMPARE["main"](last, SCHEMA)
    assert told == [], (
        "clients of the last release break; if that is meant: python docs/generate_schema.py --release VERSION"
    )


def sent(question: str) -> list[dict[str, Any]]:
    with TestClient(
        create_app(Settings(data=Path("no-such-folder")), open_fake), base_url="http://127.0.0.1"
    ) as client:
        text = client.post("/v1/ask", json={"question": question, "stream": True, "explain": True}).text
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append({"event": fields["event"], "id": int(fields["id"]), "data": json.loads(fields["data"])})
    return found


@pytest.mark.parametrize("question", ["降噪耳机", "compare them", "boom", "unknown"])
def test_every_event_that_is_sent_is_described(question: str) -> None:
    check = jsonschema.Draft202012Validator(committed("events.schema.json"))
    for event in sent(question):
        assert [error.message for error in check.iter_errors(event)] == []


def test_an_event_of_another_shape_is_not() -> None:
    check = jsonschema.Draft202012Validator(committed("events.schema.json"))
    first = sent("降噪耳机")[0]
    for wrong in (first | {"event": "other"}, first | {"data": {}}, first | {"id": 0}):
        assert list(check.iter_errors(wrong))


def test_events_may_come_but_not_go_or_lose_fields() -> None:
    old = committed("events.schema.json")
    new = copy.deepcopy(old)
    new["$defs"]["NewEvent"] = {"properties": {"event": {"const": "new"}, "data": {"type": "object"}}}
    new["oneOf"].append({"$ref": "#/$defs/NewEvent"})
    assert COMPARE["event_breaks"](old, new) == []
    assert COMPARE["event_breaks"](new, old) == ["event new is gone"]
    new["$defs"]["TextEvent"]["properties"]["data"] = {"type": "object", "properties": {}}
    assert "event text.text is gone" in COMPARE["event_breaks"](old, new)
