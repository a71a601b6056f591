"""/v1/answers: reading an answer again, or further, after the connection broke."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, SkipValidation

from guide.api import asking
from guide.api.ask import streamed
from guide.api.problems import responses
from guide.live.runs import Runs
from guide.shop import Shop


class AnswerController(Controller):
    """Answers that were begun."""

    path = "/v1/answers"
    tags = ("Ask",)

    @get("/{answer_id:str}/events", responses=responses(400, 404, 500, 503))
    async def events(
        self,
        answer_id: FromPath[str],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
        runs: NamedDependency[SkipValidation[Runs]],
        last_event_id: Annotated[int, HeaderParameter(name="Last-Event-ID", ge=0)] = 0,
    ) -> Response[Any]:
        """The events of an answer after `Last-Event-ID`, those to come included; nothing is generated again."""
        events = await runs.resume(answer_id, asking.owner(request), last_event_id)
        return streamed(events, shop.settings.limits, last_event_id)
