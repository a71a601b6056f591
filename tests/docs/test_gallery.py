"""Every dialogue of docs/gallery holds what it says, over the real API with the real encoder, and the page shows it."""

import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from guide.app import create_app
from guide.config import Settings

ROOT = Path(__file__).parents[2]
GALLERY: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "generate_gallery.py"))
ICECAT = ROOT / "data" / "bench" / "icecat"
SAMPLE = GALLERY["dialogues"]("sample")
LARGE = GALLERY["dialogues"]("icecat")


def client(data: Path) -> Iterator[TestClient[Any]]:
    app = create_app(Settings(data=data, clock=GALLERY["CLOCK"]))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        opened.app.state.shop.store.warm(2)
        yield opened


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    data = tmp_path_factory.mktemp("gallery") / "data"
    build = [sys.executable, "-c", "from index.cli import main; main()", "build", "sample", "--data", str(data)]
    subprocess.run(build, check=True, capture_output=True, timeout=600)
    yield from client(data)


@pytest.fixture(scope="module")
def icecat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    if not (ICECAT / "CURRENT").exists():
        pytest.skip("the icecat store is not built: `make bench` with BENCH_DATA builds it")
    data = tmp_path_factory.mktemp("gallery") / "data"
    shutil.copytree(ICECAT, data, copy_function=lambda source, target: Path(target).symlink_to(source),
                    ignore=shutil.ignore_patterns("*.lock", "audit.jsonl", "*.db*", "cache"))  # fmt: skip
    yield from client(data)


def held(dialogue: dict[str, Any], over: TestClient[Any]) -> None:
    for turn, answer in GALLERY["talk"](dialogue, over):
        assert not GALLERY["complaints"](turn, answer, over), f"{turn['ask']}\n{answer['text']}"


@pytest.mark.model
@pytest.mark.parametrize("dialogue", SAMPLE, ids=lambda dialogue: dialogue["id"])
def test_a_dialogue_with_the_sample_shop(sample, dialogue):
    held(dialogue, sample)


@pytest.mark.model
@pytest.mark.parametrize("dialogue", LARGE, ids=lambda dialogue: dialogue["id"])
def test_a_dialogue_with_icecat(icecat, dialogue):
    held(dialogue, icecat)


def test_the_gallery_is_large_and_in_both_languages():
    every = [*SAMPLE, *LARGE]
    assert len(every) >= 30
    assert all(2 <= len(dialogue["turns"]) <= 6 for dialogue in every)
    chinese = [d for d in every if any("\u4e00" <= char <= "\u9fff" for char in d["turns"][0]["ask"])]
    assert 12 <= len(chinese) <= len(every) - 12


def test_the_page_shows_every_question():
    page = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    for dialogue in [*SAMPLE, *LARGE]:
        assert f"### {dialogue['title']}\n" in page
        assert all(f"**{turn['ask']}**" in page for turn in dialogue["turns"]), dialogue["id"]
