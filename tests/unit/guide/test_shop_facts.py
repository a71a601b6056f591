"""Facts of the whole shop in both languages, against a loop over the records: as built, and after live changes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from asking import Told, after, ask

from catalog.model import Product, Promotion, Record
from catalog.money import Money, display, to_minor
from index import api

NOW = datetime.now(UTC)
KINDS = {
    "耳机 Headphones": ("耳机", "headphones"),
    "手机 Phones": ("手机", "phones"),
    "笔记本电脑 Laptops": ("笔记本电脑", "laptops"),
    "跑鞋 Running Shoes": ("跑鞋", "running shoes"),
    "帐篷 Tents": ("帐篷", "tents"),
    "枕头 Pillows": ("枕头", "pillows"),
}


class Row(NamedTuple):
    """One sellable as it is now, by a loop over the records and the changes."""

    id: str
    brand: str | None
    categories: list[str]
    price: Money | None
    listed: Money | None
    available: bool


def rows(records: list[Record], changes: dict[str, api.OfferChange]) -> Iterator[Row]:
    sales = [each for each in records if isinstance(each, Promotion) and each.kind == "flash_sale" and each.stock != 0]
    running = [each for each in sales if moment(each.starts_at) <= NOW < moment(each.ends_at)]
    for item in records:
        if not isinstance(item, Product):
            continue
        for form in [*item.variants] or [None]:
            offer = (form.offer if form else None) or item.offer
            if offer is None:
                yield Row(item.id, item.brand, item.categories, None, None, False)
                continue
            change = changes.get(form.id if form and form.offer else item.id)
            price, listed, stock = offer.price, offer.list_price, offer.stock
            if change is not None:
                price, stock = change.price or price, stock if change.stock is None else change.stock
            usual = to_minor(price, offer.currency)
            amounts = [
                to_minor(sale.price, offer.currency) for sale in running if sale.price and item.id in sale.product_ids
            ]
            amount = min([usual, *amounts])
            high = to_minor(listed, offer.currency) if listed else amount
            before = max(high, usual) if amount < usual else high
            yield Row(
                item.id, item.brand, item.categories, Money(amount, offer.currency), Money(before, offer.currency),
                offer.availability == "in_stock" and stock != 0,
            )  # fmt: skip


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Shop(NamedTuple):
    view: api.View
    rows: list[Row]

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if kind in row.categories]


@pytest.fixture(scope="module")
def fresh(sample_data: Path, sample_records: list[Record]) -> Shop:
    return Shop(api.open(sample_data).view(NOW), list(rows(sample_records, {})))


@pytest.fixture
def changed(sample_copy: Path, sample_records: list[Record], fresh: Shop) -> Iterator[Shop]:
    """The dearest of every kind is the cheapest now, another costs as much, and the cheapest is sold out and dear."""
    changes = {key: change for kind in KINDS for key, change in turned(sample_records, kind, fresh)}
    store = api.open(sample_copy)
    receipt = store.append(list(changes.values()), "test")
    assert (receipt.accepted, receipt.rejected) == (len(changes), [])
    store.refresh()
    yield Shop(store.view(NOW), list(rows(sample_records, changes)))
    store.close()


def turned(records: list[Record], kind: str, shop: Shop) -> Iterator[tuple[str, api.OfferChange]]:
    items = [each for each in records if isinstance(each, Product) and kind in each.categories]
    ranked = sorted(items, key=lambda item: (least(shop, item.id), item.id))
    for at, item in enumerate(ranked):
        low = at >= len(ranked) - 2 and at > 0
        for form in [form for form in item.variants if form.offer] or [None]:
            offer = (form.offer if form else None) or item.offer
            assert offer is not None
            change = api.OfferChange(id=item.id, variant_id=form.id if form else None, price="3.50" if low else None)
            change = change if at else msgspec.structs.replace(change, price="98765.00", stock=0)
            if change.price or change.stock is not None:
                yield form.id if form else item.id, change


def least(shop: Shop, id_: str) -> int:
    return min((row.price.amount for row in shop.rows if row.id == id_ and row.price), default=0)


@pytest.fixture(params=["fresh", "changed"])
def shop(request: pytest.FixtureRequest) -> Shop:
    found: Shop = request.getfixturevalue(request.param)
    return found


def products(found: list[Row]) -> int:
    return len({row.id for row in found})


def count_said(told: Told, found: list[Row]) -> None:
    total, available = products(found), products([row for row in found if row.available])
    if total == 0:
        assert told.ended[0] == "no_match"
        assert told.text.startswith("0")
    elif told.done.language == "zh":
        assert f"一共有 {total} 款，其中 {available} 款有货。" in told.text
    else:
        assert f"{total} product{'s' if total > 1 else ''}, {available} of them in stock." in told.text


def ends_said(told: Told, found: list[Row], *, dearest: bool) -> None:
    """Every currency's end, its amount and (up to three) products that stand there."""
    choose = max if dearest else min
    for currency in {row.price.currency for row in found if row.price}:
        amounts = [(row.price.amount, row.id) for row in found if row.price and row.price.currency == currency]
        end = choose(amount for amount, _ in amounts)
        tied = {id_ for amount, id_ in amounts if amount == end}
        assert display(Money(end, currency)) in told.text
        assert len(tied.intersection(told.ids)) == min(3, len(tied))
    assert told.ended[0] == "answered"


