"""Which of all possible changes are written: some of each kind and language, over all shapes and products."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import TypeAlias

from bench.mutations import controls, figures, flips, invented, stale, swaps
from bench.mutations.kinds import CONTROLS, FAULTS, LANGUAGES, Mutation
from bench.mutations.saved import Statement
from bench.mutations.shop import Shop

Mutator: TypeAlias = Callable[[Statement, Shop, Random], Iterator[Mutation]]
MUTATORS: tuple[Mutator, ...] = (
    figures.number, figures.unit, swaps.product_swap, flips.flip, invented.invent, stale.stale, controls.same_amount,
    controls.same_fact, controls.politeness,
)  # fmt: skip
_EACH = 2
"""Most changes of one shape that are thought of for one statement."""
_OF_ONE = 3
"""Most rows of one shape in a kind and language about one product."""


def mutations(every: Sequence[Statement], shop: Shop, seed: int, count: int) -> list[Mutation]:
    """At most `count` of each kind in each language, the same for the same seed; ids tell kind, language and number."""
    random = Random(seed)
    pools: dict[tuple[str, str], dict[str, list[Mutation]]] = defaultdict(lambda: defaultdict(list))
    for one in candidates(every, shop, random):
        pools[one.kind, one.language][one.shape].append(one)
    found = []
    for kind in (*FAULTS, *CONTROLS):
        for language in LANGUAGES:
            for number, one in enumerate(spread(pools[kind, language], count, random)):
                one.id = f"{kind}-{language}-{number:03d}"
                found.append(one)
    return found


def candidates(every: Sequence[Statement], shop: Shop, random: Random) -> Iterator[Mutation]:
    """Some changes of each statement."""
    for statement in every:
        for mutate in MUTATORS:
            shapes: dict[tuple[str, str], list[Mutation]] = defaultdict(list)
            for one in mutate(statement, shop, random):
                if one.shape not in shop.shapes.leaves_out:
                    shapes[one.kind, one.shape].append(one)
            for found in shapes.values():
                yield from random.sample(found, min(_EACH, len(found)))
    for statement, following in pairwise(every):
        if statement.body is following.body and "swapped" not in shop.shapes.leaves_out:
            yield from controls.order(statement, following, shop)


def spread(shapes: dict[str, list[Mutation]], count: int, random: Random) -> Iterator[Mutation]:
    """Shape by shape in turn, each time of the product, and then of the statement, that had the fewest."""
    for found in shapes.values():
        random.shuffle(found)
    products: Counter[str] = Counter()
    shaped: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    made = 0
    while made < count and any(shapes.values()):
        for shape in sorted(name for name, found in shapes.items() if found):
            if made == count:
                return
            one = min(shapes[shape], key=lambda each: (asked[each.case, each.before], products[each.product]))
            shapes[shape].remove(one)
            if shaped[one.product, shape] == _OF_ONE:
                continue
            shaped[one.product, shape] += 1
            products[one.product] += 1
            asked[one.case, one.before] += 1
            made += 1
            yield one
