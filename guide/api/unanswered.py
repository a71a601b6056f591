"""/v1/admin/unanswered: what shoppers asked and the records do not tell, so that the catalog team can fill the gaps."""

from typing import Annotated

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

from guide.api.conversations import moment
from guide.api.problems import responses
from guide.live.runs import Runs
from guide.security.http.gate import ADMIN
from guide.state.model import GapGroup, GapPlace
from guide.wire import cursor as cursors


class UnansweredGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A question in these or nearly these words: width, case, blanks and punctuation make no difference."""

    question: str
    """As it was asked last, without e-mail addresses, telephone and card numbers."""
    count: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    """How often for which reason; `unstated` where the outcome has none."""
    languages: list[str]
    last_seen: str
    """ISO 8601 in UTC."""


class UnansweredAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page, most frequent first; `cursor` leads to the next (null: this is the last)."""

    questions: list[UnansweredGroup]
    cursor: str | None


class UnansweredController(Controller):
    """For the catalog team."""

    path = "/v1/admin/unanswered"
    tags = ("Admin",)
    opt = ADMIN

    @get(responses=responses(400, 401, 403, 500, 503))
    async def unanswered(
        self,
        runs: NamedDependency[SkipValidation[Runs]],
        k: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
        cursor: Annotated[str | None, QueryParameter()] = None,
    ) -> UnansweredAnswer:
        """Questions without an answer (`unanswerable`, `no_match`), counted together where they say the same."""
        after = cursors.unpack(cursor, GapPlace) if cursor else None
        groups = await runs.desk.run(runs.desk.state.unanswered.page, k + 1, after)
        page, rest = groups[:k], groups[k:]
        return UnansweredAnswer(
            questions=[_shown(group) for group in page], cursor=cursors.pack(_place(page[-1])) if rest else None
        )


def _place(group: GapGroup) -> GapPlace:
    return GapPlace(group.count, group.last_seen, group.folded)


def _shown(group: GapGroup) -> UnansweredGroup:
    return UnansweredGroup(
        question=group.text, count=group.count, outcomes=group.outcomes, reasons=group.reasons,
        languages=group.languages, last_seen=moment(group.last_seen),
    )  # fmt: skip
