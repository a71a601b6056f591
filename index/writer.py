"""Writes one snapshot folder: under a temporary name until every file is on the disk and checksummed."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import numpy as np

from catalog import model
from catalog.model import Product, Qa, Record, Review
from index import columns, folded, lexical, manifest, models, reuse
from index.atomic import (
    make_folder,
    remove_folder,
    rename,
    save_array,
    sync_file,
    sync_folder,
    write_bytes,
    write_text,
)
from index.cache import VectorCache, Vectors, text_hash
from index.encoders import Encoder
from index.folded import Folded
from index.layout import Layout
from index.manifest import EncoderEntry, Manifest
from index.passages import Passage, passages
from index.snapshot import POOLS, TYPE_POOL
from index.words import words

Progress = Callable[[str, int, int], None]
"""Called with a stage, what is done of it and how much there is."""

_SHARD = 1024
"""Passages encoded between two durable steps of the cache (about half a minute on two cores)."""


class Content(msgspec.Struct, frozen=True):
    """What a snapshot is made of."""

    records: list[Record]
    """In snapshot order, with the live changes up to `overlay_seq` in them."""
    folded: Folded = Folded()
    overlay_seq: int = 0


class Writer:
    """Makes one snapshot of records in snapshot order."""

    def __init__(self, layout: Layout, content: Content, digest: str, progress: Progress) -> None:
        """`digest` stands for the content and the encoder; it goes into the manifest."""
        self._layout = layout
        self._content, self._records = content, content.records
        self._digest = digest
        self._progress = progress
        created = datetime.now(UTC)
        self._created = created.isoformat(timespec="seconds")
        self._name = f"{created:%Y%m%dT%H%M%S%f}-{digest[:8]}"
        self._folder = layout.snapshots / f"{self._name}.tmp"
        self.total = 0
        """Passages in the snapshot."""
        self.encoded = 0
        """Passages that were not in the cache."""

    def write(self, encoder: str | None, threads: int) -> str:
        """Write everything, checksum it, give the folder its name; whatever stops it leaves no folder behind.

        Raises:
            ModelError: the encoder's weights are missing.
            OSError: the disk is full or cannot be written.
        """
        for stale in self._layout.snapshots.glob("*.tmp") if self._layout.snapshots.is_dir() else ():
            remove_folder(stale)
        try:
            self._write(encoder, threads)
            rename(self._folder, self._layout.snapshot(self._name))
        except BaseException:
            remove_folder(self._folder)
            raise
        sync_folder(self._layout.snapshots)
        return self._name

    def _write(self, encoder: str | None, threads: int) -> None:
        make_folder(self._folder)
        self._write_records()
        if content := folded.encode(self._content.folded):
            write_bytes(self._folder / folded.FILE, content)
        made = self._write_passages()
        self._write_lexical()
        self._write_columns()
        entries = [self._write_vectors(made, encoder, threads)] if encoder and made else []
        self._write_manifest(entries)

    def _write_records(self) -> None:
        self._lines("record", [model.encode(record) for record in self._records])
        ids = [record.id for record in self._records]
        types = [model.type_name(record) for record in self._records]
        write_bytes(self._folder / "ids.json", json.dumps({"ids": ids, "types": types}).encode())
        rows = {id_: row for row, id_ in enumerate(ids)}
        owners = [rows[r.product_id] if isinstance(r, Review | Qa) else columns.UNKNOWN for r in self._records]
        save_array(self._folder / "owner.npy", np.array(owners, np.int32))

    def _lines(self, name: str, lines: list[bytes]) -> None:
        starts = np.zeros(len(lines) + 1, np.int64)
        np.cumsum([len(line) + 1 for line in lines], out=starts[1:])
        write_bytes(self._folder / f"{name}s.jsonl", b"".join(line + b"\n" for line in lines))
        save_array(self._folder / f"{name}_starts.npy", starts)

    def _write_passages(self) -> list[Passage]:
        made, owners = [], []
        for row, record in enumerate(self._records):
            for passage in passages(record):
                made.append(passage)
                owners.append(row)
        self.total = len(made)
        self._lines("passage", [msgspec.json.encode((p.field, p.language, p.text)) for p in made])
        save_array(self._folder / "passage_record.npy", np.array(owners, np.int32))
        digests = b"".join(text_hash(passage.encoded) for passage in made)
        save_array(self._folder / "hashes.npy", np.frombuffer(digests, np.uint64).reshape(-1, 2))
        return made

    def _write_lexical(self) -> None:
        for at, pool in enumerate(POOLS):
            self._progress("words", at, len(POOLS))
            folder = self._folder / "lexical" / pool
            make_folder(folder)
            lexical.build([words(r) for r in self._records if TYPE_POOL.get(model.type_name(r)) == pool], folder)
        self._progress("words", len(POOLS), len(POOLS))

    def _write_columns(self) -> None:
        folder = self._folder / "columns"
        make_folder(folder)
        writer = columns.Writer()
        for record in self._records:
            if isinstance(record, Product):
                writer.add(record)
        writer.write(folder)

    def _write_vectors(self, made: list[Passage], name: str, threads: int) -> EncoderEntry:
        encoder = models.load(name, threads)
        fingerprint = models.fingerprint(name)
        cache = VectorCache(self._layout.cache, encoder.id, fingerprint, encoder.dim)
        digests = [text_hash(passage.encoded) for passage in made]
        if any(cache.get(digest) is None for digest in digests):
            reuse.lend(self._layout, cache, encoder.id, fingerprint)
        vectors = self._encode(encoder, cache, {d: p.encoded for d, p in zip(digests, made, strict=True)}, digests)
        save_array(self._folder / f"vectors.{encoder.id}.npy", vectors)
        cache.compact(digests, vectors)
        query, passage = models.prefixes(name)
        return EncoderEntry(
            id=encoder.id, name=name, sha256=fingerprint, dim=encoder.dim, query_prefix=query,
            passage_prefix=passage, normalised=True, precision="int8" if name in models.KNOWN else "fp32",
        )  # fmt: skip

    def _encode(self, encoder: Encoder, cache: VectorCache, texts: dict[bytes, str], digests: list[bytes]) -> Vectors:
        """(len(digests), dim) vectors, those the cache lacks encoded shard by shard."""
        # Longest first within everything that is new: texts of one length share their batches, and the ETA only falls.
        todo = sorted((d for d in texts if cache.get(d) is None), key=lambda digest: -len(texts[digest]))
        for start in range(0, len(todo), _SHARD):
            self._progress("encoding", start, len(todo))
            shard = todo[start : start + _SHARD]
            cache.add(shard, encoder.passages([texts[digest] for digest in shard]))
        self._progress("encoding", len(todo), len(todo))
        self.encoded = len(todo)
        vectors = np.empty((len(digests), encoder.dim), np.float32)
        for row, digest in enumerate(digests):
            vectors[row] = cache.get(digest)
        return vectors

    def _write_manifest(self, encoders: list[EncoderEntry]) -> None:
        files = manifest.entries(self._folder)
        for name in files:
            sync_file(self._folder / name)
        value = Manifest(
            name=self._name, created_at=self._created, digest=self._digest, records=len(self._records),
            passages=self.total, counts=dict(Counter(map(model.type_name, self._records))), encoders=encoders,
            files=files, overlay_seq=self._content.overlay_seq,
            sources=dict(Counter(record.source for record in self._records)),
        )  # fmt: skip
        write_text(self._folder / manifest.NAME, manifest.sealed(value))
        for folder in (*(path for path in self._folder.rglob("*") if path.is_dir()), self._folder):
            sync_folder(folder)
