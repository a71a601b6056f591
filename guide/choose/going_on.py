"""What is spoken of without being named: the product of the page, and what was shown last."""

import re

from catalog.model import Product
from guide.choose import compare, product, ranking, revise
from guide.choose.draft import Draft, product_of
from guide.model import Decision, Question, Understanding
from guide.understand import pointers
from guide.understand.elsewhere import BEYOND
from guide.understand.intent import plainly_off_topic
from index.api import View

_OTHERWISE = frozenset({"order", "smalltalk", "abuse", "shop_question", "recommend", "compare"})
"""Intents that a page's product is not the subject of."""
# Another product than the one on the page is wanted.
_ANOTHER = re.compile(
    r"推荐|类似|同款|(?:有没有|还有)(?:别|其)|其他(?:的|款)|更(?:便宜|好)|便宜(?:一?点|些)|换(?:一|个|款)|对比|比较|相比|"
    r"\b(?:recommend|similar|alternatives?|another|others?|cheaper|show me|find me|looking for|compared? (?:to|with)|"
    r"versus|vs)\b",
    re.IGNORECASE,
)


def on_page(question: Question, understanding: Understanding, view: View) -> Product | None:
    """The product whose page is asked on, where the question is no wish for another, no order and no shop rule."""
    if len(question.product_ids) != 1 or understanding.intent in _OTHERWISE or understanding.fact:
        return None
    beside_it = _ANOTHER.search(question.text) or BEYOND.intersection(understanding.unspoken)
    if beside_it or plainly_off_topic(question.text):
        return None
    named = [id_ for id_ in understanding.referents if id_ != question.product_ids[0]]
    return None if named else product_of(view, question.product_ids[0])


def gone_on(question: Question, draft: Draft) -> Decision | None:
    """What has no word of a shop in it and goes on with what was shown: anything cheaper, 穿久了会塌吗, 哪个轻."""
    if draft.understanding.intent != "off_topic":
        return None
    revised = revise.answer(question, draft)
    if revised is not None:
        return revised
    if len(pointers.shown(question)) > 1 and ranking.asked(question.text):
        return compare.answer(question, draft, list(pointers.shown(question)))
    shown = under_discussion(question, draft.understanding, draft.view)
    if shown and product.odds(question, draft, shown[0]) >= product.SURE:
        return product.answer(question, draft, shown[0])
    return None


def under_discussion(question: Question, understanding: Understanding, view: View) -> list[Product]:
    """The one product that was shown last, where the question names no other thing and is of no plain other matter."""
    ids = pointers.shown(question)
    if understanding.intent != "off_topic" or len(ids) != 1 or plainly_off_topic(question.text):
        return []
    found = product_of(view, ids[0])
    return [found] if found is not None else []
