"""The figures of a run: each check with how much it looked at, how much was wrong, and examples."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.shopper.checks import Checker
from bench.shopper.questions import Asked
from eval.metrics.model import Judged

_EXAMPLES = 8


def report(answered: Sequence[tuple[Asked, Judged]], checker: Checker) -> dict[str, Any]:
    """All figures; `wrong_answers` counts the answers that fail any check."""
    looked, failed = Counter[str](), Counter[str]()
    examples: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    wrong: set[str] = set()
    for asked, judged in answered:
        for name, found in checker.all(asked, judged).items():
            looked[name] += found.looked
            failed[name] += len(found.wrong)
            if found.wrong:
                wrong.add(asked.id)
                examples[name].append(_example(asked, judged, found.wrong))
    times = [judged.ask_ms for _, judged in answered if judged.ask_ms is not None]
    return {
        "questions": len(answered),
        "shapes": dict(Counter(asked.shape for asked, _ in answered)),
        "languages": dict(Counter(asked.language for asked, _ in answered)),
        "outcomes": dict(Counter(judged.answer.outcome for _, judged in answered if judged.answer)),
        "writers": dict(Counter(judged.answer.writer for _, judged in answered if judged.answer)),
        "checks": {name: {"looked_at": looked[name], "wrong": failed[name]} for name in looked},
        "wrong_answers": len(wrong),
        "ask_ms": {f"p{at}": round(float(np.percentile(times, at))) for at in (50, 95, 99)} if times else {},
        "examples": {name: found[:_EXAMPLES] for name, found in examples.items()},
    }


def _example(asked: Asked, judged: Judged, wrong: list[str]) -> dict[str, Any]:
    return {
        "id": asked.id,
        "question": asked.question,
        "wrong": wrong,
        "outcome": judged.answer.outcome if judged.answer else None,
        "text": judged.answer.text[:200] if judged.answer else None,
    }
