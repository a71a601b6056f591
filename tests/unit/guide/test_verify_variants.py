"""A price of some variants is said of them: "it costs ¥329" is no true sentence where the pink one costs ¥309."""

import pytest

from guide.choose import choose
from guide.engine import Engine
from guide.model import Decision, Question, Sentence
from guide.verify import Verifier
from index.api import View

ZH, EN = (
    "听涧 漂流 2 真无线入耳式降噪耳机多少钱？",
    "How much are the Tingjian Drift 2 true wireless noise-cancelling earbuds?",
)


def decided(view: View, question: str) -> Decision:
    asked = Question(text=question)
    return choose(asked, Engine().understand(asked, view), view)


@pytest.mark.parametrize(("question", "text", "kept"), [
    (ZH, "听涧 漂流 2 现在卖 ¥329。", False), (ZH, "这款耳机卖 309 元。", False),
    (ZH, "听涧 漂流 2 白色和黑色卖 ¥329。", True), (ZH, "粉色的只要 309 元。", True),
    (ZH, "听涧 漂流 2 ¥309 起。", True), (ZH, "价格是 ¥309 到 ¥329。", True),
    (EN, "The Drift 2 costs ¥329.", False), (EN, "The pink ones cost ¥309.", True),
    (EN, "The Drift 2 costs ¥329 in black.", True), (EN, "It costs from ¥309, depending on the color.", True),
])  # fmt: skip
def test_a_price_of_some_variants_names_them(sample_view, question, text, kept):
    decision = decided(sample_view, question)
    offers = [one.n for one in decision.evidence if one.variant_id]
    assert len(offers) == 3
    verdict = Verifier(decision, Question(text=question)).check(Sentence(text=text, citations=offers))
    assert ("variant" not in dict(verdict.reasons)) == kept, verdict


def test_where_all_variants_cost_the_same_none_needs_a_name(sample_view):
    question = "听涧 漂流 2 无线充版多少钱"
    decision = decided(sample_view, question)
    offers = [one.n for one in decision.evidence if one.variant_id]
    assert len(offers) > 1
    assert Verifier(decision, Question(text=question)).check(Sentence(text="它卖 ¥379。", citations=offers)).kept
