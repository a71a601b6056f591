"""`guide erase`: forget what a shopper said."""

from pathlib import Path

import click

from guide.commands.common import CONFIG, DATA, JSON


@click.command()
@click.argument("key", metavar="ID")
@DATA
@CONFIG
@JSON
def erase(key: str, data: Path, config: Path | None, as_json: bool) -> None:
    """Remove all that is kept of the conversation or the profile with this ID, at once and for good.

    Turns, answers, feedback and unanswered questions go; of a profile every conversation in which it spoke. The audit
    log keeps a hash of the ID. Exit code 1: nothing was kept under this ID.

    \b
    Examples:
      guide erase c_3mW0hXh3iJ8wq6cNn1m2uV0d --data data
      guide erase shopper-4711 --data data --json
    """
    import hashlib
    import os

    import msgspec

    from guide import config as configs
    from guide.errors import GuideError
    from guide.state.store import open_state
    from index import api

    settings = configs.load({**os.environ, **configs.to_environ({"data": data, "config": config})})
    state = open_state(settings)
    try:
        erased = state.erase(key)
    finally:
        state.close()
    rows = msgspec.structs.asdict(erased)
    if not any(rows.values()):
        raise GuideError(f"nothing is kept under the id {key!r}")
    api.note(data, "erased", by="cli", id_sha256=hashlib.sha256(key.encode()).hexdigest(), **rows)
    told = ", ".join(f"{name} {number}" for name, number in rows.items() if number)
    click.echo(msgspec.json.encode(rows) if as_json else f"erased: {told}")
