"""`guide-index offers`."""

import sys
from pathlib import Path

import click

from catalog.cli import fail_clearly
from index.commands.common import DATA, JSON, dump


@click.command()
@click.argument("feed", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@DATA
@click.option("--by", default="cli", show_default=True, help="Who changes them; stands in the audit log.")
@JSON
@fail_clearly
def offers(feed: Path, data: Path, by: str, as_json: bool) -> None:
    """Change prices, stock, availability and promotions at once, without a build.

    FEED is a table (.csv, .tsv) with the columns id, variant_id, price, currency, list_price, availability, stock and
    as_of, or JSONL with the same names. An empty cell leaves a value as it is; `as_of` is the moment from which the
    values hold, by default now. In JSONL, "clear": ["list_price", "stock"] forgets a value, a promotion record sets
    that promotion, and {"type": "delete", "id": ...} ends it.

    Servers of this data directory see the changes within a second; the next build keeps them. Rows that do not fit are
    named on stderr and left out: exit code 1.

    \b
    Examples:
      guide-index offers prices.csv --data data/shop
      guide-index offers changes.jsonl --data data/shop --by erp --json
    """
    from index.offering import offered

    found = offered(feed, data, by)
    if as_json:
        click.echo(dump(found))
    else:
        for issue in found.issues:
            click.echo(str(issue), err=True)
        rows = f" (rows {found.first_seq} to {found.last_seq} of the overlay)" if found.accepted else ""
        click.echo(f"{found.accepted} accepted{rows}, {found.rejected} rejected")
    sys.exit(found.rejected > 0)
