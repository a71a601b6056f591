"""Generated cases: the same every time, without doubt, and with gold that the records bear out."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tea_shop import kettle, records

from catalog.model import Measure, Product, Record, encode
from eval.answer import Answer, Card
from eval.case_commands import KINDS as KIND_NAMES
from eval.cases import Case, load
from eval.cli import main
from eval.faithfulness.model import Setting
from eval.generate import amounts
from eval.generate.amounts import written
from eval.generate.draw import KINDS, draw
from eval.generate.names import half_in, short_name
from eval.generate.shop import Shop
from eval.generate.values import measured, musts
from eval.metrics.answers import wrongs
from eval.metrics.model import Judged
from eval.text.fold import contains
from eval.worth import Amount

SALE_DAY = dt.datetime(2026, 5, 2, tzinfo=dt.UTC)


def shop(*changed: dict[str, Any], now: dt.datetime = SALE_DAY) -> Shop:
    return Shop(records(*changed), now)


def made(*kinds: str, of: Shop | None = None, total: int = 400, seed: int = 1) -> list[Case]:
    return draw(of or shop(), total, seed, ("zh", "en"), kinds or list(KINDS), SALE_DAY.isoformat())


def intent(case: Case) -> str:
    return case.tags[1].removeprefix("intent:")


def about(cases: list[Case], wanted: str, group: str) -> list[Case]:
    return [case for case in cases if intent(case) == wanted and f"group:{group}" in case.tags]


def judged(of: Shop, case: Case, *, text: str, ids: list[str], outcome: str = "answered") -> Judged:
    cards = [Card(id=id_, title="card") for id_ in ids]
    answer = Answer(outcome=outcome, text=text, products=cards)
    return Judged(case, answer, 1.0, setting=Setting(case.question, cards, of.truth, of.now, frozenset()))


def right_answer(of: Shop, case: Case) -> Judged:
    """What a guide without fault would say: one spelling of each `must`, and the relevant products."""
    text = "; ".join(entry if isinstance(entry, str) else entry[-1] for entry in case.must)
    shown = [id_ for id_ in case.relevant if isinstance(of.truth.records[id_], Product)]
    outcome = "answered" if "answered" in case.accepted else "no_match"
    return judged(of, case, text=text, ids=shown, outcome=outcome)


def test_the_command_knows_every_kind() -> None:
    assert list(KIND_NAMES) == list(KINDS)


def test_every_kind_and_language_comes_in_fair_shares() -> None:
    cases = made(total=104)
    shares = Counter((case.tags[0], case.language) for case in cases)
    assert {kind for kind, _ in shares} == {f"kind:{kind}" for kind in KINDS}
    plenty = [shares[f"kind:{kind}", "en"] for kind in ("fact", "budget", "not_sold", "out_of_scope", "elsewhere")]
    assert max(plenty) - min(plenty) <= 1


def test_the_same_seed_gives_the_same_cases_and_more_only_adds() -> None:
    first, again, other = made(total=120), made(total=120), made(total=120, seed=2)
    assert first == again
    assert [case.id for case in first] != [case.id for case in other]
    assert made(total=60) == first[:60]


def test_no_question_comes_twice_and_all_say_what_they_are(tmp_path: Path) -> None:
    cases = made(total=2000)
    assert len({(case.question, repr(case.history), tuple(case.product_ids)) for case in cases}) == len(cases)
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        assert [tag.split(":")[0] for tag in case.tags] == ["kind", "intent", "group"]
        assert "{" not in case.question + json.dumps(case.must)
        assert case.clock == SALE_DAY.isoformat()
    (tmp_path / "c.jsonl").write_bytes(
        b"".join(json.dumps({"id": c.id, "question": c.question}).encode() + b"\n" for c in cases)
    )
    assert len(load(tmp_path / "c.jsonl").cases) == len(cases)


def test_a_faultless_answer_is_right_and_a_refusal_wrong() -> None:
    of = shop()
    cases = made(of=of, total=2000)
    assert len(cases) > 500
    for case in cases:
        assert wrongs(right_answer(of, case)) == [], case
        declined = wrongs(judged(of, case, text="Sorry.", ids=[], outcome="unanswerable"))
        assert bool(declined) == case.answerable, case


def test_the_sample_shop_bears_its_gold_out(sample_records: list[Record]) -> None:
    of = Shop(sample_records, dt.datetime.now(dt.UTC))
    cases = draw(of, 130, 7, ("zh", "en"), list(KINDS), None)
    assert Counter(case.tags[0] for case in cases) == {f"kind:{kind}": 10 for kind in KINDS}
    for case in cases:
        assert wrongs(right_answer(of, case)) == [], case


def test_a_wrong_value_is_wrong() -> None:
    of = shop()
    price = about(made("fact", of=of), "price", "kettle-1/price")[0]
    assert wrongs(judged(of, price, text="¥129", ids=["kettle-1"])) == []
    assert wrongs(judged(of, price, text="¥1,290", ids=["kettle-1"]))
    weight = about(made("fact", of=of), "attribute", "kettle-1/weight")[0]
    assert wrongs(judged(of, weight, text="It weighs 1000 g.", ids=["kettle-1"])) == []
    assert wrongs(judged(of, weight, text="It weighs 1000 kg.", ids=["kettle-1"]))


def test_budgets_are_met_or_not_by_the_records() -> None:
    of = shop()
    cases = made("budget", of=of, total=1000)
    outcomes = {repr(case.outcome) for case in cases}
    assert outcomes == {"'answered'", "['nearest_match', 'no_match']"}
    for case in cases:
        assert case.constraints
        assert bool(case.constraints.price) == (case.outcome == "answered")
        for id_ in case.relevant:
            assert not any(word.startswith("constraint") for word in wrongs(judged(of, case, text="", ids=[id_])) or [])


def test_the_price_of_the_moment_is_that_of_a_running_sale() -> None:
    during = [case for case in made("promotion") if "group:sale/kettle-2" in case.tags]
    assert {intent(case) for case in during} == {"flash_sale"}
    assert contains("¥99", during[0].must[0][0])
    after = shop(now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    later = [case for case in made("promotion", of=after) if "group:sale/kettle-2" in case.tags]
    assert {intent(case) for case in later} == {"no_sale"}
    assert "¥159" in later[0].must[0]
    assert "¥99" in later[0].must_not
    assert [case for case in made("fact") if "group:kettle-2/price" in case.tags] == []


def test_what_the_records_leave_in_doubt_is_not_asked() -> None:
    twin = kettle(9, "晨光", "88.00")  # the title of kettle-1
    torn = kettle(4, "黄昏", "188.00", attributes={"重量": {"value": 3, "unit": "kg"}, "防水": True})
    lasting = {"续航": {"value": 3, "unit": "h"}, "总续航": {"value": 9, "unit": "h"}}
    parts = kettle(5, "子夜", "77.00", attributes=lasting, translations={})
    dollars = kettle(6, "拂晓", "20.00", offer={"price": "20.00", "currency": "USD", "availability": "in_stock"})
    of = shop(twin, torn, parts, dollars)
    facts = {tag.removeprefix("group:") for case in made("fact", of=of, total=3000) for tag in case.tags[2:]}
    assert "kettle-2/暮色" not in facts
    assert not {fact for fact in facts if fact.startswith(("kettle-1/", "kettle-9/"))}
    assert "kettle-4/防水" in facts
    assert "kettle-4/重量" not in facts  # 3 kg here, 1300 g in the translation
    assert "kettle-5/总续航" in facts
    assert "kettle-5/续航" not in facts
    ends = [case for case in made("shop_fact", of=of) if intent(case) in {"cheapest", "dearest"}]
    assert not [case for case in ends if "Kettles" in case.tags[2]]


def test_the_whole_shop_is_counted() -> None:
    cases = made("shop_fact")
    (count, *_) = about(cases, "count", "水壶 Kettles/count")
    assert "3款" in (count.must[0] if count.language == "zh" else ["3款"])
    cheapest = about(cases, "cheapest", "Teas/cheapest")
    assert cheapest == []  # the cheapest is sold out
    (dearest, *_) = about(cases, "dearest", "Teas/dearest")
    assert "¥62" in dearest.must[0]
    assert dearest.relevant == {"tea-1": 1.0}


def test_what_is_declined_is_in_no_record() -> None:
    of = shop(kettle(7, "露营", "99.00", description="和轮椅一起卖。附序列号。"))
    declined = made("no_attribute", "not_sold", of=of, total=3000)
    assert not any(case.answerable for case in declined)
    assert not any("轮椅" in case.question or "wheelchair" in case.question for case in declined)
    assert any("钢琴" in case.question for case in declined)
    about_seven = [case.question for case in declined if case.tags[2].startswith("group:kettle-7/")]
    assert about_seven
    assert not any("序列号" in question or "serial number" in question for question in about_seven)
    assert not any("重量" in question for question in about_seven)


def test_paraphrases_share_their_gold_and_their_group() -> None:
    by_group: dict[str, list[Case]] = {}
    for case in made("paraphrase", total=60):
        by_group.setdefault(f"{case.language} {case.tags[2]}", []).append(case)
    assert all(len({repr(case.must) for case in own}) == 1 for own in by_group.values())
    assert sum(len(own) == 3 for own in by_group.values()) > len(by_group) / 2


def test_a_shop_that_speaks_one_language_is_asked_in_it() -> None:
    english_only = Shop([record for record in records() if record.id.startswith("tea-")], SALE_DAY)
    cases = draw(english_only, 500, 1, ("zh",), ["fact", "budget", "comparison", "follow_up"], None)
    assert cases == []
    assert draw(english_only, 500, 1, ("en",), ["fact", "budget", "comparison", "follow_up"], None)


AMOUNTS = {
    10: ("十", "ten"), 15: ("", ""), 200: ("两百", "two hundred"), 350: ("三百五十", "three hundred and fifty"),
    1050: ("一千零五十", "one thousand and fifty"), 1500: ("一千五", "one thousand five hundred"),
    2200: ("两千二", "two thousand two hundred"), 20000: ("两万", ""),
}  # fmt: skip


def test_names_are_short_where_they_are_clear() -> None:
    title = "Acme Pro Kettle with lid, 2 L"

    def named(*others: str, brand: str | None = "Acme 顶峰") -> str | None:
        one = Product(id="p", title=title, brand=brand)
        return short_name(one, title, lambda name: not any(name in other for other in others))

    assert named() == "Acme Pro"
    assert named("Acme Pro mug") == "Acme Pro Kettle"
    assert named("Acme Pro Kettle without lid") == "Acme Pro Kettle with lid"
    assert named("Acme Pro", brand="Acme Pro") == "Acme Pro Kettle"
    assert (
        short_name(Product(id="p", title="眠山 60 支四件套", brand="眠山"), "眠山 60 支四件套", lambda name: True)
        is None
    )
    assert named(brand=None) is None  # "Acme Pro" might be a kind of goods


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [("手机 Phones", "手机", "Phones"), ("T恤 T-Shirts", "T恤", "T-Shirts"), ("mens-shoes", None, "mens shoes"),
     ("零食坚果 Snacks & Nuts", "零食坚果", "Snacks & Nuts"), ("茶", "茶", None)],
)  # fmt: skip
def test_a_name_in_two_scripts_has_a_half_for_each(name: str, chinese: str | None, english: str | None) -> None:
    assert (half_in(name, "zh"), half_in(name, "en")) == (chinese, english)


@pytest.mark.parametrize("value", AMOUNTS)
def test_amounts_in_words(value: int) -> None:
    assert (amounts.han(value), amounts.english(value)) == AMOUNTS[value]


def test_a_measure_may_be_said_in_any_unit_that_gives_a_short_number() -> None:
    said = measured(Measure(1.2, "kg"))
    assert {"1.2kg", "1200g", "1.2公斤", "1200克"} <= set(said)
    assert not any(text.startswith("0.0012") for text in said)
    assert "365day" in measured(Measure(1, "year"))
    assert "525600min" not in measured(Measure(1, "year"))
    assert "7岁" in measured(Measure(7, "year"))
    assert measured(Measure(104, "piece")) == ["104"]  # 104 keys
    assert musts(["黑色", "black"]) == [["黑色", "black"]]
    assert musts([["棉", "麻"], ["cotton", "linen"]]) == [["棉", "cotton"], ["麻", "linen"]]
    assert musts([True]) == musts([8]) == musts(["M"]) == musts(["大"]) == musts([Measure(0, "month")]) == []


def test_a_text_is_answered_by_one_of_its_figures() -> None:
    hours = {"type": "faq", "id": "faq-2", "question": "客服几点上班？", "language": "zh",
             "answer": "每天 9:00 到 18:00，留言 2 天内回复。会员满 4 级。"}  # fmt: skip
    asked = about(made("text", of=shop(hours)), "faq", "faq-2")
    assert asked
    assert all(set(case.must[0]) == {"9:00", "18:00", "2 天"} for case in asked)


def test_a_price_is_known_in_every_writing() -> None:
    spellings = written(Amount(Decimal("2999.90"), "CNY"))
    for text in ("现价 ¥2,999.90", "2999.9 元", "CNY 2,999.90", "人民币 2999.9"):
        assert any(contains(text, spelling) for spelling in spellings), text
    assert not any(contains("¥12,999.90", spelling) for spelling in spellings)


def call(tmp_path: Path, *words: str, of: list[Record] | None = None) -> Any:
    catalog = tmp_path / "shop.jsonl"
    catalog.write_bytes(b"".join(encode(record) + b"\n" for record in of or records()))
    out = ["--out", str(tmp_path / "cases.jsonl")]
    return CliRunner().invoke(main, ["generate", "--catalog", str(catalog), *out, *words])


def test_the_command_writes_a_valid_file_twice_the_same(tmp_path: Path) -> None:
    words = ["--n", "80", "--seed", "3", "--clock", "2026-05-02T00:00:00+00:00"]
    first = call(tmp_path, *words, "--json")
    assert first.exit_code == 0, first.output
    told, bytes_ = json.loads(first.stdout), (tmp_path / "cases.jsonl").read_bytes()
    assert told["cases"] == 80 == sum(told["kinds"].values())
    assert load(tmp_path / "cases.jsonl").hash == told["hash"]
    assert call(tmp_path, *words).exit_code == 0
    assert (tmp_path / "cases.jsonl").read_bytes() == bytes_


def test_the_command_says_when_there_is_no_more_or_nothing(tmp_path: Path) -> None:
    few = call(tmp_path, "--kinds", "promotion", "--language", "zh", "--n", "500")
    assert few.exit_code == 0
    assert "the records give no more than" in few.stderr
    (tmp_path / "cases.jsonl").unlink()
    none = call(tmp_path, "--kinds", "promotion", of=records()[:1])
    assert none.exit_code == 3
    assert not (tmp_path / "cases.jsonl").exists()
    assert call(tmp_path, "--kinds", "promotions").exit_code == 2
    assert call(tmp_path, "--clock", "noon").exit_code == 3
