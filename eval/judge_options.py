"""What `guide-eval run` and `report` can be told of a language model as ragas judge. Only click is imported here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.judges.settings import JudgeSettings

_OPTIONS = (
    click.option(
        "--judge-url", metavar="URL", help="OpenAI-compatible endpoint of a model that judges by the ragas metrics."
    ),
    click.option("--judge-model", metavar="NAME", help="That model."),
    click.option("--judge-embeddings", metavar="NAME", help="An embedding model of that endpoint."),
    click.option(
        "--judge-metric",
        "judge_metrics",
        multiple=True,
        metavar="NAME",
        help="faithfulness, context_recall, …: only these.  [default: all]",
    ),
    click.option("--judge-key-env", metavar="NAME", help="Environment variable that holds the endpoint's key."),
    click.option(
        "--judge-context", default=8192, show_default=True, type=click.IntRange(2048), help="Tokens the model can hold."
    ),
    click.option(
        "--judge-concurrency", default=2, show_default=True, type=click.IntRange(1, 256), help="Samples at once."
    ),
    click.option(
        "--judge-deadline", default=120.0, show_default=True, type=click.FloatRange(1), help="Seconds for one answer."
    ),
)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def taken(given: dict[str, Any]) -> "JudgeSettings | None":
    """What was given, taken out of a command's arguments; None without a judge.

    Raises:
        JudgeError: the judge is described wrongly.
    """
    from eval.errors import JudgeError
    from eval.judges.settings import JudgeSettings, check

    names = ("url", "model", "embeddings", "key_env", "context", "concurrency", "deadline")
    found = {name: given.pop(f"judge_{name}") for name in names}
    if metrics := given.pop("judge_metrics"):
        found["metrics"] = metrics
    if found["url"] is None and found["model"] is None:
        return None
    if found["url"] is None or found["model"] is None:
        raise JudgeError("a judge takes both --judge-url and --judge-model")
    return check(JudgeSettings(**found))
