"""`guide keys`: make, list and revoke the keys that clients send."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guide.commands.common import DATA, JSON

if TYPE_CHECKING:
    from guide.security.keys import Key


@click.group("keys")
def keys_group() -> None:
    """Keys of clients. A running server follows within a second.

    Once a first key was made every question needs one, and so it stays, even when all are revoked.
    """


@keys_group.command()
@DATA
@click.option("--kind", type=click.Choice(["publishable", "secret"]), default="publishable", show_default=True,
              help="publishable: for pages, everything but admin; secret: for servers, everything.")  # fmt: skip
@click.option("--name", default="", help="What it is for, e.g. ERP.")
@click.option("--origin", "origins", multiple=True, help="Page that may use a publishable key; may be repeated.")
@click.option("--expires", metavar="DATE", help="Last day it works (UTC), or a time with offset.  [default: never]")
@click.option(
    "--limit",
    "rate",
    metavar="RATE",
    help='Requests it may send, e.g. "60/minute;1000/day".  [default: that of the settings, for pages]',
)
@click.option(
    "--max-k",
    type=click.IntRange(1, 100),
    help="Most hits a page it may ask for.  [default: that of the settings, for pages]",
)
@JSON
def add(data: Path, as_json: bool, kind: Any, rate: str | None, max_k: int | None, **wanted: Any) -> None:
    """Make a key and show it this one time.

    \b
    Examples:
      guide keys add --kind secret --name ERP --data data
      guide keys add --origin https://shop.example --expires 2027-12-31 --data data
      guide keys add --origin https://shop.example --limit "60/minute;1000/day" --max-k 20 --data data
    """
    from guide.security import keys
    from index import api

    made = keys.add(data, kind, **wanted, caps=keys.Caps(rate, max_k))
    api.note(data, "key_added", by="cli", key=made.key.id, kind=kind, name=made.key.name)
    if as_json:
        click.echo(_json({"key": made.token, **_fields(made.key)}))
        return
    click.echo(made.token)
    click.echo(f"{made.key.id}: a {kind} key. It is shown this once and kept as a hash: store it now.", err=True)


@keys_group.command("list")
@DATA
@JSON
def list_(data: Path, as_json: bool) -> None:
    """Every key that was made, oldest first; the keys themselves are not kept.

    \b
    Examples:
      guide keys list --data data
      guide keys list --data data --json
    """
    from guide.security import keys

    found = list(keys.read(data).values())
    click.echo(_json([_fields(key) for key in found]) if as_json else _table(found))


@keys_group.command()
@click.argument("key_id", metavar="ID")
@DATA
@JSON
def revoke(key_id: str, data: Path, as_json: bool) -> None:
    """End the key with this ID at once; a running server follows within a second.

    \b
    Examples:
      guide keys revoke key_1a2b3c4d --data data
    """
    from guide.security import keys
    from index import api

    key = keys.revoke(data, key_id)
    api.note(data, "key_revoked", by="cli", key=key.id)
    click.echo(_json(_fields(key)) if as_json else f"revoked {key.id}")


def _fields(key: "Key") -> dict[str, Any]:
    import msgspec

    fields: dict[str, Any] = msgspec.to_builtins(key)
    return fields | {"state": _state(key)}


def _state(key: "Key") -> str:
    from datetime import UTC, datetime

    if key.revoked_at:
        return "revoked"
    return "valid" if key.valid(datetime.now(UTC)) else "expired"


def _table(found: "Iterable[Key]") -> str:
    rows: list[tuple[str, ...]] = [
        (key.id, key.kind, _state(key), key.created_at[:16], (key.expires_at or "never")[:16], key.rate or "",
         key.name, ", ".join(key.origins))
        for key in found
    ]  # fmt: skip
    if not rows:
        return "no keys: only this machine is served, and admin routes are closed"
    rows.insert(0, ("id", "kind", "state", "made", "expires", "limit", "name", "origins"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
