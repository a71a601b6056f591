"""So many cases in fair shares: kinds and languages in turn, never the same question twice.

The same records, seed and choice of kinds give the same file; a larger `n` only adds to the end of it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from random import Random

import msgspec

from eval.cases import Case
from eval.generate import compares, declined, facts, sales, texts, turns, whole, wishes
from eval.generate.gold import Maker
from eval.generate.shop import Shop
from eval.generate.wordings import Language, in_turn

KINDS: dict[str, Maker] = {
    "fact": facts.facts,
    "paraphrase": facts.paraphrases,
    "budget": wishes.budgets,
    "brand": wishes.brands,
    "comparison": compares.comparisons,
    "shop_fact": whole.shop_facts,
    "text": texts.texts,
    "follow_up": turns.follow_ups,
    "promotion": sales.promotions,
    "no_attribute": declined.no_attribute,
    "not_sold": declined.not_sold,
    "out_of_scope": declined.out_of_scope,
    "elsewhere": declined.elsewhere,
}


def draw(
    shop: Shop, total: int, seed: int, languages: Sequence[Language], kinds: Sequence[str], clock: str | None
) -> list[Case]:
    """Up to `total` cases; fewer where the shop gives no more different questions.

    With `clock` every case names it as the time its answer is judged at.
    """
    streams = [_named(shop, kind, language, seed) for kind in kinds for language in languages]
    found: dict[str, Case] = {}
    for case in in_turn(streams):
        if len(found) == total:
            break
        case.clock = clock
        found.setdefault(_mark(case), case)
    return list(found.values())


def _named(shop: Shop, kind: str, language: Language, seed: int) -> Iterator[Case]:
    """The cases of one kind and language, with id, language and the kind's tag."""
    for case in KINDS[kind](shop, language, Random(f"{seed}/{kind}/{language}")):
        mark = hashlib.sha256(_mark(case).encode()).hexdigest()[:10]
        tags = [f"kind:{kind}", *case.tags]
        yield msgspec.structs.replace(case, id=f"{kind}-{language}-{mark}", language=language, tags=tags)


def _mark(case: Case) -> str:
    """What makes a question the same question: its words, the page, and what was shown before."""
    before = msgspec.json.encode([case.history, case.product_ids]).decode()
    return f"{case.question}\0{before}"
