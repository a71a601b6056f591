"""Answers from the shop's texts: a bare "Yes." only for those who asked that question; what only points asks back."""

from pathlib import Path

import pytest
from small_shop import built, view

from catalog.model import Faq, convert
from guide.choose import shoptext, unnamed
from guide.choose.draft import Draft
from guide.evidence import of_shop_text
from guide.model import Question, Understanding
from index.api import View


@pytest.fixture
def shop(tmp_path: Path) -> View:
    built(
        tmp_path,
        convert({"type": "faq", "id": "phone", "question": "Can I keep my account with a new phone number?",
                 "answer": "Yes. Change the phone number under Settings. Coupons of the account stay.",
                 "language": "en"}),
        convert({"type": "faq", "id": "wrap", "question": "能包装成礼物吗？",
                 "answer": "能。包装费每件 8 元，礼物卡片免费。", "language": "zh"}),
        convert({"type": "faq", "id": "open", "question": "Are you open on Sunday?", "answer": "Yes.",
                 "language": "en"}),
    )  # fmt: skip
    return view(tmp_path)


def told(shop: View, text: str) -> list[str]:
    language = "en" if text.isascii() else "zh"
    understanding = Understanding(language=language, intent="shop_question", query=text)
    return [one.text for one in shoptext.answer(Question(text=text), Draft(understanding, shop)).sentences]


def test_yes_answers_its_own_question(shop: View) -> None:
    assert told(shop, "Can I keep my account with a new phone number?")[0] == "Yes."
    assert told(shop, "能包装成礼物吗？")[0] == "能。"
    assert told(shop, "Are you open on Sunday?") == ["Yes."]


def test_yes_is_no_answer_to_how(shop: View) -> None:
    assert told(shop, "How do I keep my account with a new phone number?")[0].startswith("Change the phone number")
    assert told(shop, "包装成礼物多少钱？")[0].startswith("包装费每件 8 元")


def test_yes_is_no_answer_to_another_question(shop: View) -> None:
    said = told(shop, "Do coupons of the account stay under Settings?")
    assert said
    assert "Yes." not in said


@pytest.mark.parametrize(
    ("text", "odds", "outcome"),
    [
        ("这个行不行？", 1.5, "needs_clarification"),
        ("这个行不行？", 3.5, "answered"),
        ("这个包装质量好吗？", 3.5, "needs_clarification"),
        ("这个能包装成礼物吗？", 1.5, "answered"),
    ],
)
def test_what_only_points_asks_back_unless_a_text_surely_answers(
    shop: View, monkeypatch: pytest.MonkeyPatch, text: str, odds: float, outcome: str
) -> None:
    understanding = Understanding(language="zh", intent="product_question", query=text, unresolved="这个")
    wrap = shop.record("wrap")
    assert isinstance(wrap, Faq)
    ranked = [(odds, of_shop_text(wrap, "zh")[1])]
    monkeypatch.setattr(shoptext, "ranked_statements", lambda question, draft: ranked)
    assert unnamed.answer(Question(text=text), Draft(understanding, shop)).outcome == outcome
