from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import delete, product, sale

from catalog.model import Delete, Product, Record, convert
from index.errors import BuildRefusedError
from index.merge import Merged, Mode, merge

T0 = datetime(2026, 11, 11, tzinfo=UTC)


def at(days: float) -> str:
    return (T0 + timedelta(days=days)).isoformat()


def apply(old: list[Record], *new: Record, mode: Mode = "upsert", shrink: bool = False, day: float = 0) -> Merged:
    return merge(old, list(new), mode, allow_shrink=shrink, now=T0 + timedelta(days=day))


def test_records_stand_in_snapshot_order_by_id() -> None:
    faq = convert({"type": "faq", "id": "f", "question": "?", "answer": "!"})
    review = convert({"type": "review", "id": "r", "product_id": "a", "text": "x"})
    merged = apply([], delete("z"), review, sale("s", "1", "a"), faq, product("b"), product("a"))
    assert [record.id for record in merged.records] == ["a", "b", "f", "r", "s", "z"]


def test_a_delete_takes_the_place_of_its_record_and_of_what_hangs_on_it() -> None:
    review = convert({"type": "review", "id": "a/review/1", "product_id": "a", "text": "x"})
    old = apply([], product("a"), product("b"), review, sale("s", "1", "a")).records
    merged = apply(old, delete("a"), day=1)
    assert [(type(record), record.id) for record in merged.records] == [(Product, "b"), (Delete, "a")]
    assert {record.id for record in merged.orphans} == {"a/review/1", "s"}


@pytest.mark.parametrize(
    ("update", "wins"),
    [(at(1), False), (at(2), True), (at(3), True), ("2026-11-13T07:00:00+08:00", False), (None, True)],
)
def test_a_late_update_never_resurrects_a_newer_delete(update: str | None, wins: bool) -> None:
    old = apply(apply([], product("a")).records, delete("a", at(2))).records
    merged = apply(old, product("a", "back", updated_at=update), day=5)
    assert isinstance(merged.records[0], Product) is wins


def test_a_delete_without_a_date_is_as_new_as_its_feed() -> None:
    old = apply(apply([], product("a")).records, delete("a"), day=3).records
    assert isinstance(apply(old, product("a", updated_at=at(2)), day=4).records[0], Delete)
    assert isinstance(apply(old, product("a", updated_at=at(3.5)), day=4).records[0], Product)


def test_a_late_delete_does_not_take_a_newer_record() -> None:
    old = apply([], product("a", updated_at=at(5))).records
    assert isinstance(apply(old, delete("a", at(4)), day=6).records[0], Product)


def test_what_an_older_record_says_otherwise_is_counted() -> None:
    old = apply([], product("a"), product("b"), day=5).records
    merged = apply(old, product("a", "another title", updated_at=at(2)), product("b", updated_at=at(2)), day=9)
    assert (merged.records, merged.overtaken) == (old, 1)


def test_a_feed_that_comes_under_another_name_is_told_whose_records_it_takes() -> None:
    old = apply([], *(product(str(n), source="monday") for n in range(3)), product("z", source="stock")).records
    merged = apply(old, *(product(str(n), source="tuesday") for n in range(2)), mode="replace", day=1)
    assert merged.taken == {"monday": 2}
    assert [record.source for record in merged.records] == ["tuesday", "tuesday", "monday", "stock"]


def test_a_record_without_a_date_is_as_new_as_its_feed() -> None:
    (record,) = apply([], product("a"), day=3).records
    assert record.updated_at == at(3)
    assert apply([record], product("a", "old news", updated_at=at(2)), day=9).records == [record]


def test_sending_the_same_again_changes_nothing() -> None:
    old = apply([], product("a"), product("b", updated_at=at(1))).records
    assert apply(old, product("a"), product("b", updated_at=at(1)), mode="replace", day=9).records == old


@given(st.permutations([0, 1, 2, 3]))
def test_the_newest_wins_in_whatever_order_updates_arrive(order: list[int]) -> None:
    records: list[Record] = []
    for day in order:
        records = apply(records, product("a", f"title {day}", updated_at=at(day)), day=10).records
    (last,) = records
    assert isinstance(last, Product)
    assert last.title == "title 3"


def test_replace_takes_away_what_its_source_no_longer_sends_and_nothing_else() -> None:
    old = apply([], *(product(str(n)) for n in range(5)), product("x", source="web")).records
    merged = apply(old, *(product(str(n)) for n in range(4)), mode="replace")
    assert [record.id for record in merged.records] == ["0", "1", "2", "3", "x"]
    assert len(apply(old, product("0")).records) == 6  # upsert keeps all


@pytest.mark.parametrize(("sent", "refused"), [(8, False), (7, True), (1, True)])
def test_a_feed_that_takes_more_than_a_fifth_away_is_refused(sent: int, refused: bool) -> None:
    old = apply([], *(product(str(n)) for n in range(10))).records
    new = [product(str(n)) for n in range(sent)]
    if refused:
        with pytest.raises(BuildRefusedError, match="--allow-shrink"):
            apply(old, *new, mode="replace")
    assert len(apply(old, *new, mode="replace", shrink=True).records) == sent


def test_tombstones_outlive_a_replacing_feed_and_do_not_count_as_loss() -> None:
    old = apply(apply([], *(product(str(n)) for n in range(4))).records, delete("3", at(9))).records
    for sent in (3, 4):  # whether or not the feed still names the deleted record
        merged = apply(old, *(product(str(n), updated_at=at(1)) for n in range(sent)), mode="replace")
        assert [type(record) for record in merged.records] == [Product] * 3 + [Delete]


@pytest.mark.parametrize("shrink", [True, False])
def test_an_empty_feed_is_refused(shrink: bool) -> None:
    with pytest.raises(BuildRefusedError, match="no usable record"):
        apply([product("a")], shrink=shrink, mode="replace")


def test_an_id_that_another_source_uses_for_another_type_is_left_out() -> None:
    old = apply([], product("a")).records
    faq = convert({"type": "faq", "id": "a", "question": "?", "answer": "!", "source": "help"})
    merged = apply(old, faq)
    assert merged.records == old
    assert merged.collisions == [faq]


def test_reviews_of_unknown_products_are_left_out_and_named() -> None:
    review = convert({"type": "review", "id": "r", "product_id": "nobody", "text": "x"})
    merged = apply([], product("a"), review)
    assert [record.id for record in merged.records] == ["a"]
    assert [record.id for record in merged.orphans] == ["r"]
