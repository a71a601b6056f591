"""Every step by which the index changes the disk, counted, or cut off as a dying process would.

All of them are functions of `index.atomic`. `Steps` puts itself in their place wherever a module of the index has
imported one; from the step it is told to die at on, none does anything any more, clean-up included.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import atomic

PRIMITIVES = (
    "write_bytes", "save_array", "save_arrays", "append_line", "make_folder", "rename", "remove_file", "remove_folder",
    "touch", "sync_file", "sync_folder",
)  # fmt: skip

WRITES = {"write_bytes", "save_array", "save_arrays", "append_line"}
"""Those that may happen by half."""


class Died(BaseException):
    """The process is gone."""


class Steps:
    """Counts steps; dies at one of them, before it or in the middle of what it writes."""

    def __init__(self, die_at: int | None = None, *, torn: bool = False) -> None:
        self.done: list[str] = []
        self._die_at = die_at
        self._torn = torn

    @contextmanager
    def at_work(self) -> Iterator["Steps"]:
        replaced = []
        for name in PRIMITIVES:
            real = getattr(atomic, name)
            step = self._step(name, real)
            for module in [module for key, module in sys.modules.items() if key.startswith("index.")]:
                if vars(module).get(name) is real:
                    setattr(module, name, step)
                    replaced.append((module, name, real))
        try:
            yield self
        finally:
            for module, name, real in replaced:
                setattr(module, name, real)

    def _step(self, name: str, real: Callable[..., None]) -> Callable[..., None]:
        def step(path: Path, *arguments: Any, **named: Any) -> None:
            if self._die_at is not None and len(self.done) >= self._die_at:
                if len(self.done) == self._die_at and self._torn:
                    tear(name, path, arguments)
                self.done.append(name)
                raise Died
            self.done.append(name)
            real(path, *arguments, **named)

        return step


def tear(name: str, path: Path, arguments: tuple[Any, ...]) -> None:
    """Leave what half a write leaves; other steps happen whole or not at all."""
    if name == "write_bytes":
        path.write_bytes(arguments[0][: len(arguments[0]) // 2])
    elif name in {"save_array", "save_arrays"}:
        path.write_bytes(b"\x93NUMPY\x01")
    elif name == "append_line":
        with path.open("a") as log:
            log.write(arguments[0][: len(arguments[0]) // 2])
