"""`guide ask`: the engine in this process, its answer as text for a terminal."""

import asyncio
import os
from collections.abc import Mapping

from catalog.money import display
from guide import config
from guide.model import Question, Table
from guide.shop import open_shop
from guide.wire import native
from guide.wire.shapes import Answer, ProductCard


def answer(question: str, options: Mapping[str, object]) -> Answer:
    """The whole answer to one question.

    Raises:
        ConfigError: a setting is wrong.
        SnapshotError: nothing was built in the data folder, or it is damaged.
    """
    settings = config.load({**os.environ, **config.to_environ(options)})
    shop = open_shop(settings)
    try:
        shop.warm()
        events = shop.engine.answer(Question(text=question), shop.view(), "a_terminal", False)
        return asyncio.run(native.fold(events))
    finally:
        shop.store.close()


def render(found: Answer) -> str:
    """Text, cards, table and citations, a blank line between them."""
    label = found.outcome if not found.reason else f"{found.outcome} ({found.reason})"
    missing = f", degraded: {', '.join(found.degraded)}" if found.degraded else ""
    blocks = [
        found.text.strip(),
        "\n".join(_card(item) for item in found.products),
        _table(found.table) if found.table else "",
        "\n".join(f"[{c.n}] {c.quote}  - {c.source}: {c.record_id} {c.field}" for c in found.citations),
        f"{label}, {found.writer}, {found.timings.get('total', 0):.0f} ms{missing}",
    ]
    return "\n\n".join(block for block in blocks if block)


def _card(item: ProductCard) -> str:
    price = display(item.offer.price) if item.offer else "?"
    state = item.offer.availability if item.offer else "unknown"
    return f"* {item.title}  {price}  {state}  ({item.variant_id or item.id})"


def _table(table: Table) -> str:
    rows = [["", *table.columns], *([row.field, *(cell.value or "-" for cell in row.cells)] for row in table.rows)]
    return "\n".join(" | ".join(row) for row in rows)
