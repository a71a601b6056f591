"""A true statement is supported, the same statement with one thing changed is not."""

import datetime as dt
from typing import Any

import pytest
from dryer_shop import RECORDS, dryer_answer

from catalog.model import convert
from eval.answer import Citation, read_answer
from eval.cases import Case, Filter, PriceBounds
from eval.faithfulness.check import check_answer, prices_of
from eval.faithfulness.model import Checked, Setting
from eval.metrics.citations import quote_holds
from eval.ranges import matching, ranges
from eval.truth import Truth

SALE_DAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 12, 22, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def dryers() -> Truth:
    return Truth(convert(record) for record in RECORDS)


def check(
    truth: Truth, text: str, *, now: dt.datetime = SALE_DAY, case: Case | None = None, **fields: Any
) -> list[Checked]:
    answer = read_answer(dryer_answer(text, **fields))
    case = case or Case(id="a", question="吹风机")
    setting = Setting(
        case.question,
        answer.products,
        truth,
        now,
        frozenset({len(answer.products)}),
        matching(truth, case, now),
        ranges(truth, case, answer, now),
    )
    return check_answer(answer, setting)


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("不，岚风 L7 高速吹风机不可折叠。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机可折叠。[1]", "contradicted", "flag"),
        ("不可以，岚风 L7 高速吹风机的可折叠：否。[1]", "supported", "record"),
        ("是的，岚风 L7 高速吹风机的可折叠：是。[1]", "contradicted", "flag"),
        ("岚风 L7 高速吹风机：可折叠（否）。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机：可折叠（是）。[1]", "contradicted", "flag"),
        ("是的，岚风 L7 高速吹风机的不粘涂层：是。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机的不粘涂层：否。[1]", "contradicted", "flag"),
        ("No. Lanfeng L7 High-Speed Dryer — foldable: no.[1]", "supported", "record"),
        ("Yes. Lanfeng L7 High-Speed Dryer — foldable: yes.[1]", "contradicted", "flag"),
        ("Yes. Lanfeng L7 High-Speed Dryer — non-stick coating: yes.[1]", "supported", "record"),
        ("岚风 L7 高速吹风机的材质：铝合金、尼龙。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机的材质：铝合金、塑料。[1]", "contradicted", "value"),
        ("Lanfeng L7 High-Speed Dryer — material: nylon.[1]", "supported", "record"),
        ("Lanfeng L7 High-Speed Dryer — material: steel.[1]", "contradicted", "value"),
        ("岚风 L7 高速吹风机的颜色有：灰色、紫色。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机的颜色有：灰色、黑色。[1]", "contradicted", "value"),
        ("岚风 L7 高速吹风机紫色现价 ¥629，暂无现货，补货中可预订。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机灰色现价 ¥599，暂无现货，补货中可预订。[1]", "contradicted", "stock,stock,stock"),
        ("岚风 L7 高速吹风机紫色现价 ¥629，有货。[1]", "contradicted", "stock"),
        ("Lanfeng L7 High-Speed Dryer 紫色 costs ¥629, on backorder, not in stock now.[1]", "supported", "record"),
        ("岚风 L7 高速吹风机现价 ¥499。[1]", "supported", "record"),
        ("岚风 L7 高速吹风机现价 ¥489。[1]", "contradicted", "price"),
        ("岚风 L7 高速吹风机的资料没有写明重量。", "supported", "record"),
        ("岚风 L7 高速吹风机的资料没有写明功率。", "contradicted", "absence"),
        ("The records of Lanfeng L7 High-Speed Dryer do not state weight.", "supported", "record"),
        ("The records of Lanfeng L7 High-Speed Dryer do not state power.", "contradicted", "absence"),
        ("The records of Lanfeng L7 High-Speed Dryer do not state price.", "contradicted", "absence"),
        ("岚风 L7 高速吹风机的资料里没有写明这一点，我不能乱猜。", "not_checkable", "absence"),
        ("以上有商品没有写明：weight，请下单前确认。", "supported", "record"),
        ("以上有商品没有写明：power，请下单前确认。", "contradicted", "absence"),
        ("为您找到这一款：", "supported", "record"),
        ("为您找到 2 款：", "contradicted", "count"),
        ("Here is what fits (1):", "supported", "record"),
        ("Here is what fits (3):", "contradicted", "count"),
    ],
)
def test_statements_about_the_dryer(dryers: Truth, text: str, verdict: str, reason: str) -> None:
    (checked,) = check(dryers, text)
    assert (checked.verdict, checked.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("有买家说（4 星）：“头发两分钟就干。声音比想的小，很满意。”[1]", "supported", "record"),
        ("有买家说（5 星）：“头发两分钟就干。声音比想的小，很满意。”[1]", "contradicted", "stars"),
        ("A customer says (4 stars) (original text): “头发两分钟就干。”[1]", "supported", "text"),
        ("A customer says (2 stars) (original text): “头发两分钟就干。”[1]", "contradicted", "stars"),
        ("有买家说（4 星）：“头发三分钟就干。”[1]", "not_enough_evidence", "quote"),
        ("商品说明写道：“头发两分钟就干。”[1]", "contradicted", "speaker"),
        ("商家答复：“电线长约 1.8 米。”[2]", "supported", "record"),
        ("商家答复：“电线长约 2.8 米。”[2]", "not_enough_evidence", "quote"),
        ("2026年10月31日，有买家说：“很满意”[1]", "supported", "record"),
        ("2026年11月2日，有买家说：“很满意”[1]", "contradicted", "date"),
        ("优惠：岚风 L7 限时秒杀，每人限购一台。[3]", "supported", "text"),
        ("On sale until 24 November 2026: ¥499.[3]", "supported", "record"),
        ("On sale until 29 November 2026: ¥499.[3]", "contradicted", "date"),
        ("优惠：秒杀价 ¥399，到 2026-11-24 为止。[3]", "contradicted", "price"),
    ],
)
def test_statements_about_reviews_and_promotions(dryers: Truth, text: str, verdict: str, reason: str) -> None:
    (checked,) = check(dryers, text, record_ids="roar/review/1 roar/qa/1 sale")
    assert (checked.verdict, checked.reason) == (verdict, reason)


