"""What changes when an encoder is there: statements are found by meaning, and an answer is not marked degraded."""

from datetime import UTC, datetime

import pytest
from asking import ask
from fake_encoder import HashEncoder
from small_shop import built, offer, product

from catalog.model import convert
from index import api, models

LAMP = product(
    "lamp",
    "Kappa desk lamp",
    brand="Kappa",
    categories=["Lamps"],
    offer=offer("20.00"),
    description="It dims smoothly. The cord measures two metres.",
)
RULES = [
    convert({"type": "faq", "id": id_, "question": asked, "answer": said, "language": "en", "source": "erp"})
    for id_, asked, said in [
        ("faq-1", "Can I return goods?", "Returns are taken for ten days."),
        ("faq-2", "Where is your office?", "By the old harbour."),
        ("faq-3", "Who pays customs duty?", "The buyer does."),
        ("faq-4", "Which cards work?", "All big ones."),
    ]
]


@pytest.fixture
def store(tmp_path, monkeypatch):
    pytest.importorskip("faiss")
    monkeypatch.setattr(models, "load", lambda _name, _threads: HashEncoder())
    built(tmp_path, LAMP, *RULES, encoder="fake")
    opened = api.open(tmp_path)
    yield opened
    opened.close()


def test_words_nearly_the_same_are_found_by_meaning_once_the_encoder_is_warm(store):
    text = "Kappa desk lamp: dimmable smoothness?"
    cold = ask(store.view(datetime.now(UTC)), text)
    assert cold.done.degraded == ["encoder_loading"]
    assert cold.ended == ("unanswerable", "no_field")
    store.warm()
    warm = ask(store.view(datetime.now(UTC)), text)
    assert warm.done.degraded == []
    assert warm.ended == ("answered", None)
    assert "It dims smoothly." in warm.text


def test_a_shop_text_is_found_by_meaning_too(store):
    store.warm()
    told = ask(store.view(datetime.now(UTC)), "Can goods be returned?")
    assert told.ended == ("answered", None)
    assert told.citations[0].record_id == "faq-1"
