"""Any way of editing a shop ends where a fresh build of the final records would: same records, same answers.

1. Draw a script of edits: feeds of two sources, replacing or upserting, with late, undated and deleting rows.
2. Play it on a store, beside a model of a dozen lines that knows only what the rules say.
3. The store's records must be the model's. 4. Every text is encoded once, when it first appears.
5. A fresh build of these records must give the same records file and the same hits. 6. Playing the last feed again
must encode and write nothing.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from fake_encoder import HashEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_shop import built, product

from catalog.model import Delete, Record, convert, decode
from index import api, models
from index.errors import BuildRefusedError
from index.layout import Layout
from index.merge import Mode
from index.passages import passages

SCRIPTS = 300
QUERIES = ("red lamp", "blue lamp", "warm", "rug", "台灯")
TITLES = ("Red lamp", "Blue lamp", "Wool rug", "台灯 暖光", "Desk lamp")
SOURCES = {"erp": "abcde", "web": "vwxyz"}
DAY = datetime(2026, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """One row of a feed: an id, its title (None deletes), and the day it is dated, if it is."""

    id: str
    title: str | None
    day: int | None


class Edit(NamedTuple):
    source: str
    mode: Mode
    rows: list[Row]


def rows(source: str) -> st.SearchStrategy[list[Row]]:
    row = st.builds(
        Row,
        st.sampled_from(SOURCES[source]),
        st.one_of(st.sampled_from(TITLES), st.sampled_from(TITLES), st.none()),
        st.one_of(st.none(), st.integers(0, 9)),
    )
    return st.lists(row, min_size=1, max_size=5, unique_by=lambda row: row.id)


def edits(source: str) -> st.SearchStrategy[Edit]:
    mode: st.SearchStrategy[Mode] = st.sampled_from(["replace", "upsert"])
    return st.builds(Edit, st.just(source), mode, rows(source))


SCRIPT = st.lists(st.sampled_from([*SOURCES]).flatmap(edits), min_size=1, max_size=4)


def record(row: Row, source: str) -> Record:
    at = None if row.day is None else (DAY + timedelta(days=row.day)).isoformat()
    if row.title is None:
        return convert({"type": "delete", "id": row.id, "updated_at": at, "source": source})
    return product(row.id, row.title, source=source, updated_at=at, description=f"{row.title}, warm and plain.")


class Model:
    """What the rules say, without files, passages or order. An undated row is newer than all that came before."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, str | None, int]] = {}
        self._feeds = 0

    def play(self, edit: Edit) -> bool:
        """False if the edit must be refused."""
        self._feeds += 1
        if edit.mode == "replace":
            mine = {id_ for id_, (source, title, _) in self.kept.items() if source == edit.source and title}
            gone = mine - {row.id for row in edit.rows}
            if len(gone) > 0.2 * len(mine):
                return False
            for id_ in gone:
                del self.kept[id_]
        for row in edit.rows:
            before = self.kept.get(row.id)
            if row.day is None and before and before[:2] == (edit.source, row.title):
                continue
            when = 1000 + self._feeds if row.day is None else row.day
            if before is None or when >= before[2]:
                self.kept[row.id] = (edit.source, row.title, when)
        return True


@pytest.fixture(scope="module")
def encoder() -> HashEncoder:
    pytest.importorskip("faiss")
    return HashEncoder()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, encoder: HashEncoder) -> HashEncoder:
    """A fake encoder, and no waiting for the disk: this test is about contents."""
    monkeypatch.setattr(models, "load", lambda _name, _threads: encoder)
    for module in ("atomic", "cache", "writer"):
        monkeypatch.setattr(f"index.{module}.sync_file", lambda _path: None)
        monkeypatch.setattr(f"index.{module}.sync_folder", lambda _path: None)
    return encoder


def lines(data: Path) -> bytes:
    layout = Layout(data)
    return (layout.snapshot(layout.live() or "") / "records.jsonl").read_bytes()


def answers(data: Path) -> list[list[tuple[str, float]]]:
    store = api.open(data)
    store.warm()
    shop = store.view(datetime.now(UTC))
    found = [[(hit.id, hit.score) for hit in shop.search(api.Query(text=text, k=10)).hits] for text in QUERIES]
    store.close()
    return found


@pytest.mark.slow
@settings(max_examples=SCRIPTS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(script=SCRIPT)
def test_every_edit_script_ends_where_a_full_build_does(
    script: list[Edit], quick: HashEncoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("script")
    data, model = folder / "edited", Model()
    known: set[str] = set()
    for edit in script:
        feed = [record(row, edit.source) for row in edit.rows]
        quick.asked.clear()
        if not model.play(edit):
            with pytest.raises(BuildRefusedError, match="--allow-shrink"):
                built(data, *feed, mode=edit.mode, encoder="fake")
            continue
        built(data, *feed, mode=edit.mode, encoder="fake")
        texts = {text.encoded for line in lines(data).splitlines() for text in passages(decode(line))}
        assert sorted(quick.asked) == sorted(texts - known)
        known = texts or known  # a shop without a text has no vectors to make, and forgets none
    assert played(data) == {id_: (source, title) for id_, (source, title, _) in model.kept.items()}
    final = [decode(line) for line in lines(data).splitlines()]
    if not final:
        return
    built(folder / "fresh", *final, encoder="fake")
    assert lines(folder / "fresh") == lines(data)
    assert answers(folder / "fresh") == answers(data)
    quick.asked.clear()
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    assert not built(data, *final, mode="upsert", encoder="fake").changed
    assert quick.asked == []
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def played(data: Path) -> dict[str, tuple[str, str | None]]:
    """Id -> (source, title or None for a tombstone) of the live records."""
    found = {}
    for item in map(decode, lines(data).splitlines()):
        title = None if isinstance(item, Delete) else getattr(item, "title", None)
        found[item.id] = (item.source, title)
    return found


def test_the_model_knows_late_rows_and_refusals() -> None:
    model = Model()
    assert model.play(Edit("erp", "upsert", [Row(id_, "Red lamp", 5) for id_ in "abcde"]))
    assert not model.play(Edit("erp", "replace", [Row("a", "Red lamp", 6)]))
    assert model.play(Edit("erp", "replace", [Row("a", None, 7), *(Row(id_, "Red lamp", 5) for id_ in "bcd")]))
    assert model.play(Edit("erp", "upsert", [Row("a", "Blue lamp", 6)]))
    assert model.kept["a"][1] is None
    assert "e" not in model.kept
