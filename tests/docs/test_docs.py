"""The docs say what the code does: examples run, tables equal the code, links lead somewhere."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from catalog import model
from eval.cases import Case
from eval.score import METRICS
from guide import events
from guide.api.ask import AskRequest
from guide.api.compare import CompareRequest
from guide.api.recommend import RecommendRequest
from guide.api.search import SearchRequest
from guide.app import create_app
from guide.config import Settings
from index.filters import Filter

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.glob("*.md"), *(DOCS / "design").glob("*.md")])
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)
RUN = re.compile(r"<!-- run -->\n```console\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ANY = "…"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def generator(name: str) -> Any:
    return runpy.run_path(str(DOCS / name))["render"]


def test_the_examples_of_the_catalog_page_print_what_it_shows(tmp_path):
    text = page("catalog.md")
    shutil.copytree(DOCS / "example", tmp_path, dirs_exist_ok=True)
    for name, content in FILE.findall(text):
        (tmp_path / name).write_text(content, "utf-8")
    blocks = RUN.findall(text)
    assert len(blocks) > 5
    for block in blocks:
        _, *parts = COMMAND.split(block)
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            printed = run(command, tmp_path)
            assert re.fullmatch(pattern(shown), printed, re.DOTALL), (
                f"$ {command}\nshown:\n{shown}\nprinted:\n{printed}"
            )


def run(command: str, folder: Path) -> str:
    """What a command prints on either stream, and its exit code where that is not 0."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SHOPGUIDE_")}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    env["TMPDIR"] = str(folder)
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, text=True, timeout=300, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout + (f"[exit {done.returncode}]\n" if done.returncode else "")


def pattern(shown: str) -> str:
    """The shown text as a regular expression in which … stands for anything, line breaks included."""
    return ".*?".join(re.escape(part) for part in shown.split(ANY))


def test_the_table_of_issue_codes_is_that_of_the_code():
    text = page("catalog.md")
    assert generator("generate_issues.py")(text) == text, "run `python docs/generate_issues.py`"


def test_the_command_line_page_is_what_help_prints():
    assert page("cli.md") == generator("generate_cli.py")(), "run `python docs/generate_cli.py`"


RECORDS = (
    model.Product, model.Variant, model.Offer, model.Translation, model.Review, model.Qa, model.Faq, model.Policy,
    model.Promotion, model.Delete,
)  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__.lower())
def test_the_record_tables_list_every_field_and_mark_the_required(record):
    section = page("catalog.md").split(f"### {record.__name__.lower()}\n")[1].split("\n#")[0]
    cells = "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    listed = dict(re.findall(r"`(\w+)`( \*)?", cells))
    fields = {field.name: field.required for field in msgspec.structs.fields(record)}
    nested = {"reviews", "questions"} if record is model.Product else set()
    assert listed.keys() - nested == fields.keys()
    assert {name for name, mark in listed.items() if mark} == {name for name, needed in fields.items() if needed}


def first_column(heading: str, name: str = "api.md") -> set[str]:
    """The names in the first column of the tables below a heading of a page."""
    section = page(name).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def names(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


def test_the_api_page_lists_every_route():
    app = create_app(Settings())
    served = {
        f"{method} {re.sub(r':[a-z]+}', '}', route.path)}"
        for route in app.routes for method in getattr(route, "methods", ())
        if method in {"GET", "POST", "PATCH", "DELETE"}
    }  # fmt: skip
    listed = first_column("Routes")
    assert listed == {path for path in served if not path.startswith("GET /openapi")} | {"GET /openapi.json"}


def test_the_api_page_lists_every_field_and_event():
    assert names(AskRequest) <= first_column("POST /v1/ask")
    assert names(SearchRequest) == first_column("POST /v1/search")
    assert names(CompareRequest) == first_column("POST /v1/compare")
    assert names(RecommendRequest) <= first_column("POST /v1/recommend")
    assert names(Filter) == first_column("Filters")
    kinds = typing.get_args(events.Event)
    assert {str(kind.__struct_config__.tag) for kind in kinds} == first_column("Events")


def test_the_api_page_lists_every_setting():
    known = set()
    for field in msgspec.structs.fields(Settings):
        inner = isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
        known |= {f"{field.name}.{name}" for name in names(field.type)} if inner else {field.name}
    assert first_column("Settings") == known


def test_the_evaluation_page_lists_every_case_field_and_metric():
    assert first_column("Cases", "evaluation.md") == names(Case)
    assert first_column("Metrics", "evaluation.md") == {metric.name for metric in METRICS}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_lead_to_a_file_and_a_heading(path):
    for target in LINK.findall(path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), f"{path.name}: {target}"
        if anchor:
            assert anchor in anchors(found), f"{path.name}: {target}"


def anchors(path: Path) -> set[str]:
    """As the usual renderers make them: lower case, no punctuation, a dash for a space."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
