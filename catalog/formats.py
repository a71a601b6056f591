"""The formats a feed may have, by the names that `--format` takes."""

from typing import Literal, TypeAlias, get_args

Format: TypeAlias = Literal[
    "canonical", "acp", "shopify-json", "jsonld", "html", "merchant-xml", "merchant-table", "shopify-csv",
    "table", "objects", "parquet",
]  # fmt: skip
Mode: TypeAlias = Literal["replace", "upsert"]
"""Whether a feed is all of its source, or what changed."""
FORMATS: tuple[Format, ...] = get_args(Format)

MAPPED: frozenset[Format] = frozenset({"table", "objects", "parquet"})
"""Formats whose columns a mapping file must name."""
WITH_MAPPING: dict[Format, Format] = {
    "canonical": "objects", "acp": "objects", "merchant-table": "table", "shopify-csv": "table",
}  # fmt: skip
"""What a format is read as when a mapping file is given: a person's mapping goes before what we know of the format."""
