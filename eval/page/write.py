"""One file with style, script, plots and data inside, that may load and send nothing.

The policy in its head names the hashes of its own style and script, so nothing that an answer says can run even if
it were ever taken for markup. The data lies in a script element of type JSON, with every character escaped that
could end it.
"""

import base64
import hashlib
import html
import string
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import msgspec

from eval.errors import ResultsError
from eval.page.model import Page
from eval.page.plots import CAPTIONS, Plot

STYLE = ("base.css", "parts.css", "case.css", "print.css")
SCRIPT = ("words", "metric_words", "dom", "verdict", "card", "compared", "figures", "slices", "diff", "answer", "case",
          "cases", "about", "main")  # fmt: skip
"""The files of the page, in the order in which they build on each other."""

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write(page: Page, plots: Sequence[Plot]) -> str:
    """The page as HTML."""
    report = page.report
    style, script = _joined(STYLE), _joined([f"{name}.js" for name in SCRIPT])
    name = html.escape(report.cases_file)
    words = f"{'pass' if report.verdict.passed else 'FAIL'}: {report.verdict.says}"
    return string.Template(_read("template.html")).substitute(
        title=f"{name}: {html.escape(words)}",
        name=name,
        words=html.escape(f"{words} ({report.n_cases} cases, {report.n_errors} errors)"),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        plots="".join(_figure(plot) for plot in plots),
        data=island(page),
    )


def save(path: Path, text: str) -> None:
    """Write a page.

    Raises:
        ResultsError: it cannot be written there.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written: {error.strerror or error}") from error


def island(value: object) -> str:
    """JSON that may stand inside a script element."""
    text = msgspec.json.encode(value).decode()
    for character, escape in _ESCAPED.items():
        text = text.replace(character, escape)
    return text


def _figure(plot: Plot) -> str:
    captions = CAPTIONS[plot.name]
    said = "".join(f'<span lang="{language}">{html.escape(words)}</span>' for language, words in captions.items())
    label = html.escape(captions["en"])
    drawn = f'<div role="img" aria-label="{label}">{plot.svg}</div>'
    return f"<figure><figcaption>{said}</figcaption>{drawn}</figure>"


def _joined(names: Sequence[str]) -> str:
    return "\n".join(_read(name) for name in names)


def _read(name: str) -> str:
    return resources.files("eval.page").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source of a content security policy: the browser hashes what stands between the tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
