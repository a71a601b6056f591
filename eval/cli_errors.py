"""How every command of `guide-eval` ends when it cannot do its work."""

import contextlib
from collections.abc import Iterator

import click


@contextlib.contextmanager
def errors() -> Iterator[None]:
    """Errors made on purpose as one sentence: exit 3 without a target or a usable source, else 2."""
    from eval.errors import ShopguideError, SourceError, TargetError

    try:
        yield
    except ShopguideError as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(3 if isinstance(error, TargetError | SourceError) else 2) from error
    except KeyboardInterrupt:
        click.echo("stopped; run the same command again to go on", err=True)
        raise SystemExit(130) from None
