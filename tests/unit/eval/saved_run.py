"""A run's folder as `guide-eval run` leaves it, written by hand."""

import json
from pathlib import Path
from typing import Any

import msgspec

from eval.cases import Case, content_hash
from eval.results import RunInfo

SCORED = {"accuracy": [1.0], "wrong_price": [0.0, 2.0], "unknown_product": [0.0, 1.0]}
"""What a case scores that has nothing wrong."""


def saved_run(
    path: Path,
    scores: dict[str, dict[str, Any] | str],
    tags: dict[str, list[str]] | None = None,
    intents: dict[str, str] | None = None,
    checker: str = "",
    **changes: Any,
) -> Path:
    """`scores`: case id -> metric -> values, or the words of its error. `changes` are to run.json."""
    cases = [Case(id=id_, question=f"About {id_}?", tags=(tags or {}).get(id_, [])) for id_ in scores]
    info = RunInfo(
        harness="shopguide-eval 1", target="http://guide", snapshot=path.name, cases_file="cases.jsonl",
        cases_hash=content_hash(cases), catalog=["sample"], ids=list(scores),
    )  # fmt: skip
    path.mkdir(parents=True)
    (path / "run.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(info, **changes)))
    (path / "cases.jsonl").write_bytes(b"".join(msgspec.json.encode(case) + b"\n" for case in cases))
    lines = [
        {"id": id_, "error": value}
        if isinstance(value, str)
        else {"id": id_, "outcome": "answered", "intent": (intents or {}).get(id_), "scores": value, "judge": checker}
        for id_, value in scores.items()
    ]
    (path / "scores.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def good(count: int = 20) -> dict[str, dict[str, Any] | str]:
    """Cases with nothing wrong."""
    return {f"c{number:02}": dict(SCORED) for number in range(count)}
