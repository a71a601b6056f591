"""Write docs/cli.md: the `--help` of every command, as the command itself prints it.

    python docs/generate_cli.py

A test fails when the page and the commands differ.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

import click

PAGE = Path(__file__).with_name("cli.md")
PROGRAMS = {
    "guide-catalog": "catalog.cli:main",
    "guide-index": "index.cli:main",
    "guide": "guide.cli:cli",
    "guide-eval": "eval.cli:main",
}
WIDTH = 100
"""Columns of the help texts; fixed, so that the page does not depend on the terminal."""

HEAD = """# Command lines

Written by `docs/generate_cli.py` from the commands themselves; do not edit.

Four programs, one for each room. All say what they do with `--help`, print results on stdout and everything else on
stderr, show progress only at a terminal, and leave nothing half-written after Ctrl-C.

| exit code | guide-catalog, guide-index, guide | guide-eval |
|---|---|---|
| 0 | done | every threshold and rule is met |
| 1 | refused: the message says why | a threshold or a rule is missed |
| 2 | wrong usage or setting | wrong usage, case file, saved run, threshold or rules file |
| 3 | the input or the data folder cannot be used | the target cannot be reached, or too many errors |
| 4 | - | too many cases unscored |
| 130 | Ctrl-C | Ctrl-C; the same command goes on where it stopped |

`SHOPGUIDE_DATA` is the default of `--data`.
"""


def render() -> str:
    """The whole page."""
    sections = [HEAD]
    for program, target in PROGRAMS.items():
        module, name = target.split(":")
        command = getattr(importlib.import_module(module), name)
        sections += [f"{'#' * depth} {path}\n\n```text\n{text}\n```\n" for path, depth, text in helps(command, program)]
    return "\n".join(sections)


def helps(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, int, str]]:
    """(path, heading depth, help text) of a command and of every command below it."""
    context = click.Context(
        command, parent, name, terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=["-h", "--help"]
    )
    depth = 2 if parent is None else 3
    yield context.command_path, depth, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None  # noqa: S101 - it was just listed
            yield from helps(found, child, context)


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
