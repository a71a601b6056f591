"""Which snapshots were live, in the order in which a rollback takes them back: an undo stack, the live one on top.

CURRENT alone says what is live; the stack is read against it. A process that died between the two writes left a stack
that does not end with the live snapshot: if the live one is in it, the rest was taken back; if not, it came on top.
"""

from index.atomic import write_text
from index.layout import Layout


def lived(layout: Layout) -> list[str]:
    """Snapshots that were live and not taken back since, oldest first, the live one last; some may be gone by now."""
    live = layout.live()
    if live is None:
        return []
    stack = _written(layout)
    if stack is None:  # a data directory older than the stack
        stack = [name for name in layout.names() if name < live]
    return [*stack[: stack.index(live)], live] if live in stack else [*stack, live]


def earlier(layout: Layout) -> list[str]:
    """Snapshots to go back to, nearest first: they were live before, and are still there."""
    there = set(layout.names())
    return [name for name in reversed(lived(layout)[:-1]) if name in there]


def interrupted(layout: Layout) -> tuple[str | None, str] | None:
    """(from, to) of a switch whose process died before it wrote the stack, or None."""
    stack, live = _written(layout), layout.live()
    if stack is None or live is None or stack[-1:] == [live]:
        return None
    return (stack[-1] if stack else None), live


def write(layout: Layout, stack: list[str]) -> None:
    """Keep the stack, without what is no longer on the disk."""
    there = set(layout.names())
    write_text(layout.history, "".join(f"{name}\n" for name in stack if name in there))


def _written(layout: Layout) -> list[str] | None:
    try:
        return layout.history.read_text("utf-8", errors="replace").split()
    except FileNotFoundError:
        return None
