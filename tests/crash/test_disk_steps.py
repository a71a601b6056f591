"""A process that dies at any step of a build, a switch or a rollback leaves the old snapshot or the new one.

1. Count the steps of the work. 2. For every step, before it and in the middle of its write: do the work in a copy of
the store and die there. 3. CURRENT names a sound snapshot, the old or the new. 4. The stack of earlier ones is one
that a rollback can use. 5. The next build succeeds, clears what was left, and every whole line of the trail reads.
A price that was changed before all this holds throughout: in the overlay, or folded in by the build.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_steps import WRITES, Died, Steps
from fake_encoder import HashEncoder
from small_shop import built, ids, product, view

from catalog.money import Money
from index import history, manifest, models
from index.api import Query
from index.changes import OfferChange
from index.layout import Layout
from index.store import Store
from index.switch import roll_back, switch_on


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three builds, the last one live, and a live change; a small cache beside them."""
    pytest.importorskip("faiss")
    data = tmp_path_factory.mktemp("store") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "load", lambda _name, _threads: HashEncoder())
        for number in range(3):
            built(data, product("a", f"Lamp {number}"), product("b", "Rug"), encoder="fake")
    opened = Store(data)
    assert opened.append([OfferChange(id="a", price="7.00", currency="CNY")], "erp").accepted
    opened.close()
    return data


def copied(store: Path, target: Path) -> Path:
    """Files of snapshots never change: links to them will do."""

    def copy(source: str, place: str) -> None:
        (os.link if "snapshots" in Path(source).parts else shutil.copyfile)(source, place)

    return Path(shutil.copytree(store, target, copy_function=copy))


def build(data: Path) -> None:
    built(data, product("c", "Sofa"), mode="upsert", encoder="fake")


def activate(data: Path) -> None:
    switch_on(data, Layout(data).names()[0])


WORKS: dict[str, Callable[[Path], object]] = {"build": build, "activate": activate, "rollback": roll_back}


@pytest.mark.slow
@pytest.mark.parametrize("torn", [False, True], ids=["before", "torn"])
@pytest.mark.parametrize("work", WORKS)
def test_dying_at_any_step_leaves_old_or_new(
    store: Path, tmp_path: Path, work: str, torn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "load", lambda _name, _threads: HashEncoder())
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)  # nobody cuts the power here
    with Steps().at_work() as counted:
        WORKS[work](copied(store, tmp_path / "count"))
    old, new = Layout(store).live(), Layout(tmp_path / "count").live()
    assert len(counted.done) >= 10
    seen = set()
    for step, name in enumerate(counted.done):
        if torn and name not in WRITES:
            continue
        data = copied(store, tmp_path / str(step))
        with pytest.raises(Died), Steps(step, torn=torn).at_work():
            WORKS[work](data)
        seen.add(check(Layout(data), old, work))
        shutil.rmtree(data)
    assert seen == {False, True}
    assert new != old


def check(layout: Layout, old: str | None, work: str) -> bool:
    """Whether the new snapshot is live; everything must be whole either way."""
    live = layout.live()
    assert live is not None
    manifest.verify(layout.snapshot(live))
    names = layout.names()
    assert view(layout.root).snapshot == live
    assert changed_price(layout.root) == Money(700, "CNY")
    back = history.earlier(layout)
    assert live not in back
    assert set(back) < set(names)
    if live == old:
        assert back == [name for name in reversed(names) if name < live]
    elif work == "build":
        assert back[0] == old
    assert not built(layout.root, product("a", "Lamp 9"), mode="upsert", encoder="fake").damage
    assert "a" in ids(view(layout.root).search(Query(text="lamp 9")))
    assert not list(layout.snapshots.glob("*.tmp"))
    assert changed_price(layout.root) == Money(700, "CNY")
    whole = [line for line in layout.audit.read_text().splitlines() if line.endswith("}")]
    assert [json.loads(line)["to"] for line in whole][-1] == layout.live()
    assert roll_back(layout.root).live == live
    return live != old


def changed_price(data: Path) -> Money | None:
    found = view(data).offer("a")
    return found.price if found else None
