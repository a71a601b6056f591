"""POST /v1/feedback: a shopper's word on an answer."""

from typing import Any

import msgspec
from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from guide.api import asking
from guide.api.body import strict_json
from guide.api.problems import responses
from guide.errors import QuestionError
from guide.live.runs import Runs
from guide.metrics import Metrics
from guide.problems import Problem
from guide.state.model import Feedback, Rating

_COMMENT_LENGTH = 2_000


class FeedbackRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is thought of an answer; sent again it replaces what was sent before."""

    answer_id: str
    rating: Rating
    comment: str = ""
    """Up to 2,000 characters."""


class FeedbackController(Controller):
    """Feedback."""

    path = "/v1/feedback"
    tags = ("Ask",)

    @post(status_code=204, guards=[strict_json], responses=responses(400, 404, 413, 415, 429, 500, 503))
    async def put(
        self,
        data: JSONBody[FeedbackRequest],
        request: Request[Any, Any, Any],
        runs: NamedDependency[SkipValidation[Runs]],
        metrics: NamedDependency[SkipValidation[Metrics]],
    ) -> None:
        """Say whether an answer was good."""
        if len(data.comment) > _COMMENT_LENGTH:
            raise QuestionError(f"comment has at most {_COMMENT_LENGTH:,} characters")
        said = Feedback(answer_id=data.answer_id, rating=data.rating, comment=data.comment)
        if not await runs.desk.run(runs.desk.state.feedback.put, said, asking.owner(request)):
            raise Problem("unknown_answer", "no answer of this key has this id, or it is no longer kept")
        metrics.rated(data.rating)
