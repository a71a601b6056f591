"""What the shop has no word of: kinds of things it does not sell, matters that its texts never mention."""

import pytest

from catalog.lexicon import goods, kinds
from catalog.model import Faq, Product, Translation
from guide.choose import choose
from guide.model import Question, Understanding
from guide.understand import Shop, absent, understand
from guide.understand.told import Told


def small(*titles: str, texts: tuple[Faq, ...] = ()) -> Shop:
    return Shop.build([Product(id=f"p{at}", title=title, source="t") for at, title in enumerate(titles)], texts)


def read_in(shop: Shop, text: str) -> Understanding:
    return understand(Question(text=text), shop, lambda _id: None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("looking for a treadmill for my flat", "treadmill"),
        ("你们有跑步机卖吗", "跑步机"),
        ("Got any electric guitars?", "electric guitars"),
        ("有没有猫粮，成猫吃的", "猫粮"),
        ("猫粮有吗", "猫粮"),
        ("do you have vanilla ice cream", "ice cream"),
    ],
)
def test_a_kind_of_thing_that_no_record_bears_is_not_sold(read, text: str, words: str) -> None:
    assert read(text).unsold == words


@pytest.mark.parametrize(
    "text",
    [
        "running shoes for the treadmill",  # what it is for
        "鞋子太紧，可以换大一码吗",
        "sneakers too tight, can I swap them",  # tights are no adjective
        "想买一双跑鞋，去健身房跑步机上用",
        "headphones under 500",
        "do you sell pillows",
    ],
)
def test_what_is_sold_or_only_mentioned_is_never_called_unsold(read, text: str) -> None:
    assert not read(text).unsold


def test_a_shop_bears_a_kind_by_any_of_its_words_in_either_language() -> None:
    assert not read_in(small("舒华静音走步机 家用"), "do you have treadmills?").unsold
    assert not read_in(small("Foldable walking pads, 2 colours"), "有跑步机吗").unsold
    assert read_in(small("Foldable yoga mat"), "有跑步机吗").unsold == "跑步机"
    text = Faq(id="f", source="t", question="Treadmills?", answer="Treadmills come next spring.")
    assert not read_in(small("Foldable yoga mat", texts=(text,)), "do you sell treadmills").unsold


def test_matters_are_unspoken_until_a_text_or_a_title_names_them() -> None:
    question = "能买张礼品卡送人吗"
    assert "gift_card" in read_in(small("Lamp"), question).unspoken
    told = Faq(id="f", source="t", question="Gift cards?", answer="Gift cards from 10 euros are sold at the till.")
    assert "gift_card" not in read_in(small("Lamp", texts=(told,)), question).unspoken
    assert "gift_card" not in read_in(small("Gift card, 25 euros"), question).unspoken
    translated = Faq(
        id="f", source="t", question="?", answer="!", translations={"zh": Translation(answer="有礼品卡。")}
    )
    assert "gift_card" not in read_in(small("Lamp", texts=(translated,)), "do you sell gift cards?").unspoken


def test_a_question_on_an_unspoken_matter_gets_no_neighbour_for_an_answer(sample_view, read) -> None:
    for text in ("Do you sell gift cards?", "你们有礼品卡吗", "I'd like a gift card for my mum"):
        question = Question(text=text)
        decision = choose(question, read(text), sample_view)
        assert (decision.outcome, decision.reason, decision.cards) == ("unanswerable", "no_evidence", []), text


def test_a_kind_that_is_not_sold_is_a_typed_no_match(sample_view, read) -> None:
    for text in ("looking for a treadmill", "有跑步机吗"):
        decision = choose(Question(text=text), read(text), sample_view)
        assert (decision.outcome, decision.reason, decision.cards) == ("no_match", "unknown_product", []), text


@pytest.mark.parametrize("text", ["is the Tingjian Aurora in stock?", "澄屿 P9 净化器适用多大面积"])
def test_another_name_after_a_brand_is_another_product(read, text: str) -> None:
    found = read(text)
    assert (found.referents, bool(found.unresolved)) == ([], True)


def test_nouns_are_looked_for_as_whole_words() -> None:
    told = Told.of([Product(id="p", title="Scarpet cleaner, USB灯Pro版", source="t")], [])
    assert not told.bears("carpet")
    assert told.bears("灯")
    assert told.bears("usb")


def test_the_lists_hold_words_that_name_one_thing() -> None:
    assert len(goods()) > 5000
    short = [word for word in goods() if len(word) < 2]
    assert not short
    assert {"case", "ring", "set", "cover", "包", "套", "机"}.isdisjoint(goods())
    assert kinds("耳机")


def test_every_matter_says_its_own_name(read) -> None:
    assert "gift_card" in absent.asked("Do you sell gift cards?")
    assert absent.asked("多少钱") == []