@pytest.mark.parametrize("kind", KINDS)
def test_counts_and_ends_are_those_of_a_loop_over_the_records(shop: Shop, kind: str) -> None:
    (zh, en), found = KINDS[kind], shop.of(kind)
    stocked = [row for row in found if row.available]
    count_said(ask(shop.view, f"你们有多少款{zh}"), found)
    count_said(ask(shop.view, f"how many {en} do you have?"), found)
    count_said(ask(shop.view, f"how many {en} are in stock?"), stocked)
    ends_said(ask(shop.view, f"最贵的{zh}"), found, dearest=True)
    ends_said(ask(shop.view, f"cheapest {en}"), found, dearest=False)
    if stocked:
        ends_said(ask(shop.view, f"最便宜的有货的{zh}是哪款"), stocked, dearest=False)
        ends_said(ask(shop.view, f"most expensive {en} in stock"), stocked, dearest=True)


@pytest.mark.parametrize("kind", KINDS)
def test_bounds_ranges_brands_and_sales_are_those_of_a_loop(shop: Shop, kind: str) -> None:
    (zh, en), found = KINDS[kind], shop.of(kind)
    for bound in (3, 400, 5000):
        below = [row for row in found if row.price and row.price.currency == "CNY" and row.price.amount <= bound * 100]
        count_said(ask(shop.view, f"how many {en} under {bound} yuan do you have?"), below)
    ranged = ask(shop.view, f"what is your price range for {en}?")
    ends_said(ranged, found, dearest=False)
    ends_said(ask(shop.view, f"{zh}的价格区间是多少"), found, dearest=True)
    stocked = {row.brand for row in found if row.available and row.brand}
    told = ask(shop.view, f"哪些品牌的{zh}有货")
    assert all(brand in told.text for brand in stocked)
    assert not stocked or f"一共 {len(stocked)} 个品牌" in told.text
    reduced = [row for row in found if row.price and row.listed and row.price.amount < row.listed.amount]
    assert f"有 {products(reduced)} 款低于原价" in ask(shop.view, f"有几款{zh}在打折").text
    sold = ask(shop.view, f"do you sell {en}?")
    assert sold.ended[0] == "answered"
    assert set(sold.ids) <= {row.id for row in found}


def test_facts_without_a_kind_are_of_the_whole_shop(shop: Shop) -> None:
    count_said(ask(shop.view, "how many products do you have?"), shop.rows)
    count_said(ask(shop.view, "你们一共有多少商品"), shop.rows)
    ends_said(ask(shop.view, "what is the most expensive thing you sell?"), shop.rows, dearest=True)
    ends_said(ask(shop.view, "最便宜的商品是什么"), shop.rows, dearest=False)
    brands = {row.brand for row in shop.rows if row.brand}
    assert f"{len(brands)} brands" in ask(shop.view, "how many brands do you carry?").text
    reduced = [row for row in shop.rows if row.price and row.listed and row.price.amount < row.listed.amount]
    assert f"{products(reduced)} of {products(shop.rows)}" in ask(shop.view, "how many are on sale now?").text


def test_what_no_field_tells_is_not_counted(fresh: Shop) -> None:
    told = ask(fresh.view, "how many doohickeys do you sell?")
    assert "cannot count" in told.text
    assert "There are" not in told.text
    assert "一共有" not in ask(fresh.view, "你们有多少款跑步机").text


@pytest.mark.parametrize("text", ["looking for a treadmill for my flat, what do you have", "想买台跑步机，你们有什么"])
def test_a_wish_is_no_question_for_the_categories(fresh: Shop, text: str) -> None:
    assert "categories" not in ask(fresh.view, text).text
    assert "个品类" not in ask(fresh.view, text).text


def test_cheaper_keeps_to_the_kind_and_the_currency_that_was_shown(fresh: Shop) -> None:
    told = ask(fresh.view, "too pricey. anything cheaper?", history=after("computing-004"))
    laptops = {row.id for row in fresh.of("笔记本电脑 Laptops")}
    assert told.ids
    assert set(told.ids) <= laptops - {"computing-004"}


def test_the_unsold_is_said_to_be_unsold(fresh: Shop) -> None:
    for text in ("do you sell Dyson?", "你们卖冰箱吗"):
        assert ask(fresh.view, text).ended[0] == "no_match"
