"""Options that several commands of `guide` share."""

from pathlib import Path

import click

DATA = click.option(
    "--data",
    envvar="SHOPGUIDE_DATA",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="Folder that `guide-index build` wrote.",
)
CONFIG = click.option("--config", type=click.Path(path_type=Path), help="TOML file with settings.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
