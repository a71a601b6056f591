"""What a judge has answered, on disk: one file an answer, under the hash of all that the answer depends on."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from eval.files import replaced


class Store:
    """Answers in a folder; nothing of a question is kept but its hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, parts: Sequence[str | int]) -> str | None:
        """The answer that was given to the same question by the same judge."""
        try:
            return self._path(parts).read_text("utf-8")
        except FileNotFoundError:
            return None

    def put(self, parts: Sequence[str | int], answer: str) -> None:
        """Keep an answer; it is there whole or not at all."""
        path = self._path(parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced(path) as file:
            file.write(answer.encode())

    def _path(self, parts: Sequence[str | int]) -> Path:
        name = hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()
        return self._folder / name[:2] / f"{name}.json"
