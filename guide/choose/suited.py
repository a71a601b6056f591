"""Wishes for somebody or some occasion that name no kind of thing: products whose own records speak of them.

A record speaks of an audience when a text, review or answer of it names them as somebody it is good for, when the shop
tags it so, or when it states an age for them. Which words name whom is the understanding's matter, so that what is read
in a question is what is found in a record.
"""

import re
from collections.abc import Iterator, Set
from typing import get_args

from catalog.model import Product
from guide.evidence import LIKED, Statement, joined, of_product
from guide.model import Audience, Language, Understanding
from guide.understand import purposes
from index.api import View

# A mention alone is none: a child lock, 家长可以设断网.
_SUITS = re.compile(
    r"适合|适用|送|给|买来|喜欢|爱|专为|专门|放心|也能|方便|好用|够用|正好|带|"
    r"\bfor\b|\bsuits?\b|\bsuitable\b|\bgifts?\b|\blov(?:e|es|ed)\b|\blik(?:es|ed)\b|\bideal\b|\bperfect\b|\bgreat\b|\beasy\b|"
    r"\bdesigned\b|\btook\b|\bbrought\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"不(?:太)?(?:适合|建议|推荐|适用|能给|要给)|别给|慎|禁|避免|远离|监护|就是重|"
    r"\bnot (?:for|suitable|recommended|intended)\b|\bkeep (?:away|out)\b|\bunsuitable\b|\btoo \w+ for\b|\bsupervis",
    re.IGNORECASE,
)
_AGES: Set[str] = {"child", "baby"}
_OTHERS: Set[str] = {"child", "baby", "pet"}
_PEOPLE: Set[str] = set(get_args(Audience))
_LONGEST = {"zh": 60, "en": 160}
"""Characters of a quote that still reads as a reason."""
_SPOKEN: dict[str, dict[Language, str]] = {"gift": {"zh": "礼物", "en": "gift"}}
"""What a purpose is called where the shopper's own word (送) says nothing by itself."""


def wanted(understanding: Understanding) -> set[str]:
    """For whom and for what, if the wish says so."""
    return {*understanding.audience, *understanding.occasion}


def words(understanding: Understanding, names: Set[str]) -> str:
    """These purposes in the shopper's own words."""
    language = understanding.language
    said = [
        _SPOKEN.get(c.value, {}).get(language, c.text.strip())
        for c in understanding.constraints
        if c.kind in {"audience", "occasion"} and c.value in names
    ]
    return joined(dict.fromkeys(said), language)


def speaks(view: View, product: Product, names: Set[str], language: Language) -> Statement | None:
    """The statement that speaks of most of the names, in the answer's language first; None if none does."""

    def rank(row: tuple[int, Statement]) -> tuple[int, bool, bool, int]:
        count, statement = row
        return count, statement.language == language, not statement.key, -len(statement.quote)

    found = [(len(covers(s, names)), s) for s in _statements(view, product, language)]
    best = max(found, key=rank, default=None)
    return best[1] if best is not None and best[0] else None


def covers(statement: Statement, names: Set[str]) -> set[str]:
    """Which of the names a statement speaks of."""
    if statement.key == "suitable_age":
        return set(_AGES & names)
    found = purposes.named(statement.quote, names)
    if not found or statement.field == "tags":
        return found
    return found if _SUITS.search(statement.quote) and not _WARNS.search(statement.quote) else set()


def for_others(product: Product, names: Set[str]) -> bool:
    """Whether its category is for children or pets, and the wish is for somebody else."""
    if not names & _PEOPLE or names & {*_OTHERS, "family"}:
        return False
    return bool(purposes.named(" ".join(product.categories), _OTHERS))


def _statements(view: View, product: Product, language: Language) -> Iterator[Statement]:
    for statement in of_product(view, product, language):
        poor = statement.source == "customer" and (statement.rating or 0.0) < LIKED
        long = len(statement.quote) > _LONGEST["zh" if statement.language == "zh" else "en"]
        if statement.variant_id is None and not poor and not long:
            yield statement
    for tag in product.tags:
        yield Statement(record_id=product.id, field="tags", quote=tag, language="en", source="merchant")