def test_the_price_of_a_sale_that_is_over_is_wrong_again(dryers: Truth) -> None:
    assert check(dryers, "岚风 L7 高速吹风机现价 ¥499。[1]", now=AFTER)[0].reason == "price"
    answer = read_answer(dryer_answer("岚风 L7 高速吹风机现价 ¥499。[1]"))
    assert [found.verdict for found in prices_of(answer, Setting("", answer.products, dryers, AFTER))] == [
        "contradicted"
    ]


@pytest.mark.parametrize(
    ("field", "quote", "holds"),
    [
        ("attributes.可折叠", "否", True),
        ("attributes.可折叠", "不支持", True),
        ("attributes.可折叠", "是", False),
        ("attributes.foldable", "no", True),
        ("attributes.foldable", "yes", False),
        ("attributes.负离子", "支持", True),
        ("attributes.负离子", "没有", False),
        ("attributes.材质", "铝合金、尼龙", True),
        ("attributes.材质", "铝合金、塑料", False),
        ("variants.roar-g.offer", "¥499 (¥599) · 有货 · 88", True),
        ("variants.roar-g.offer", "¥489 (¥599) · 有货 · 88", False),
        ("variants.roar-g.offer", "¥499 (¥599) · 有货 · 89", False),
        ("variants.roar-g.offer", "¥499 (¥599) · 缺货 · 88", False),
        ("variants.roar-p.offer", "¥629 · 暂无现货，补货中可预订", True),
        ("variants.roar-p.offer", "¥599 · 暂无现货，补货中可预订", False),
        ("offer", "¥629 · on backorder, not in stock now", True),
        ("options.颜色", "灰色、紫色", True),
        ("options.颜色", "灰色、绿色", False),
    ],
)
def test_quotes_of_values(dryers: Truth, field: str, quote: str, *, holds: bool) -> None:
    citation = Citation(n=1, record_id="roar", field=field, quote=quote)
    assert quote_holds(citation, dryers, SALE_DAY) is holds


def test_a_sale_price_is_quoted_only_while_it_runs(dryers: Truth) -> None:
    citation = Citation(n=1, record_id="roar", field="variants.roar-g.offer", quote="¥499 (¥599) · 有货 · 88")
    assert not quote_holds(citation, dryers, AFTER)
    assert quote_holds(Citation(n=1, record_id="sale", field="price", quote="¥499"), dryers, AFTER)
    assert not quote_holds(Citation(n=1, record_id="sale", field="price", quote="¥399"), dryers, AFTER)


