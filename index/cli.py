"""`guide-index`: build, look into and search snapshots. The commands stand in `index.commands`."""

import click

from index.commands import build, diff, models, offers, search, snapshots, switch, watch


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shopguide")
def main() -> None:
    """From catalog to searchable snapshot, and searching it.

    \b
    Examples:
      guide-index models fetch
      guide-index build sample --data data/shop
      guide-index search "无线耳机 五百以内" --data data/shop --k 5
      guide-index why audio-007 --query "降噪耳机" --data data/shop
    """


for _command in (
    build.build,
    watch.watch,
    offers.offers,
    snapshots.status,
    snapshots.verify,
    diff.diff,
    switch.activate,
    switch.rollback,
    search.search,
    search.why,
    models.models_group,
):
    main.add_command(_command)
