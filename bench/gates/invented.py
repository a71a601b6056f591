"""A guide that makes up an attribute: a plausible sentence that no record bears, with the marks of a true one."""

import json
import tempfile
from pathlib import Path
from random import Random

from bench.gates.edits import Body
from bench.mutations.invented import invent
from bench.mutations.saved import statements
from bench.mutations.shop import Shop

EVERY = 10
"""One in so many of the answers in which one could be made up."""


def invented(bodies: dict[str, Body], shop: Shop, seed: int) -> dict[str, Body]:
    """The changed answers by case id; the sentences are those of bench/mutations."""
    random = Random(seed)
    changed: dict[str, Body] = {}
    able = 0
    done: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        rows = ({"id": id_, "ask": {"body": body}} for id_, body in bodies.items())
        (Path(folder) / "results.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        for statement in statements(Path(folder)):
            if statement.case in done:
                continue
            made = [one for one in invent(statement, shop, random) if one.shape == "sentence"]
            if not made:
                continue
            done.add(statement.case)
            able += 1
            if able % EVERY == 0:
                changed[statement.case] = random.choice(made).body
    return changed
