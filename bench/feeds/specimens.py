"""What is mutated: every format's good and bad files of the tests, and the mapped formats, which the tests write."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import NamedTuple

FEEDS = Path(__file__).parents[2] / "tests" / "feeds"
MAPPING = """
currency = "USD"
ignore = ["note"]
[fields]
id = "sku"
title = "name"
description = "about"
images = { column = "pictures", split = "|" }
"offer.price" = "price"
"offer.list_price" = { column = "cents", scale = "0.01" }
"offer.stock" = "stock"
"rating.value" = "stars"
[attributes]
weight = { column = "weight_kg", unit = "kg" }
[prefixes]
"attr_" = ""
"""
CURRENCY = 'currency = "USD"\n'
_ROWS = 12


class Specimen(NamedTuple):
    """One sound or bad feed."""

    form: str
    """What its figures are counted under."""
    name: str
    """The name under which a mutated one is stored; the suffix counts where content does not tell."""
    content: bytes
    mapping: str = ""


_GALLERY = {
    "canonical": ["shop/canonical.jsonl"],
    "acp": ["acp/products.jsonl", "shop/acp/products.jsonl", "shop/acp_flat.jsonl", "bad/acp.jsonl"],
    "shopify-json": ["shop/shopify.json", "bad/shopify.json"],
    "shopify-csv": ["shop/shopify.csv", "shop/shopify_newer.csv", "bad/shopify.csv"],
    "merchant-xml": ["shop/merchant.xml", "shop/merchant_atom.xml", "bad/merchant.xml"],
    "merchant-table": ["shop/merchant.tsv", "bad/merchant.tsv"],
    "jsonld": ["shop/shop.jsonld", "jsonld/products.jsonld", "bad/jsonld.jsonl"],
    "html": ["shop/page.html", "html/page.html", "bad/page.html"],
}


def specimens() -> dict[str, list[Specimen]]:
    """Format -> its files; `.gz` and `.zip` count as formats of their own."""
    found = {
        form: [
            Specimen(form, Path(path).name, (FEEDS / path).read_bytes(), CURRENCY if "shopify" in form else "")
            for path in paths
        ]
        for form, paths in _GALLERY.items()
    }
    for form, name, content in (
        ("table", "rows.csv", _table(",")),
        ("table", "rows.tsv", _table("\t")),
        ("objects", "rows.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in _rows())),
        ("parquet", "rows.parquet", _parquet()),
    ):
        found.setdefault(form, []).append(Specimen(form, name, content, MAPPING))
    plain = [one for files in found.values() for one in files]
    found["gzip"] = [one._replace(form="gzip", name=f"{one.name}.gz") for one in plain]
    found["zip"] = [one._replace(form="zip", name=f"{one.name}.zip") for one in plain]
    return found


def packed(specimen: Specimen, content: bytes) -> bytes:
    """The content as the specimen's name says: as it is, in `.gz` or in `.zip`."""
    if specimen.form == "gzip":
        return gzip.compress(content, 1, mtime=0)
    if specimen.form != "zip":
        return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(specimen.name.removesuffix(".zip")), content)
    return buffer.getvalue()


def _rows() -> list[dict[str, str]]:
    return [
        {
            "sku": f"L-{row % 11}", "name": f"Lamp {row} 灯", "about": 'With a "switch",\nand <b>more</b>',
            "pictures": "https://shop.example/1.jpg|https://shop.example/2.jpg", "price": f"1,{row:03}.90 USD",
            "cents": "129900", "stock": str(row), "stars": "4.5", "weight_kg": "1.2", "attr_colour": "black",
            "note": "",
        }
        for row in range(_ROWS)
    ]  # fmt: skip


def _table(delimiter: str) -> bytes:
    rows = _rows()
    quoted = [
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)
        for cells in (rows[0].keys(), *(row.values() for row in rows))
    ]
    return "\n".join(quoted).encode()


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(_rows()), buffer)
    return buffer.getvalue()
