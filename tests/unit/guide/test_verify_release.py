import asyncio

import phone_shop
import pytest

from guide.errors import GeneratorError
from guide.model import Sentence
from guide.verify import verified
from guide.write.composer import Composer


class Draft:
    """A generator that writes these sentences and then, perhaps, fails."""

    name = "generator"

    def __init__(self, *sentences, error=None):
        self.sentences, self.error = sentences, error

    async def write(self, question, decision):
        for text, *citations in self.sentences:
            yield Sentence(text=text, citations=citations)
        if self.error:
            raise self.error


def release(writer, decision=None, question=phone_shop.ZH_QUESTION):
    async def run():
        found = verified(writer, question, decision or phone_shop.zh())
        return [sentence async for sentence in found], found

    return asyncio.run(run())


def texts(sentences):
    return [sentence.text for sentence in sentences]


def test_the_composer_passes_whole():
    said, found = release(Composer())
    assert said == phone_shop.zh().sentences
    assert (found.tally.kept, found.tally.dropped, found.writer) == (6, 0, "composer")


def test_a_composer_sentence_without_proof_is_dropped():
    decision = phone_shop.zh()
    decision.sentences.append(Sentence(text="南榆 N20 的续航是 48 小时。", citations=[3]))
    said, found = release(Composer(), decision)
    assert len(said) == 6
    assert found.tally.dropped == 1
    assert found.tally.failed["number"] == 1


GOOD = [
    ("南榆 N20 只要 1099 元（原价 1299 元），现在有货。", 2),
    ("它的续航有 30 小时。", 3),
    ("X5 Pro 要 2999 元，目前缺货。", 8),
]


def test_good_sentences_go_out_between_what_the_engine_says_itself():
    said, found = release(Draft(*GOOD))
    assert texts(said) == ["为您找到 2 款：", *(text for text, _ in GOOD), phone_shop.zh().sentences[-1].text]
    assert (found.tally.kept, found.tally.rewritten, found.tally.dropped, found.writer) == (3, 0, 0, "generator")


def test_a_failing_sentence_is_said_in_the_engine_s_words():
    said, found = release(Draft(GOOD[0], ("它的续航有 48 小时。", 3), GOOD[2]))
    assert texts(said)[2] == phone_shop.zh().sentences[2].text
    assert found.tally.rewritten == 1


def test_a_failing_sentence_without_a_twin_is_dropped():
    said, found = release(Draft(*GOOD, ("详情请看 evil.com。",), ("它是最好的手机。", 3)))
    assert len(said) == 5
    assert found.tally.dropped == 2


def test_a_fact_the_model_left_out_is_added():
    said, found = release(Draft(("它的续航有 30 小时。", 3)))
    assert phone_shop.zh().sentences[1] in said  # the first fact
    assert phone_shop.zh().sentences[3] in said or phone_shop.zh().sentences[4] in said  # the card passed over
    assert found.tally.added == 3  # with the notice


def test_empty_praise_does_not_count_as_the_fact():
    said, _ = release(Draft(("很不错的手机，值得考虑。", 1, 2), *GOOD[1:]))
    assert phone_shop.zh().sentences[1] in said


@pytest.mark.parametrize("draft", [Draft(error=GeneratorError("down")), Draft(("Sony Xperia 99!", 1)), Draft()])
def test_without_one_good_sentence_the_composer_answers(draft):
    said, found = release(draft)
    assert said == phone_shop.zh().sentences
    assert found.writer == "composer"


def test_a_model_that_breaks_off_is_completed():
    said, found = release(Draft(GOOD[0], error=GeneratorError("broke off")))
    assert texts(said)[:2] == ["为您找到 2 款：", GOOD[0][0]]
    assert found.tally.error == "broke off"
    assert any("X5 Pro" in text for text in texts(said))


def test_a_sentence_without_marks_gets_those_that_prove_it_or_is_dropped():
    said, found = release(Draft(("它的续航有 30 小时。",), ("欢迎再次光临我们的店铺。",), *GOOD))
    assert Sentence(text="它的续航有 30 小时。", citations=[1, 3]) in said
    assert found.tally.dropped == 1


def test_a_quotation_whose_mark_leads_nowhere_gets_that_of_its_text():
    said, found = release(Draft(("买家说“屏幕很亮”。", 99), ("买家说“屏幕很暗”。", 99), ("屏幕很亮。", 99), *GOOD))
    assert Sentence(text="买家说“屏幕很亮”。", citations=[14]) in said
    assert found.tally.dropped == 2


def test_the_same_sentence_is_not_said_twice():
    said, _ = release(Draft(*GOOD, GOOD[0]))
    assert len(texts(said)) == len(set(texts(said)))


def test_a_card_that_is_only_cited_is_named_unless_the_shopper_named_it():
    told = [("首选这部手机，1099 元（原价 1299 元），有货。", 1, 2), GOOD[2]]
    said, _ = release(Draft(*told))
    assert phone_shop.zh().sentences[1].text in texts(said)
    decision = phone_shop.zh()
    decision.understanding.referents.append(decision.cards[0].id)
    said, _ = release(Draft(*told), decision)
    assert phone_shop.zh().sentences[1].text not in texts(said)
