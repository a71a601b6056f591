"""Another seller's offers and offers of a time to come: no record knows them, and today's are no answer."""

import pytest

from guide.choose import choose
from guide.model import Question
from guide.understand.elsewhere import ANOTHER_SHOP, TIME_TO_COME, beyond
from guide.understand.text import prepare


@pytest.mark.parametrize(
    "text",
    [
        "Is it cheaper on Amazon?",
        "what does walmart charge for this kettle",
        "How much is the lamp at Target?",
        "Does Costco carry these headphones?",
        "Can I buy it elsewhere for less, and what does it cost there?",
        "Do other shops have it in stock?",
        "这款在京东卖多少钱",
        "淘寶上有沒有貨",
        "别的店是不是更便宜",
        "山姆有现货吗",
    ],
)
def test_another_shops_offer_is_beyond_the_records(text: str) -> None:
    assert beyond(prepare(text)) == (ANOTHER_SHOP,)


@pytest.mark.parametrize(
    "text",
    [
        "What will this phone cost next year?",
        "Will it still be in stock in 2031?",
        "When will the successor come out, by next spring?",
        "明年这款会降价吗",
        "等到2031年还有货吗",
        "下个月多少钱",
    ],
)
def test_an_offer_of_a_time_to_come_is_beyond_the_records(text: str) -> None:
    assert beyond(prepare(text)) == (TIME_TO_COME,)


@pytest.mark.parametrize(
    "text",
    [
        "Do you match Amazon's price?",
        "Do you also sell on eBay?",
        "Does it work with Amazon Alexa?",
        "Do you accept Amazon Pay?",
        "a bag for target practice under $50",
        "is it better than what IKEA makes",
        "When does the sale start next month?",
        "When will it be back in stock?",
        "Will the battery last for two years?",
        "What was the best phone of 2024?",
        "你们京东店铺和这里一样吗，价格呢",
        "支持京东支付吗，多少钱起",
        "双十一明年还有优惠吗",
        "保修期过了两年后怎么办",
        "2025年上市的手机多少钱",
    ],
)
def test_what_is_about_this_shop_or_its_goods_is_answered(text: str) -> None:
    assert beyond(prepare(text)) == ()


@pytest.mark.parametrize("text", ["What does the Chuigu K17 cost on Amazon?", "炊谷K17明年卖多少钱？"])
@pytest.mark.parametrize("page", [(), ("kitchen-001",)])
def test_todays_price_here_is_no_answer(sample_view, read, text: str, page: tuple[str, ...]) -> None:
    question = Question(text=text, product_ids=page)
    decision = choose(question, read(text), sample_view)
    assert (decision.outcome, decision.reason, decision.cards) == ("unanswerable", "no_evidence", [])
