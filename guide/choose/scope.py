"""The request's own filters hold for every card: a product that breaks one is not shown, and the text says why."""

import msgspec

from catalog.model import Product
from guide.choose import phrases
from guide.choose.draft import Draft, product_of
from guide.evidence import localised
from guide.model import Decision, Question
from index.api import Filter, FilterError, Query, View


def passes(view: View, scope: Filter, product_id: str) -> bool:
    """Whether any variant of the product passes; a filter that names an unknown field lets nothing through."""
    if not scope:
        return True
    if scope.ids and product_id not in scope.ids:
        return False
    try:
        return bool(view.search(Query(filter=msgspec.structs.replace(scope, ids=[product_id]), k=1)).hits)
    except FilterError:
        return False


def held(question: Question, decision: Decision, draft: Draft) -> Decision:
    """The decision as it is, or "nothing passes" with the filters that its products break."""
    view, scope = draft.view, question.filters
    outside = [card.id for card in decision.cards if not passes(view, scope, card.id)]
    products = [product for id_ in outside if (product := product_of(view, id_)) is not None]
    if not products:
        return decision
    said = Draft(draft.understanding, view)
    for product in products:
        title = localised(product, said.language)
        broken = ", ".join(_broken(view, scope, product))
        said.say(phrases.text("outside", said.language, title=title, words=broken), kind="notice")
    return said.decide("no_match", "nothing_passes")


def _broken(view: View, scope: Filter, product: Product) -> list[str]:
    """The filters that the product breaks by themselves; all that are set when it breaks them only together."""
    empty = Filter()
    named = {name: getattr(scope, name) for name in Filter.__struct_fields__}
    alone = {name: msgspec.structs.replace(empty, **{name: value}) for name, value in named.items()}
    given = [name for name, value in named.items() if value != getattr(empty, name)]
    return [name for name in given if not passes(view, alone[name], product.id)] or given
