"""The same shop gives the same products whether it comes as a file, packed, in a folder or through a pipe."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from catalog import feeds
from catalog.issues import Issue
from catalog.model import Product

SHOP = Path(__file__).parents[1] / "feeds" / "shop"
FILES = sorted(path for path in SHOP.iterdir() if path.is_file())


def products(name: str, tmp_path: Path) -> list[Product]:
    mapping = tmp_path / "currency.toml"
    mapping.write_text('currency = "CNY"\n', "utf-8")
    items = list(feeds.read([name], str(mapping)))
    assert not [item for item in items if isinstance(item, Issue) and item.severity == "error"]
    found = [item for item in items if isinstance(item, Product)]
    for product in found:
        product.source = ""
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_feed_is_the_same_however_it_comes(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = products(str(path), tmp_path)
    assert plain
    packed = tmp_path / "renamed.bin"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert products(str(packed), tmp_path) == plain
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, f"export/{path.name}")
    assert products(str(packed), tmp_path) == plain
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert products("-", tmp_path) == plain
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / path.name).write_bytes(path.read_bytes())
    assert products(str(folder), tmp_path) == plain


def test_what_describes_a_feed_comes_with_it(tmp_path: Path) -> None:
    folder = SHOP / "acp"
    plain = products(str(folder), tmp_path)
    assert plain == products(str(folder / "products.jsonl"), tmp_path)
    assert any(product.offer for product in plain)
    archive, packed = tmp_path / "acp.zip", tmp_path / "packed"
    with zipfile.ZipFile(archive, "w") as content:
        for path in folder.iterdir():
            content.write(path, path.name)
    assert products(str(archive), tmp_path) == plain
    packed.mkdir()
    (packed / "products.jsonl.gz").write_bytes(gzip.compress((folder / "products.jsonl").read_bytes()))
    (packed / "metadata.json").write_bytes((folder / "metadata.json").read_bytes())
    assert products(str(packed), tmp_path) == plain
    assert products(str(packed / "products.jsonl.gz"), tmp_path) == plain
