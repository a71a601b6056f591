"""Vocabulary that lies beside the code, as TOML."""

import tomllib
from importlib.resources import files
from typing import Any


def listed(package: str, name: str) -> dict[str, Any]:
    """The lists of a file in a package, e.g. stock.toml of eval.text; read anew at each call."""
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))
