"""What is loaded when little is asked: start-up time is a promise (bench/startup.py measures it)."""

import subprocess
import sys

import pytest

HEAVY = ("torch", "faiss", "litestar", "transformers", "onnxruntime", "numpy", "sentence_transformers", "ragas")
HELP = {
    "guide-catalog": "from catalog.cli import main",
    "guide-index": "from index.cli import main",
    "guide": "from guide.cli import main",
    "guide-eval": "from eval.cli import main",
}


def loaded(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return {name.partition(".")[0] for name in done.stderr.split()} & set(HEAVY)


@pytest.mark.parametrize(
    "module", ["catalog", "catalog.model", "catalog.feeds", "catalog.lexicon", "index", "guide", "eval"]
)
def test_importing_a_room_loads_nothing_heavy(module: str) -> None:
    assert loaded(f"import {module}") == set()


@pytest.mark.parametrize("command", HELP)
def test_help_loads_nothing_heavy(command: str) -> None:
    assert loaded(f"{HELP[command]}; sys.argv[1:] = ['--help']; main()") == set()


@pytest.mark.parametrize("arguments", [["check", "--help"], ["check", "sample"]])
def test_checking_a_feed_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(f"{HELP['guide-catalog']}; sys.argv[1:] = {arguments!r}; main()") == set()


@pytest.mark.parametrize("command", ["build", "search", "why", "status"])
def test_help_of_an_index_command_loads_nothing_heavy(command: str) -> None:
    assert loaded(f"{HELP['guide-index']}; sys.argv[1:] = [{command!r}, '--help']; main()") == set()


def test_a_build_with_words_only_needs_no_model_library(tmp_path: object) -> None:
    code = f"{HELP['guide-index']}; main(['build', 'sample', '--encoder', 'none', '--data', {str(tmp_path)!r}])"
    assert loaded(code) == {"numpy"}


def test_serving_words_only_needs_no_model_library(sample_data: object) -> None:
    code = f"from index import api; from pathlib import Path; api.open(Path({str(sample_data)!r}))"
    assert loaded(code) == {"numpy"}
