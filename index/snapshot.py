"""One immutable index version, opened for reading. Every file is checked before anything is loaded."""

import json
import mmap
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from catalog import model
from catalog.model import Product, Promotion, Record
from index import columns, folded, manifest
from index.filtering import Sellables
from index.lexical import Bm25f, LexicalIndex
from index.offers import restored
from index.results import PassageRef
from index.vectors import FlatIndex, VectorIndex

POOLS = ("product", "shop", "opinion")
"""Products, shop texts (faq, policy) and opinions (review, qa) are searched apart."""
TYPE_POOL = {"product": "product", "faq": "shop", "policy": "shop", "review": "opinion", "qa": "opinion"}


class Pool(msgspec.Struct, frozen=True):
    """One pool: records [start, stop), its passages [first, last), its words, its vectors."""

    name: str
    start: int
    stop: int
    first: int
    last: int
    lexical: LexicalIndex
    vectors: VectorIndex | None


class Snapshot:
    """Files of one snapshot, mapped or loaded; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open and check.

        Raises:
            SnapshotMissingError: there is no such snapshot.
            SnapshotCorruptError: a file does not match its checksum.
            MissingExtraError: it has vectors and faiss is not installed.
        """
        self.manifest = manifest.verify(folder)
        self.name = folder.name
        self._ids: dict[str, list[str]] = json.loads((folder / "ids.json").read_text("utf-8"))
        self.ids, self.types = self._ids["ids"], self._ids["types"]
        self._row = {id_: row for row, id_ in enumerate(self.ids)}
        records = _Lines(folder / "records.jsonl", np.load(folder / "record_starts.npy"))
        # The cache holds the lines and not the snapshot: a snapshot that is let go is freed at once.
        self.record = lru_cache(maxsize=8192)(partial(_record, records))
        self._passages = _Lines(folder / "passages.jsonl", np.load(folder / "passage_starts.npy"))
        self.passage_record: npt.NDArray[np.int32] = np.load(folder / "passage_record.npy")
        self.owner: npt.NDArray[np.int32] = np.load(folder / "owner.npy")
        """(records,) product row of a review or qa, else -1."""
        self.hashes = np.load(folder / "hashes.npy")
        encoder = self.manifest.encoders[0] if self.manifest.encoders else None
        self.vectors = np.load(folder / f"vectors.{encoder.id}.npy", mmap_mode="r") if encoder else None
        arrays, words = columns.load(folder / "columns")
        self.pools = {name: self._pool(name, folder) for name in POOLS}
        self.sellables = Sellables(arrays, words, self.ids[: self.pools["product"].stop])
        self.folded = folded.load(folder)
        """Live changes that are part of it."""
        rows = (row for row, kind in enumerate(self.types) if kind == "promotion")
        self.promotions = [found for found in map(self.record, rows) if isinstance(found, Promotion)]

    def _pool(self, name: str, folder: Path) -> Pool:
        rows = [row for row, kind in enumerate(self.types) if TYPE_POOL.get(kind) == name]
        start, stop = (rows[0], rows[-1] + 1) if rows else (0, 0)
        first, last = np.searchsorted(self.passage_record, [start, stop])
        vectors = None
        if self.vectors is not None and last > first:
            vectors = FlatIndex(np.asarray(self.vectors[first:last]))
        return Pool(name, start, stop, int(first), int(last), Bm25f(folder / "lexical" / name), vectors)

    def row(self, record_id: str) -> int | None:
        """Row of a record, or None."""
        return self._row.get(record_id)

    def fed_product(self, product_id: str) -> Product | None:
        """A product with the offers its feed gave it, or None."""
        row = self.row(product_id)
        product = None if row is None else self.record(row)
        if not isinstance(product, Product):
            return None
        said = self.folded.products.get(product_id)
        return product if said is None else restored(product, said)

    def fed(self, record_id: str) -> Record | None:
        """A promotion (or any other record without offers) as its feed gave it, or None."""
        row = self.row(record_id)
        return self.folded.promotions.get(record_id, None if row is None else self.record(row))

    def passage(self, at: int) -> PassageRef:
        """A passage by its row."""
        field, language, text = msgspec.json.decode(self._passages[at], type=tuple[str, str, str])
        return PassageRef(self.ids[int(self.passage_record[at])], field, language, text)

    def passages_of(self, row: int) -> range:
        """Rows of a record's passages."""
        first, last = np.searchsorted(self.passage_record, [row, row + 1])
        return range(int(first), int(last))

    def rows(self, pool: str) -> range:
        """Rows of a pool's records."""
        chosen = self.pools[pool]
        return range(chosen.start, chosen.stop)

    def products(self) -> Any:
        """All products in row order."""
        return map(self.record, self.rows("product"))


def _record(lines: "_Lines", row: int) -> Record:
    return model.decode(lines[row])


class _Lines:
    """Random access to the lines of a file."""

    def __init__(self, path: Path, starts: npt.NDArray[np.int64]) -> None:
        self._starts = starts
        with path.open("rb") as handle:
            empty = path.stat().st_size == 0
            self._data: Any = b"" if empty else mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, row: int) -> bytes:
        data: bytes = self._data[self._starts[row] : self._starts[row + 1]]
        return data
