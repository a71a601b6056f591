"""What `guide-eval run` can be told of its target and its pace. Only click is imported here."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.runner import Settings
    from eval.targets.choose import TargetOptions

CLOSED_LOOP, OPEN_LOOP = 4, 256
"""Cases at once: in a closed loop the load itself, in an open loop a bound that a target should never reach."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TARGET = (
    click.option("--target", required=True, metavar="URL", help="Base URL of the API; openai:URL speaks that wire."),
    click.option("--model", metavar="NAME", help="Model of an openai:URL."),
    click.option("--target-file", "file", type=_FILE, help="How to ask any other JSON API and read it (TOML)."),
    click.option("--key-env", metavar="NAME", help="Environment variable that holds the API's key."),
    click.option(
        "--dont-know", multiple=True, metavar="REGEX", help="A text with this is an abstention (openai:URL only)."
    ),
    click.option("--stream", is_flag=True, help="Ask for events and time the first text."),
)
_PACE = (
    click.option(
        "--concurrency", type=click.IntRange(1, 1024), help="Cases at once.  [default: 4; 256 at most with --rate]"
    ),
    click.option("--rate", type=click.FloatRange(0, min_open=True), help="Ask N cases a second, whatever they take."),
    click.option("--deadline", default=60.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for a case."),
    click.option(
        "--retry",
        type=click.Choice(["unanswered", "errors"]),
        default="unanswered",
        show_default=True,
        help="With answers in --out already: ask errors and new cases, or errors alone.",
    ),
)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command."""
    for option in reversed(_TARGET + _PACE):
        command = option(command)
    return command


def taken(given: dict[str, Any]) -> "tuple[TargetOptions, Settings]":
    """What was given, taken out of a command's arguments."""
    from eval.runner import Settings
    from eval.targets.choose import TargetOptions

    target = {name: given.pop(name) for name in ("target", "model", "file", "key_env", "dont_know", "stream")}
    pace = {name: given.pop(name) for name in ("concurrency", "rate", "deadline", "retry")}
    pace["concurrency"] = pace["concurrency"] or (OPEN_LOOP if pace["rate"] else CLOSED_LOOP)
    return TargetOptions(**target), Settings(**pace)
