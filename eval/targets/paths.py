"""Paths into JSON: `choices[0].text`, `items[*].id`, `sources[*]["odd name"]`; the empty path is the value itself."""

import re
from collections.abc import Iterator
from typing import Any

from eval.errors import TargetOptionError

_STEP = re.compile(r"""\.?(?P<name>[^.\[\]"]+)|\[(?P<at>\d+)\]|(?P<all>\[\*\])|\["(?P<quoted>[^"]+)"\]""")

Step = str | int | None
"""A name, an index, or None for every item of a list."""


class Path:
    """A parsed path."""

    def __init__(self, text: str) -> None:
        """Parse it.

        Raises:
            TargetOptionError: it is not written as above.
        """
        self._steps: list[Step] = []
        at = 0
        while at < len(text):
            match = _STEP.match(text, at)
            if match is None:
                raise TargetOptionError(f"path {text!r} cannot be read from {text[at:]!r} on; write a.b[0].c or a[*].b")
            name = match["name"] or match["quoted"]
            self._steps.append(name if name else None if match["all"] else int(match["at"]))
            at = match.end()

    def find(self, value: Any) -> list[Any]:
        """Every value the path leads to, in order; a step that is not there leads nowhere."""
        found = [value]
        for step in self._steps:
            found = [after for before in found for after in _follow(before, step)]
        return found

    def first(self, value: Any) -> Any:
        """The first value the path leads to, None if there is none."""
        return next(iter(self.find(value)), None)


def _follow(value: Any, step: Step) -> Iterator[Any]:
    if step is None:
        yield from value if isinstance(value, list) else ()
    elif isinstance(step, int):
        yield from value[step : step + 1] if isinstance(value, list) else ()
    elif isinstance(value, dict) and step in value:
        yield value[step]
