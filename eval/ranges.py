"""Which products a case is about, by its own gold: what its answer may count, list and rank."""

import datetime as dt
from collections.abc import Iterable

from eval.answer import Answer
from eval.cases import Case, Filter
from eval.metrics.constraints import satisfies
from eval.truth import Truth


def matching(truth: Truth, case: Case, now: dt.datetime) -> frozenset[str] | None:
    """The products that meet the case's constraints; None where they do not say the whole wish.

    Constraints are necessary conditions. That some product meets them proves a match only if the case takes an
    answer for right; that none does proves that there is no match.
    """
    if case.constraints is None:
        return None
    found = _meeting(truth, case.constraints, now)
    return found if not found or "answered" in case.accepted else None


def ranges(truth: Truth, case: Case, answer: Answer, now: dt.datetime) -> tuple[frozenset[str], ...]:
    """The sets of products that a statement about "all of them" may mean, widest first.

    Those that meet the constraints; or else the category that the relevant products (or those shown and cited)
    have in common, and the relevant products themselves.
    """
    if case.constraints is not None:
        return (_meeting(truth, case.constraints, now),)
    relevant = _products(truth, case.relevant)
    shown = [card.id for card in answer.products] + [citation.record_id for citation in answer.citations]
    leaves = {truth.leaf(id_) for id_ in relevant or _products(truth, shown)}
    leaf = leaves.pop() if len(leaves) == 1 else None
    wide = truth.in_category(leaf) if leaf else frozenset()
    return tuple(ids for ids in dict.fromkeys((wide, relevant)) if ids)


def _meeting(truth: Truth, wanted: Filter, now: dt.datetime) -> frozenset[str]:
    return frozenset(product.id for product in truth.products() if satisfies(truth, product.id, None, wanted, now))


def _products(truth: Truth, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(product.id for id_ in ids if (product := truth.product(id_)))
