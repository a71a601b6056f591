"""What holds for every answer, whatever is asked: the order of events, citations, claims, prices, sameness."""

import re
from collections.abc import Iterator

import pytest
from asking import Told, after, ask

from catalog.model import Faq, Policy, Product, Promotion, Qa, Review
from guide.choose import phrases
from guide.events import CitationEvent, Done, FollowUps, Products, Status, TableEvent, Text
from guide.model import Turn
from index.api import View

QUESTIONS = [
    "南榆N20电池多大的", "How heavy is the Shuofang S3 phone?", "山泉那个蓝牙音箱能接电话不？", "朔方 S3 防水吗",
    "Isn't the iPhone 15 waterproof?", "How much is the iPhone 15?", "iPhone 15 最便宜的版本多少钱", "静山 700 多少钱",
    "蓄光磁吸充电宝5000毫安那个版本什么价", "现在有哪些秒杀活动？", "Which flash sales are running now?", "有什么拼团",
    "Are there any coupons now?", "七天无理由退货运费谁出？", "How long does shipping take?", "会员有什么好处",
    "iPhone 15 和朔方 S3 哪个电池大", "Compare the iPhone 15 and the Nanyu N20", "听涧漂流 2 和静山 700 有什么区别",
    "200元以下的蓝牙耳机", "wireless headphones under $50", "推荐一款5元以下的蓝牙耳机", "不要苹果的手机",
    "a phone, not Apple",
    "laptop under 500 euros", "华为 Mate 60 Pro 电池多大", "How long does the Galaxy S24 battery last?", "你们卖沙发吗",
    "它多重？", "今天天气怎么样", "Where is my order?", "你好", "You stupid piece of shit", "手机最便宜的哪款",
    "cheapest laptop", "most expensive phone", "有哪些品牌", "How many phones do you have?", "送给孩子的积木",
    "sunscreen without alcohol", "露营帐篷 1000 元以内", "a kettle for pour-over coffee", "买家怎么评价 iPhone 15",
    "晴屿防晒乳现在什么价格", "noise-cancelling headphones in stock", "低因咖啡豆有货吗",
]  # fmt: skip
_ORDER = [Status, Products, Text, CitationEvent, TableEvent, FollowUps, Done]
_MARK = re.compile(r"\[(\d+)\]")
_MONEY = re.compile(r"[¥$]\s?\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def answers(sample_view) -> dict[str, Told]:
    return {text: ask(sample_view, text) for text in QUESTIONS}


@pytest.fixture(scope="module")
def known(sample_view) -> set[float]:
    return _amounts(sample_view)


@pytest.fixture(params=QUESTIONS)
def told(request, answers) -> Told:
    return answers[request.param]


def test_events_come_in_order(told):
    kinds = [type(event) for event in told.events]
    assert kinds[0] is Status
    assert kinds[-1] is Done
    assert Text in kinds
    for once in (Status, Products, TableEvent, FollowUps, Done):
        assert kinds.count(once) <= 1
    # Citations follow the sentence that has them, so text and citations alternate; a table's come after it.
    places = [_ORDER.index(Text if kind is CitationEvent else kind) for kind in kinds if kind is not CitationEvent]
    assert places == sorted(places)
    assert kinds.index(Text) < (kinds.index(CitationEvent) if CitationEvent in kinds else len(kinds))


def test_every_mark_has_one_citation_and_every_citation_a_use(told):
    marks = {int(n) for n in _MARK.findall(told.text)}
    cells = {cell.n for row in (told.table.rows if told.table else []) for cell in row.cells} - {None}
    numbers = [citation.n for citation in told.citations]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == marks | cells


def test_a_citation_comes_right_after_the_text_that_first_uses_it(told):
    said = ""
    for event in told.events:
        if isinstance(event, Text):
            said += event.text
        elif isinstance(event, CitationEvent) and not told.table:
            assert f"[{event.n}]" in said


def test_every_quote_is_in_its_record_or_is_the_live_offer(sample_view, told):
    for citation in told.citations:
        if citation.field == "rating":
            rating = sample_view.record(citation.record_id).rating
            assert rating is not None
            assert float(citation.quote) == rating.value
        elif citation.field.endswith("offer"):
            assert citation.value in _offers(sample_view, citation.record_id)
        elif citation.source == "merchant" and citation.field.startswith(("attributes.", "options.", "brand")):
            assert _attribute(sample_view.record(citation.record_id), citation.field)
        else:
            assert citation.quote in "\n".join(_texts(sample_view, citation.record_id))


def test_claims_point_at_their_text_in_code_points(told):
    end = 0
    for claim in told.done.claims:
        assert told.text[claim.start : claim.end] == claim.text
        assert claim.start >= end
        end = claim.end
        marks = "".join(f"[{n}]" for n in claim.citations)
        assert told.text[end : end + len(marks)] == marks


def test_the_cards_are_exactly_the_products_that_the_text_speaks_of(sample_view, told):
    assert len(told.ids) == len(set(told.ids))
    cited = {citation.record_id.split("/")[0] for citation in told.citations}
    products = {id_ for id_ in cited if isinstance(sample_view.record(id_), Product)}
    assert products <= set(told.ids)
    for card in told.cards:
        assert card.title in told.text or card.id in products


def test_no_price_is_said_that_no_record_holds(known, told):
    # What the wish itself said of money is repeated when nothing fits it.
    asked = [constraint["text"] for constraint in told.done.understanding.get("constraints", [])]
    text = _MARK.sub("", told.text)
    for words in asked:
        text = text.replace(words, "")
    for price in _MONEY.findall(text):
        assert float(price.strip("¥$ ").replace(",", "")) in known


def test_only_answers_have_follow_ups(told):
    if told.done.outcome not in {"answered", "nearest_match"}:
        assert not told.follow_ups


def test_every_follow_up_is_answered(sample_view, told):
    for text in told.follow_ups:
        shown = Turn("assistant", told.text, told.ids)
        assert ask(sample_view, text, history=(shown,)).done.outcome == "answered", text


def test_the_same_question_twice_is_the_same_answer(sample_view, answers):
    for text in QUESTIONS[::4]:
        first, second = answers[text], ask(sample_view, text)
        assert first.events[:-1] == second.events[:-1]
        assert _lasting(first.done) == _lasting(second.done)


def test_words_only_are_marked_as_degraded(answers):
    assert all(told.done.degraded == ["no_vectors"] for told in answers.values())


def test_without_a_language_model_the_composer_writes(answers):
    assert {told.done.writer for told in answers.values()} == {"composer"}


def test_timings_name_each_stage(answers):
    for told in answers.values():
        assert set(told.done.timings) == {"understand", "retrieve", "write", "verify", "total"}


def test_history_and_page_change_nothing_in_the_shape(sample_view):
    told = ask(sample_view, "第二个多重", history=after("audio-003", "audio-001"), locale="zh-CN")
    assert isinstance(told.events[0], Status)
    assert told.events[0].answer_id == "answer-1"
    assert told.done.snapshot == sample_view.snapshot
    assert told.done.as_of == sample_view.as_of


def _lasting(done: Done) -> list[object]:
    return [getattr(done, name) for name in Done.__struct_fields__ if name != "timings"]


def _offers(view: View, product_id: str) -> set[str]:
    product = view.record(product_id)
    assert isinstance(product, Product)
    found = [view.offer(product_id, variant) for variant in [None, *(variant.id for variant in product.variants)]]
    return {f"{offer.price.amount} {offer.price.currency}" for offer in found if offer is not None}


def _attribute(record: object, field: str) -> bool:
    assert isinstance(record, Product)
    kind, _, name = field.partition(".")
    translated = [translation.attributes or {} for translation in record.translations.values()]
    match kind:
        case "attributes":
            return any(name in attributes for attributes in [record.attributes, *translated])
        case "options":
            return any(name in variant.options for variant in record.variants)
        case _:
            return bool(record.brand)


def _texts(view: View, record_id: str) -> Iterator[str]:
    record = view.record(record_id)
    if record is None:
        record = next(promotion for promotion in view.all_promotions() if promotion.id == record_id)
    match record:
        case Product():
            yield from [record.title, record.description or "", *record.bullets]
            for text in record.translations.values():
                yield from [text.title or "", text.description or "", *(text.bullets or [])]
        case Faq():
            yield from [record.answer, *(t.answer or "" for t in record.translations.values())]
        case Policy():
            yield from [record.body, *(t.body or "" for t in record.translations.values())]
        case Qa():
            yield record.answer
        case Review():
            yield record.text
        case Promotion():
            yield record.terms or ""
            yield from map(phrases.moment, (record.starts_at, record.ends_at))


def _amounts(view: View) -> set[float]:
    """Every amount of a live offer and its list price."""
    known: set[float] = set()
    for product in view.products():
        for variant in [None, *(variant.id for variant in product.variants)]:
            offer = view.offer(product.id, variant)
            for money in (offer.price, offer.list_price) if offer is not None else ():
                if money is not None:
                    known.add(money.amount / 100)
    return known