def test_quotes_of_a_review(dryers: Truth) -> None:
    def held(field: str, quote: str) -> bool:
        return quote_holds(Citation(n=1, record_id="roar/review/1", field=field, quote=quote), dryers, SALE_DAY)

    assert [held("rating", "4 星"), held("rating", "5 星"), held("text", "很满意"), held("text", "不满意")] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("There are 2, of which 1 are in stock.", "supported"),
        ("There are 2, of which 2 are in stock.", "contradicted"),
        ("There are 3, of which 1 are in stock.", "contradicted"),
        ("There are 2 products, 1 of them in stock.", "supported"),
        ("There are 2 products, 2 of them in stock.", "contradicted"),
        ("一共有 2 款，其中 1 款有现货。", "supported"),
        ("一共有 2 款，其中 0 款有现货。", "contradicted"),
        ("品牌有：岚风 Lanfeng、麦柚 Maiyou。", "supported"),
        ("品牌有：岚风 Lanfeng。", "contradicted"),
        ("The brands are: 岚风 Lanfeng and 1 more.", "supported"),
        ("The brands are: 岚风 Lanfeng, Dysonne.", "contradicted"),
        ("品类有：吹风机 Hair Dryers。", "supported"),
        ("品类有：剃须刀 Razors。", "contradicted"),
    ],
)
def test_facts_about_a_range_need_a_case_that_says_which(dryers: Truth, text: str, verdict: str) -> None:
    case = Case(id="a", question="how many dryers", relevant={"roar": 1, "mote": 1})
    assert check(dryers, text, case=case, cards="", record_ids="")[0].verdict == verdict
    unknown = Case(id="a", question="how many dryers")
    if "品类" not in text and "Dysonne" not in text:
        assert check(dryers, text, case=unknown, cards="", record_ids="")[0].verdict == "not_checkable"


def test_the_extremes_are_those_of_the_whole_range_though_one_card_is_shown(dryers: Truth) -> None:
    case = Case(id="a", question="最便宜的吹风机", constraints=Filter(category=["吹风机 Hair Dryers"]))

    def verdict(text: str, id_: str) -> str:
        return check(dryers, text, case=case, cards=id_, record_ids=id_)[0].verdict

    assert verdict("以 CNY 计价的最便宜的是麦柚 旅行吹风机 一号，¥119。[1]", "mote") == "supported"
    assert verdict("以 CNY 计价的最便宜的是岚风 L7 高速吹风机，¥499。[1]", "roar") == "contradicted"
    assert verdict("The dearest priced in CNY is Lanfeng L7 High-Speed Dryer, at ¥629.[1]", "roar") == "supported"
    assert verdict("The dearest priced in CNY is Lanfeng L7 High-Speed Dryer, at ¥499.[1]", "roar") == "contradicted"
    assert verdict("The dearest priced in CNY is Maiyou Travel Dryer One, at ¥119.[1]", "mote") == "contradicted"


@pytest.mark.parametrize("text", ["Nothing fits exactly; these come closest:", "没有完全符合的商品，最接近的是这些："])
def test_nothing_fits_is_held_against_the_constraints(dryers: Truth, text: str) -> None:
    def verdict(wanted: Filter | None) -> str:
        return check(dryers, text, case=Case(id="a", question="q", constraints=wanted))[0].verdict

    assert verdict(None) == "not_checkable"
    assert verdict(Filter(price=PriceBounds(currency="CNY", max=10000))) == "supported"
    assert verdict(Filter(price=PriceBounds(currency="CNY", max=20000))) == "contradicted"


def test_cards_said_to_fit_meet_the_constraints(dryers: Truth) -> None:
    case = Case(id="a", question="q", constraints=Filter(price=PriceBounds(currency="CNY", max=20000)))
    text = "Here is 1 product that fits:"
    assert check(dryers, text, case=case, cards="mote")[0].verdict == "supported"
    assert check(dryers, text, case=case, cards="roar")[0].reason == "constraints"


def test_a_long_title_does_not_stand_for_a_claim(dryers: Truth) -> None:
    assert check(dryers, "Lanfeng L7 High-Speed Dryer: purest adamant.[1]")[0].verdict == "not_enough_evidence"
