"""What customers say of a product, when nothing more is asked: the mean rating, praise first, then what they regret."""

import re

from catalog.model import Product
from catalog.text import fold
from guide.choose import cues, phrases
from guide.choose.draft import Draft
from guide.choose.rank import without_names
from guide.evidence import LIKED, Statement, localised, of_product, titles
from guide.model import Decision, Question
from index.api import tokens

_PRAISE = 2
_LONG = 160
"""Characters; a longer review is told only where no shorter one is."""
# What is left of a question that asks for opinions as such.
_FRAME = re.compile(
    r"怎么样|怎样|怎么|如何|什么|哪些|评价|觉得|认为|说|好不好|好用吗|值得买吗|呢|吗|的|对|这个|这款|它|有|都|"
    r"\b(?:what|how|do|does|did|are|is|the|a|an|of|on|for|about|it|this|like|think|say|saying|said|any|there|tell|me|"
    r"show|have|has|well|good|overall|general|in|from)\b",
    re.IGNORECASE,
)


def asked(question: Question, product: Product) -> bool:
    """Whether opinions as such are asked for, and no matter that they should speak to."""
    if not cues.asks_opinions(question.text):
        return False
    names = [*titles(product), product.brand or ""]
    rest = _FRAME.sub(" ", cues.without_opinions(fold(without_names(question.text, names))))
    return not tokens(rest)


def answer(draft: Draft, product: Product) -> Decision | None:
    """The rating and some reviews of both kinds; None when nobody has said anything."""
    reviews = [s for s in of_product(draft.view, product, draft.language) if s.source == "customer"]
    if not reviews:
        return None
    draft.show(product)
    _say_rating(draft, product)
    liked = sorted((s for s in reviews if _stars(s) >= LIKED), key=lambda s: _order(draft, s))
    others = sorted((s for s in reviews if _stars(s) < LIKED), key=lambda s: _order(draft, s))
    for statement in [*liked[:_PRAISE], *others[:1]]:
        draft.say(phrases.quoted(statement, draft.language), draft.cite(statement), kind="quote")
    return draft.decide("answered")


def _say_rating(draft: Draft, product: Product) -> None:
    if product.rating is None:
        return
    stars, title = f"{product.rating.value:g}", localised(product, draft.language)
    text = f"{title}的评分是 {stars} 星。" if draft.language == "zh" else f"{title} is rated {stars} stars."
    draft.say(text, draft.cite_title(product), draft.cite_rating(product, stars))


def _stars(statement: Statement) -> float:
    return statement.rating if statement.rating is not None else LIKED


def _order(draft: Draft, statement: Statement) -> tuple[bool, bool, float]:
    """Those in the answer's language first, short ones before long ones, then those with more stars."""
    return statement.language != draft.language, len(statement.quote) > _LONG, -_stars(statement)
