"""POST /v1/recommend: what is like some products, what suits a wish, or what buyers like best."""

from typing import Annotated

import anyio.to_thread
import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from guide.api.body import strict_json
from guide.api.compare import known
from guide.api.problems import responses
from guide.choose import advice, recommend
from guide.choose.draft import Draft
from guide.choose.recommend import Pick
from guide.listing import spoken
from guide.model import Question, Understanding
from guide.shop import Shop
from guide.wire.shapes import Recommendations, RecommendedCard, card, citation
from index.api import Filter, Query, View


class RecommendRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to go by; with nothing, the best rated of the whole shop."""

    product_ids: Annotated[list[str], msgspec.Meta(max_length=6)] = []
    """Products to find the like of, and what is sold together with them."""
    filters: Filter = msgspec.field(default_factory=Filter)
    """Hard constraints on every card."""
    query: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    """For whom or for what, in the shopper's words; a budget in it counts."""
    k: Annotated[int, msgspec.Meta(ge=1, le=20)] = 6
    """Most cards."""
    locale: str | None = None
    """Language of the cards (BCP-47); by default that of the query."""


class RecommendController(Controller):
    """Recommendations."""

    path = "/v1/recommend"
    tags = ("Shop",)

    @post(
        status_code=200,
        guards=[strict_json],
        opt={"admission": True},
        responses=responses(400, 404, 413, 415, 429, 500, 503),
    )
    async def recommend(
        self, data: JSONBody[RecommendRequest], shop: NamedDependency[SkipValidation[Shop]]
    ) -> Recommendations:
        """Recommend products that pass the filters, each with the reason from its own record; what can be had first."""
        return await anyio.to_thread.run_sync(recommended, data, shop)


def recommended(data: RecommendRequest, shop: Shop) -> Recommendations:
    """The recommendations, on one view.

    Raises:
        Problem: an id is no product's.
        FilterError: a filter names an unknown field, unit or currency.
    """
    view = shop.view()
    view.search(Query(filter=data.filters, k=1))  # a wrong filter is told, whatever else is asked
    question = Question(text=data.query, filters=data.filters, locale=data.locale)
    draft = Draft(_understood(question, data, shop, view), view)
    anchors = known(view, data.product_ids)
    if anchors:
        chosen, admitted = recommend.like(draft, anchors, data.filters, data.k), list[str]()
    else:
        chosen = recommend.liked(question, draft, data.filters, data.k)
        admitted = recommend.notices(draft, chosen)
    return Recommendations(
        products=[_card(draft, pick) for pick in chosen],
        citations=[citation(evidence) for evidence in draft.evidence],
        notices=admitted,
        language=draft.language,
        snapshot=view.snapshot,
        as_of=view.as_of,
        degraded=shop.store.degraded,
        reason=None if chosen else "nothing_passes",
    )


def _understood(question: Question, data: RecommendRequest, shop: Shop, view: View) -> Understanding:
    language = spoken(data.locale)
    if question.text.strip():
        read = shop.engine.understand(question, view)
        return msgspec.structs.replace(read, language=language or read.language)
    return Understanding(language=language or "en", intent="recommend", query="")


def _card(draft: Draft, pick: Pick) -> RecommendedCard:
    shown = draft.show(pick.product, pick.variant_id, advice.why(pick.reasons, draft.language), pick.unverified)
    fields = msgspec.structs.asdict(card(shown))
    return RecommendedCard(kind=pick.kind, citations=[draft.cite(statement) for statement in pick.reasons], **fields)
