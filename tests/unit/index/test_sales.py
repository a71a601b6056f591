"""Flash sales by time: what filters, sorting, facets and offers see is one price, that of a model of a few lines."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_shop import NOW, built, ids, offer, product, sale, variant, view

from catalog.model import Promotion, convert
from catalog.money import Money
from index import api

TIMES = {"starts_at": "2026-11-11T00:00:00+00:00", "ends_at": "2026-11-12T00:00:00+00:00"}


def promotion(id_: str, *product_ids: str, **fields: Any) -> Any:
    return convert(
        {"type": "promotion", "id": id_, "kind": "flash_sale", "product_ids": [*product_ids], **TIMES, **fields}
    )


def percent(id_: str, share: float, *product_ids: str, **fields: Any) -> Any:
    return promotion(id_, *product_ids, discount={"percent": share}, **fields)


def off(id_: str, amount: str, currency: str, *product_ids: str, **fields: Any) -> Any:
    return promotion(id_, *product_ids, discount={"amount": amount, "currency": currency}, **fields)


def price(found: api.View, id_: str, variant_id: str | None = None) -> int:
    live = found.offer(id_, variant_id)
    assert live is not None
    return live.price.amount


@pytest.mark.parametrize(
    ("usual", "currency", "share", "amount"),
    [
        ("100.00", "CNY", 15, 8500),
        ("9.99", "USD", 15, 849),  # 8.4915
        ("0.05", "USD", 50, 3),  # 2.5 cents are rounded up
        ("1005", "JPY", 10, 905),  # 904.5
        ("10.005", "KWD", 33.3, 6673),  # 6.673335
        ("80.00", "CNY", 100, 0),
        ("80.00", "CNY", 0.001, 8000),  # less than a cent off: nothing changes
    ],
)
def test_a_percentage_is_rounded_half_up_to_the_smallest_unit(
    tmp_path: Path, usual: str, currency: str, share: float, amount: int
) -> None:
    built(tmp_path, product("a", offer=offer(usual, currency)), percent("s", share, "a"))
    assert price(view(tmp_path), "a") == amount


def test_an_amount_is_taken_off_in_its_own_currency_only_and_never_below_nothing(tmp_path: Path) -> None:
    built(
        tmp_path,
        product("yuan", offer=offer("100.00")),
        product("dollar", offer=offer("100.00", "USD")),
        product("cheap", offer=offer("20.00")),
        off("s", "30.00", "CNY", "yuan", "dollar", "cheap", "nobody"),
    )
    found = view(tmp_path)
    assert [price(found, id_) for id_ in ("yuan", "dollar", "cheap")] == [7000, 10000, 0]
    assert found.promotions("dollar") == []  # it changes nothing there, so it is not told
    live = found.offer("dollar")
    assert live is not None
    assert (live.promotion_id, live.usual_price, live.until) == (None, None, None)


def test_a_bare_price_never_raises_one_and_says_nothing_where_currencies_differ(tmp_path: Path) -> None:
    two = [variant("y", "50.00"), variant("d", "50.00", currency="USD")]
    built(
        tmp_path,
        product("low", offer=offer("10.00")),
        product("two", variants=two),
        product("yen", offer=offer("2000", "JPY")),
        sale("s", "20.00", "low", "two"),
        sale("t", "20.50", "yen"),
    )
    found = view(tmp_path)
    assert (price(found, "low"), price(found, "two", "y"), price(found, "two", "d")) == (1000, 5000, 5000)
    assert price(found, "yen") == 2000  # a yen has no cents
    assert found.all_promotions() == []


def test_of_two_sales_the_lower_price_holds_for_each_variant_and_is_named(tmp_path: Path) -> None:
    forms = [variant("small", "40.00"), variant("big", "200.00")]
    built(tmp_path, product("tent", variants=forms), percent("half", 50, "tent"), off("minus", "30.00", "CNY", "tent"))
    found = view(tmp_path)
    small, big = found.offer("tent", "small"), found.offer("tent", "big")
    assert small is not None
    assert big is not None
    assert (small.price.amount, small.promotion_id) == (1000, "minus")
    assert (big.price.amount, big.promotion_id) == (10000, "half")
    assert {each.id for each in found.promotions("tent")} == {"half", "minus"}
    assert (big.usual_price, big.list_price, big.until) == (Money(20000, "CNY"), Money(20000, "CNY"), TIMES["ends_at"])


def test_equal_sales_name_the_first_and_a_dearer_one_is_not_told(tmp_path: Path) -> None:
    built(
        tmp_path,
        product("a", offer=offer("9.00")),
        sale("c", "7.00", "a"),
        sale("b", "6.00", "a"),
        sale("a1", "6.00", "a"),
    )
    found = view(tmp_path)
    assert [each.id for each in found.promotions("a")] == ["a1"]
    assert [each.id for each in found.all_promotions()] == ["a1"]


def test_what_is_sold_out_costs_what_it_usually_does(tmp_path: Path) -> None:
    built(tmp_path, product("a", offer=offer("9.00")), sale("s", "6.00", "a", stock=1))
    store = api.open(tmp_path)
    assert price(store.view(NOW), "a") == 600
    change = {"type": "promotion", "id": "s", "kind": "flash_sale", "product_ids": ["a"], "price": "6.00", **TIMES}
    assert store.append([api.read_change({**change, "stock": 0})], "test").accepted == 1
    store.refresh()
    assert price(store.view(NOW), "a") == 900
    assert store.view(NOW).promotions("a") == []


def test_only_flash_sales_change_a_price_and_a_variant_is_no_product(tmp_path: Path) -> None:
    built(
        tmp_path,
        product("a", offer=offer("9.00")),
        product("b", variants=[variant("b1", "9.00"), variant("b2", "9.00")]),
        *(percent(kind, 50, "a", kind=kind) for kind in ("coupon", "group_buy", "bundle")),
        percent("s", 50, "b1", "a", kind="flash_sale", starts_at="2026-11-11T13:00:00+00:00"),
    )
    assert price(view(tmp_path), "a") == 900
    assert {each.kind for each in view(tmp_path).promotions("a")} == {"coupon", "group_buy", "bundle", "flash_sale"}
    later = view(tmp_path, NOW + timedelta(hours=1))
    assert (price(later, "a"), price(later, "b", "b1")) == (450, 900)


def test_a_sale_begins_at_its_first_moment_and_a_view_keeps_its_own(tmp_path: Path) -> None:
    built(
        tmp_path,
        product("a", offer=offer("9.00")),
        sale("s", "6.00", "a", starts_at="2026-11-11T20:00:00+08:00", ends_at="2026-11-11T13:00:00Z"),
    )
    store = api.open(tmp_path)
    before, first, last, after = (store.view(NOW + timedelta(seconds=at)) for at in (-1, 0, 3599, 3600))
    assert [price(each, "a") for each in (before, first, last, after)] == [900, 600, 600, 900]
    assert ids(after.search(api.Query(filter=below(600)))) == []
    assert ids(first.search(api.Query(filter=below(600)))) == ["a"]  # after the others were made


def below(amount: int) -> api.Filter:
    return api.Filter(price=api.PriceFilter(currency="CNY", max=amount))


# The property: small shops, random promotions, random clocks.

hours = st.integers(-3, 3)
amounts = st.integers(1, 400)
ids_ = st.sampled_from(["p", "q", "r", "q1", "nobody"])
terms = st.one_of(
    st.builds(lambda cents: {"price": f"{cents / 100:.2f}"}, amounts),
    st.builds(lambda share: {"discount": {"percent": share}}, st.sampled_from([0.5, 12.5, 33.3, 50, 100])),
    st.builds(
        lambda cents, money: {"discount": {"amount": f"{cents / 100:.2f}", "currency": money}},
        amounts, st.sampled_from(["CNY", "USD"]),
    ),
    st.just({}),
)  # fmt: skip
promotions = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["flash_sale", "flash_sale", "flash_sale", "coupon", "group_buy", "bundle"]),
            "product_ids": st.lists(ids_, min_size=1, max_size=3),
            "from": hours, "to": hours, "terms": terms, "stock": st.sampled_from([None, None, 0, 2]),
        }
    ),
    max_size=5,
)  # fmt: skip
prices = st.fixed_dictionaries(dict.fromkeys(("p", "q1", "q2", "r"), amounts))
OWNER = {"p": "p", "q1": "q", "q2": "q", "r": "r"}
CURRENCY = {"p": "CNY", "q1": "CNY", "q2": "CNY", "r": "USD"}


def shop(usual: dict[str, int]) -> list[Any]:
    def said(name: str) -> dict[str, Any]:
        return offer(f"{usual[name] / 100:.2f}", CURRENCY[name])

    forms = [{"id": name, "options": {}, "offer": said(name)} for name in ("q1", "q2")]
    return [product("p", offer=said("p")), product("q", variants=forms), product("r", offer=said("r"))]


def records(drawn: list[dict[str, Any]]) -> Iterator[Promotion]:
    for at, each in enumerate(drawn):
        when = {"starts_at": NOW + timedelta(hours=each["from"]), "ends_at": NOW + timedelta(hours=each["to"])}
        yield promotion(
            f"s{at}", *each["product_ids"], kind=each["kind"], stock=each["stock"], **each["terms"],
            **{name: moment.isoformat() for name, moment in when.items()},
        )  # fmt: skip


def modelled(usual: dict[str, int], running: list[Promotion], now: datetime) -> dict[str, int]:
    """By sellable: the least that any sale makes of its price."""
    result = dict(usual)
    for name, amount in usual.items():
        for each in running:
            begun = datetime.fromisoformat(each.starts_at) <= now < datetime.fromisoformat(each.ends_at)
            if each.kind == "flash_sale" and begun and each.stock != 0 and OWNER[name] in each.product_ids:
                result[name] = min(result[name], lowered(each, amount, CURRENCY[name]))
    return result


def lowered(each: Promotion, usual: int, currency: str) -> int:
    if each.price is not None:
        return int(Decimal(each.price) * 100)
    if each.discount is None:
        return usual
    if each.discount.percent is not None:
        rest = Decimal(usual) * (Decimal(100) - Decimal(str(each.discount.percent))) / 100
        return int(rest.quantize(Decimal(1), ROUND_HALF_UP))
    return (
        max(0, usual - int(Decimal(each.discount.amount or "0") * 100)) if each.discount.currency == currency else usual
    )


@settings(max_examples=25)
@given(usual=prices, drawn=promotions, at=hours, bound=amounts)
def test_offers_filters_sorting_and_facets_agree_with_the_model(
    usual: dict[str, int], drawn: list[dict[str, Any]], at: int, bound: int
) -> None:
    now = NOW + timedelta(hours=at)
    with TemporaryDirectory() as folder:
        made = list(records(drawn))
        built(Path(folder), *shop(usual), *made)
        store = api.open(Path(folder))
        agrees(store.view(now), modelled(usual, made, now), bound)
        for change in made:  # the same promotions posted live, one hour later
            later = {name: shifted(getattr(change, name)) for name in ("starts_at", "ends_at")}
            known = [id_ for id_ in change.product_ids if id_ in OWNER.values()]
            posted = {**api_fields(change), **later, "product_ids": known or ["p"]}
            store.append([api.read_change(posted)], "test")
        store.refresh()
        live = [record for record in map(store.view(now).record, (each.id for each in made)) if record]
        agrees(store.view(now), modelled(usual, live, now), bound)  # type: ignore[arg-type]
        store.close()


def shifted(moment: str) -> str:
    return (datetime.fromisoformat(moment) + timedelta(hours=1)).isoformat()


def api_fields(change: Promotion) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(change)
    return found


def agrees(seen: api.View, model: dict[str, int], bound: int) -> None:
    product_of = {"p": ("p", None), "q1": ("q", "q1"), "q2": ("q", "q2"), "r": ("r", None)}
    assert {name: price(seen, *place) for name, place in product_of.items()} == model
    cheapest = {owner: min(model[name] for name in model if OWNER[name] == owner) for owner in ("p", "q", "r")}
    assert {id_: price(seen, id_) for id_ in cheapest} == cheapest
    within = {OWNER[name] for name in model if CURRENCY[name] == "CNY" and model[name] <= bound}
    assert set(ids(seen.search(api.Query(filter=below(bound))))) == within
    assert seen.facets(below(bound)).total == len(within)
    yuan = [id_ for id_ in ids(seen.search(api.Query(sort="price_asc"))) if id_ != "r"]
    assert [cheapest[id_] for id_ in yuan] == sorted(cheapest[id_] for id_ in ("p", "q"))
    for facet in seen.facets().prices:
        own = {name: amount for name, amount in model.items() if CURRENCY[name] == facet.min.currency}
        assert (facet.min.amount, facet.max.amount) == (min(own.values()), max(own.values()))
        assert set(facet.all_cheapest) == {OWNER[name] for name, amount in own.items() if amount == min(own.values())}
        assert set(facet.all_dearest) == {OWNER[name] for name, amount in own.items() if amount == max(own.values())}
    for values in (row for id_ in ("p", "q", "r") for row in seen.filter_values(id_)):
        assert values.price is not None
        assert values.price.amount == model[values.variant_id or ("p" if values.price.currency == "CNY" else "r")]


IDLE = [
    (promotion("s", "a"), "neither a price nor a discount"),
    (off("s", "5.00", "USD", "a"), "no amount that CNY has"),
    (sale("s", "9.00", "a"), "¥9 is not below the usual ¥9"),
    (sale("s", "9.001", "a"), "no amount that CNY has"),
    (sale("s", "4.00", "two", "a"), "could be in CNY or USD"),
    (sale("s", "4.00", "bare", "a"), "has no price"),
    (sale("s", "4.00", "y", "a"), "'y' is a variant: name its product 'two'"),
    (sale("s", "4.00", "nobody", "a"), "no product 'nobody'"),
]


@pytest.mark.parametrize(("record", "why"), IDLE)
def test_a_build_tells_which_sales_change_nothing(tmp_path: Path, record: Any, why: str) -> None:
    forms = [variant("y", "50.00"), variant("d", "50.00", currency="USD")]
    shop_ = [product("a", offer=offer("9.00")), product("two", variants=forms), product("bare")]
    (issue,) = built(tmp_path, *shop_, record).idle_sales
    assert (issue.code, issue.severity) == ("idle_sale", "warning")
    assert why in issue.message


def test_a_posted_sale_that_can_say_nothing_of_its_product_is_refused(tmp_path: Path) -> None:
    built(tmp_path, product("a", offer=offer("9.00")))
    store = api.open(tmp_path)
    for record in (promotion("s", "a"), off("s", "5.00", "USD", "a"), percent("s", 120, "a")):
        (refused,) = store.append([api.read_change(api_fields(record))], "test").rejected
        assert refused.reason == "bad_promotion"
    turned = {**api_fields(percent("s", 10, "a")), "starts_at": TIMES["ends_at"], "ends_at": TIMES["starts_at"]}
    assert store.append([api.read_change(turned)], "test").rejected[0].message == "it ends before it begins"
