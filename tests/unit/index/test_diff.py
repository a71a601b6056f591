import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from small_shop import built, delete, offer, product, variant

from catalog import model
from catalog.model import Record
from index import diff
from index.cli import main
from index.layout import Layout
from index.merge import place


def run(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments), "--data", str(data)])


@pytest.fixture
def two(tmp_path: Path) -> Path:
    sizes = [variant("s", "5.00", options={"size": "S"}), variant("m", "5.00", options={"size": "M"})]
    at = {"updated_at": "2026-11-01T00:00:00Z"}
    built(
        tmp_path,
        product("lamp", "Lamp", offer=offer("9.00"), attributes={"colour [outside]": "red"}, **at),
        product("shirt", "Shirt", variants=sizes, **at),
        product("same", "Same", **at),
        product("old", "Old", **at),
    )
    sizes[1] = variant("m", "4.00", options={"size": "M"})
    built(
        tmp_path,
        product("lamp", "Lamp!", offer=offer("9.00"), attributes={"colour [outside]": "blue", "watts": 5}, **at),
        product("shirt", "Shirt", variants=[*sizes, variant("l", "5.00")], **at),
        product("same", "Same", **at),
        product("new", "New", **at),
        delete("old", "2026-11-02T00:00:00Z"),
    )
    return tmp_path


def test_it_tells_each_field_with_its_old_and_new_value(two: Path) -> None:
    found = diff.compare(two, "previous", "live", 10)
    assert (found.before, found.after) == tuple(Layout(two).names())
    assert found.records == {"product": {"changed": 2, "added": 1, "removed": 1}, "delete": {"added": 1}}
    assert [(row.what, row.type, row.id) for row in found.rows] == [
        ("changed", "product", "lamp"), ("added", "product", "new"), ("removed", "product", "old"),
        ("changed", "product", "shirt"), ("added", "delete", "old"),
    ]  # fmt: skip
    assert [(f.path, f.old, f.new) for f in found.rows[0].fields] == [
        ("attributes.colour [outside]", "red", "blue"), ("attributes.watts", None, 5), ("title", "Lamp", "Lamp!"),
    ]  # fmt: skip
    shirt = {(f.path, f.variant): (f.old, f.new) for f in found.rows[3].fields}
    assert shirt["variants.offer.price", "m"] == ("5.00", "4.00")
    assert shirt["variants.id", "l"] == (None, "l")
    assert ("variants.offer.price", "s") not in shirt
    assert found.fields["product"]["variants.offer.price"] == 1


def test_the_summary_counts_all_and_the_rows_are_bounded(two: Path) -> None:
    shown = run(two, "--rows", 1)
    assert shown.stdout.splitlines()[1] == "product: 1 added, 1 removed, 2 changed"
    assert '    title: "Lamp" -> "Lamp!"' in shown.stdout
    assert "Shirt" not in shown.stdout
    assert "~ product shirt Shirt\n    + variant l\n" in run(two).stdout
    assert "4 more: --rows 5 shows all" in shown.stderr
    found = json.loads(run(two, "--rows", 0, "--json").stdout)
    assert (found["total"], found["rows"]) == (5, [])


def test_records_that_only_came_anew_are_counted_and_not_listed(tmp_path: Path) -> None:
    built(tmp_path, product("a"), product("b", "Lamp", updated_at="2026-11-01T00:00:00Z", source="monday"))
    built(tmp_path, product("a", "Coat"), product("b", "Lamp", updated_at="2026-11-02T00:00:00Z", source="tuesday"))
    found = diff.compare(tmp_path, "previous", "live", 10)
    assert ([row.id for row in found.rows], found.total, found.stamps) == (["a"], 2, 1)
    shown = run(tmp_path)
    assert "1 differ only in where and when they came from" in shown.stdout
    assert "more:" not in shown.stderr
    assert "    updated_at:" not in shown.stdout


def test_the_other_way_round_adds_what_was_removed(two: Path) -> None:
    older, newer = Layout(two).names()
    found = diff.compare(two, newer, older, 10)
    assert found.records == {"product": {"changed": 2, "removed": 1, "added": 1}, "delete": {"removed": 1}}
    assert diff.compare(two, "live", newer, 10).total == 0
    assert "no records differ" in run(two, "live", "live").stdout


@pytest.mark.parametrize(("names", "told"), [(("absent",), "no snapshot 'absent'"), (("live", "x"), "no snapshot 'x'")])
def test_an_unknown_snapshot_is_named(two: Path, names: tuple[str, ...], told: str) -> None:
    shown = run(two, *names)
    assert shown.exit_code == 3
    assert told in shown.stderr


def test_with_one_snapshot_there_is_no_previous_one(tmp_path: Path) -> None:
    built(tmp_path, product("a"))
    assert "no snapshot 'previous'" in run(tmp_path).stderr


def test_damaged_records_are_not_compared(two: Path) -> None:
    path = Layout(two).snapshot(Layout(two).names()[0]) / "records.jsonl"
    path.write_bytes(path.read_bytes() + b"{}\n")
    shown = run(two)
    assert shown.exit_code == 3
    assert "records.jsonl does not match its checksum" in shown.stderr


_IDS = st.sampled_from(["a", "b", "c", "d", "é", "中"])
_CATALOGS = st.dictionaries(_IDS, st.tuples(st.booleans(), st.sampled_from(["x", "y"])), max_size=6)


@given(_CATALOGS, _CATALOGS)
def test_it_equals_a_comparison_of_the_whole_catalogs(before: dict[str, Any], after: dict[str, Any]) -> None:
    def records(catalog: dict[str, Any]) -> dict[tuple[int, str], Record]:
        made = [delete(id_) if gone else product(id_, title) for id_, (gone, title) in catalog.items()]
        return {place(record): record for record in made}

    def lines(found: dict[tuple[int, str], Record]) -> Iterator[bytes]:
        return (model.encode(found[at]) + b"\n" for at in sorted(found))

    old, new = records(before), records(after)
    wanted = {(("changed" if at in new else "removed") if at in old else "added", record.id, at[0])
              for at, record in {**old, **new}.items() if old.get(at) != new.get(at)}  # fmt: skip
    found = {(c.what, c.id, 4 if c.type == "delete" else 0) for c in diff.between(lines(old), lines(new))}
    assert found == wanted
