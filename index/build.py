"""From records to a new snapshot, switched on in one step. A crash at any moment leaves the old one serving."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from catalog import model
from catalog.model import Faq, Policy, Product, Qa, Record, Review
from index import columns, lexical, manifest, models
from index.activate import activate
from index.atomic import sync_file, sync_folder, write_text
from index.cache import VectorCache, text_hash
from index.encoders import Encoder
from index.layout import Layout
from index.lock import exclusive
from index.manifest import EncoderEntry, Manifest
from index.merge import Mode, merge
from index.passages import Passage, passages, say
from index.snapshot import POOLS, TYPE_POOL

Progress = Callable[[str, int, int], None]
"""Called with a stage, what is done of it and how much there is."""

_SHARD = 1024
"""Passages encoded between two durable steps of the cache (about half a minute on two cores)."""


class BuildOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to build."""

    mode: Mode = "replace"
    encoder: str | None = models.DEFAULT
    """Model name, or None for words only."""
    allow_shrink: bool = False
    threads: int = os.cpu_count() or 1


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did; `build --json` prints it."""

    changed: bool
    snapshot: str
    records: int
    passages: int
    encoded: int
    reused: int
    issues: int
    seconds: float
    orphans: int = 0


def build(data: Path, new: list[Record], options: BuildOptions, progress: Progress, issues: int = 0) -> BuildReport:
    """Merge `new` into the live records, write a snapshot and switch to it; no change, no new snapshot.

    Raises:
        BuildRefusedError: another build is at work, or the feed would lose too much.
        ModelError: the encoder's weights are missing.
    """
    began = time.monotonic()
    layout = Layout(data)
    with exclusive(layout.lock):
        live = layout.live()
        before = manifest.verify(layout.snapshot(live)) if live else None
        merged = merge(_old(layout, live), new, options.mode, allow_shrink=options.allow_shrink)
        digest = _digest(merged.records, options.encoder)
        if before is not None and before.digest == digest:
            seconds = round(time.monotonic() - began, 3)
            return BuildReport(
                changed=False, snapshot=before.name, records=before.records, passages=before.passages, encoded=0,
                reused=before.passages, issues=issues, seconds=seconds, orphans=len(merged.orphans),
            )  # fmt: skip
        writer = _Writer(layout, merged.records, digest, options, progress)
        name = writer.write()
        activate(layout, name, by="build")
    seconds = round(time.monotonic() - began, 3)
    return BuildReport(
        changed=True, snapshot=name, records=len(merged.records), passages=writer.total, encoded=writer.encoded,
        reused=writer.total - writer.encoded, issues=issues, seconds=seconds, orphans=len(merged.orphans),
    )  # fmt: skip


def _old(layout: Layout, live: str | None) -> list[Record]:
    if live is None:
        return []
    with (layout.snapshot(live) / "records.jsonl").open("rb") as handle:
        return [model.decode(line) for line in handle]


def _digest(records: list[Record], encoder: str | None) -> str:
    digest = hashlib.sha256(f"{manifest.SCHEMA} {encoder} {models.fingerprint(encoder) if encoder else ''}".encode())
    for record in records:
        digest.update(model.encode(record))
    return digest.hexdigest()


class _Writer:
    """Writes one snapshot folder."""

    def __init__(self, layout: Layout, records: list[Record], digest: str, options: BuildOptions, progress: Progress) -> None:
        self._layout = layout
        self._records = records
        self._digest = digest
        self._options = options
        self._progress = progress
        created = datetime.now(UTC)
        self._created = created.isoformat(timespec="seconds")
        self._name = f"{created:%Y%m%dT%H%M%S%f}-{digest[:8]}"
        self._folder = layout.snapshots / f"{self._name}.tmp"
        self.total = 0
        self.encoded = 0

    def write(self) -> str:
        """Write everything, checksum it, give the folder its name."""
        for stale in self._layout.snapshots.glob("*.tmp") if self._layout.snapshots.is_dir() else ():
            shutil.rmtree(stale)
        self._folder.mkdir(parents=True)
        self._write_records()
        made = self._write_passages()
        self._write_lexical()
        self._write_columns()
        entries = self._write_vectors(made)
        self._write_manifest(entries)
        self._folder.rename(self._layout.snapshot(self._name))
        sync_folder(self._layout.snapshots)
        return self._name

    def _write_records(self) -> None:
        self._lines("record", [model.encode(record) for record in self._records])
        ids = [record.id for record in self._records]
        types = [model.type_name(record) for record in self._records]
        (self._folder / "ids.json").write_text(json.dumps({"ids": ids, "types": types}), encoding="utf-8")
        rows = {id_: row for row, id_ in enumerate(ids)}
        owners = [rows[r.product_id] if isinstance(r, Review | Qa) else columns.UNKNOWN for r in self._records]
        np.save(self._folder / "owner.npy", np.array(owners, np.int32))

    def _lines(self, name: str, lines: list[bytes]) -> None:
        starts = np.zeros(len(lines) + 1, np.int64)
        np.cumsum([len(line) + 1 for line in lines], out=starts[1:])
        (self._folder / f"{name}s.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
        np.save(self._folder / f"{name}_starts.npy", starts)

    def _write_passages(self) -> list[Passage]:
        made, owners = [], []
        for row, record in enumerate(self._records):
            for passage in passages(record):
                made.append(passage)
                owners.append(row)
        self.total = len(made)
        self._lines("passage", [msgspec.json.encode((p.field, p.language, p.text)) for p in made])
        np.save(self._folder / "passage_record.npy", np.array(owners, np.int32))
        digests = b"".join(text_hash(passage.encoded) for passage in made)
        np.save(self._folder / "hashes.npy", np.frombuffer(digests, np.uint64).reshape(-1, 2))
        return made

    def _write_lexical(self) -> None:
        for at, pool in enumerate(POOLS):
            self._progress("words", at, len(POOLS))
            folder = self._folder / "lexical" / pool
            folder.mkdir(parents=True)
            lexical.build([_words(r) for r in self._records if TYPE_POOL.get(model.type_name(r)) == pool], folder)
        self._progress("words", len(POOLS), len(POOLS))

    def _write_columns(self) -> None:
        folder = self._folder / "columns"
        folder.mkdir()
        writer = columns.Writer()
        for record in self._records:
            if isinstance(record, Product):
                writer.add(record)
        writer.write(folder)

    def _write_vectors(self, made: list[Passage]) -> list[EncoderEntry]:
        name = self._options.encoder
        if name is None or not made:
            return []
        encoder = models.load(name, self._options.threads)
        fingerprint = models.fingerprint(name)
        cache = VectorCache(self._layout.cache, encoder.id, fingerprint, encoder.dim)
        vectors, digests = self._encode(encoder, cache, made)
        np.save(self._folder / f"vectors.{encoder.id}.npy", vectors)
        cache.compact(digests, vectors)
        query, passage = models.prefixes(name)
        return [
            EncoderEntry(
                id=encoder.id, name=name, sha256=fingerprint, dim=encoder.dim, query_prefix=query,
                passage_prefix=passage, normalised=True, precision="int8" if name in models.KNOWN else "fp32",
            )  # fmt: skip
        ]

    def _encode(self, encoder: Encoder, cache: VectorCache, made: list[Passage]) -> tuple[Any, list[bytes]]:
        digests = [text_hash(passage.encoded) for passage in made]
        texts = {digest: passage.encoded for digest, passage in zip(digests, made, strict=True) if cache.get(digest) is None}
        # Longest first within everything that is new: texts of one length share their batches, and the ETA only falls.
        todo = sorted(texts, key=lambda digest: -len(texts[digest]))
        for start in range(0, len(todo), _SHARD):
            self._progress("encoding", start, len(todo))
            shard = todo[start : start + _SHARD]
            cache.add(shard, encoder.passages([texts[digest] for digest in shard]))
        self._progress("encoding", len(todo), len(todo))
        self.encoded = len(todo)
        vectors = np.empty((len(made), encoder.dim), np.float32)
        for row, digest in enumerate(digests):
            vectors[row] = cache.get(digest)
        return vectors, digests

    def _write_manifest(self, encoders: list[EncoderEntry]) -> None:
        files = manifest.entries(self._folder)
        for name in files:
            sync_file(self._folder / name)
        counts: dict[str, int] = {}
        for record in self._records:
            counts[model.type_name(record)] = counts.get(model.type_name(record), 0) + 1
        value = Manifest(
            name=self._name, created_at=self._created, digest=self._digest, records=len(self._records),
            passages=self.total, counts=counts, encoders=encoders, files=files,
        )  # fmt: skip
        text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
        write_text(self._folder / manifest.NAME, text + "\n")
        sync_folder(self._folder)


def _words(record: Record) -> dict[str, str]:
    """The texts of a record by lexical field, all languages together."""
    match record:
        case Product():
            return _product_words(record)
        case Faq():
            versions = record.translations.values()
            return {
                "question": " ".join([record.question, *(v.question or "" for v in versions)]),
                "answer": " ".join([record.answer, *(v.answer or "" for v in versions)]),
            }
        case Policy():
            versions = record.translations.values()
            return {
                "title": " ".join([record.title, *(v.title or "" for v in versions)]),
                "answer": " ".join([record.body, *(v.body or "" for v in versions)]),
            }
        case Qa():
            return {"question": record.question, "answer": record.answer}
        case Review():
            return {"text": record.text}
        case _:
            return {}


def _product_words(product: Product) -> dict[str, str]:
    versions = product.translations.values()
    attributes = [product.attributes, *(v.attributes or {} for v in versions)]
    said = [f"{name} {say(value, 'en')}" for group in attributes for name, value in group.items()]
    said += [f"{name} {say(value, 'en')}" for variant in product.variants for name, value in variant.options.items()]
    bullets = [*product.bullets, *(bullet for v in versions for bullet in v.bullets or [])]
    return {
        "title": " ".join([product.title, *(v.title or "" for v in versions)]),
        "brand": product.brand or "",
        "category": " ".join([*product.categories, *product.tags]),
        "attributes": " ".join(dict.fromkeys(said)),
        "bullets": " ".join(bullets),
        "description": " ".join([product.description or "", *(v.description or "" for v in versions)]),
    }
