import asyncio
from contextlib import aclosing

import phone_shop
import pytest

from guide.errors import GeneratorError
from guide.write.composer import Composer
from guide.write.generator import Generator


class Scripted:
    """A model that says what it is told to, and remembers whether it was stopped."""

    def __init__(self, *pieces, error=None):
        self.pieces, self.error, self.closed = pieces, error, False

    async def stream(self, messages, max_tokens, deadline):
        try:
            for piece in self.pieces:
                yield piece
            if self.error:
                raise self.error
        finally:
            self.closed = True

    async def aclose(self):
        """Nothing to let go."""


def write(model, decision=None):
    async def run():
        writer = Generator(model)
        return [s async for s in writer.write(phone_shop.EN_QUESTION, decision or phone_shop.en())]

    return asyncio.run(run())


def test_sentences_come_with_their_marks_and_tags_become_titles():
    sentences = write(Scripted("P1 runs 30 ho", "urs. [3] **It** costs ¥1,099 [2", "]. Good"))
    assert [(s.text, s.citations) for s in sentences] == [
        (f"{phone_shop.EN_N20} runs 30 hours.", [3]),
        ("It costs ¥1,099.", [2]),
        ("Good", []),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("P1 · a customer says: it fits. [14]", "A customer says: it fits."),
        ("finding: It runs 30 hours. [3]", "It runs 30 hours."),
        ("A customer says: “It fits.", "A customer says: “It fits.”"),
        ('It says "it fits. [1]', 'It says "it fits."'),
        ('and it lasts." [1]', "and it lasts."),
        ('The screen is 6.7". [1]', 'The screen is 6.7".'),
    ],
)
def test_notation_of_the_sheet_and_half_a_pair_of_quotes_do_not_reach_a_shopper(written, said):
    assert [s.text for s in write(Scripted(written))] == [said]


@pytest.mark.parametrize(
    "pieces", [(), ("  \n",), ("\ufffd\ufffd is.",), ("aaaaaaaaaaaaaaaaaaaa.",), ("word " * 200,), ("***",)]
)
def test_nothing_usable_is_an_error(pieces):
    with pytest.raises(GeneratorError):
        write(Scripted(*pieces))


def test_a_model_that_repeats_itself_is_stopped():
    model = Scripted(*["It runs 30 hours. "] * 50)
    assert len(write(model)) == 1
    assert model.closed


def test_a_reader_who_leaves_stops_the_model():
    model = Scripted("One. ", "Two. ", "Three.")

    async def run():
        async with aclosing(Generator(model).write(phone_shop.EN_QUESTION, phone_shop.en())) as sentences:
            await anext(sentences)

    asyncio.run(run())
    assert model.closed


def test_the_composer_says_the_decision_as_it_is():
    async def run():
        return [s async for s in Composer().write(phone_shop.ZH_QUESTION, phone_shop.zh())]

    assert asyncio.run(run()) == phone_shop.zh().sentences
