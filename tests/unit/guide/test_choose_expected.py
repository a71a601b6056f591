"""What an answer has to hold for whoever asks for a number, a time, a price."""

import pytest

from guide.choose.expected import specific, wanting


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("客服热线号码多少", "电话 400-820-8820，周一至周五", "电话客服周一至周五 9:00-18:00。"),
        ("what is your phone number", "Call us on +44 161 555 0142.", "Phone support is there from Monday."),
        ("你们几点关门", "门店每天 10:00-21:30 营业。", "门店每天营业。"),
        ("退款要多久", "退款 3 个工作日内到账。", "退款原路返回。"),
        ("how long does a refund take", "Money is back within five working days.", "Money goes back to your card."),
        ("how long does a refund take", "We refund immediately.", "We refund the full price."),
        ("次日达加急费多少钱", "每单加收 12 元。", "次日达当天 14:00 截单。"),
        ("how much is gift wrapping", "Gift wrapping is free.", "Gift wrapping comes with a card."),
        ("一分钟震动多少次", "每分钟 31000 次声波震动", "充满 3 小时，能用 45 天"),
        ("what is the write speed", "write speed: 900 MB/s", "read speed: 1050 MB/s"),
        ("能管多大面积的房间", "适用面积：20 平方米", "水箱容量：2.5 L"),
        ("Is it organic?", "certification: EU organic", "Roasted by hand."),
        ("折叠后尺寸多少厘米", "折叠后 60×30×25 厘米", "折叠后半个后备箱"),
        ("仓库的具体地址是哪", "杭州市滨江区江南大道 1 号", "出库前可以改一次地址"),
        ("到底是哪38个城市", "北京、上海、广州等 38 个城市", "38 个城市提供次日达：14:00 前付款"),
    ],
)
def test_a_statement_is_wanting_that_lacks_what_is_asked_for(question: str, holds: str, lacks: str) -> None:
    assert wanting(question, [holds, lacks]) == [0, 1]


def test_a_question_that_asks_for_nothing_countable_wants_nothing() -> None:
    assert wanting("可以货到付款吗", ["支持货到付款。", "不支持。"]) == [0, 0]
    assert wanting("is it waterproof", ["Yes."]) == [0]


def test_an_abbreviation_has_no_other_words_in_a_products_records() -> None:
    texts = ["bluetooth codecs: SBC, AAC", "bluetooth codecs: LDAC"]
    assert wanting("Does it support LDAC?", texts, names=True) == [1, 0]
    assert wanting("DOES IT SUPPORT LDAC", texts, names=True) == [0, 0]  # somebody who shouts
    assert wanting("is it a USB plug, size XL?", ["yes"], names=True) == [0]


def test_the_variant_that_is_named_is_no_question_for_its_price() -> None:
    assert specific("how much does the 14 cm one weigh?")
    assert not specific("the black one?")
