"""/v1/admin: live changes of offers and promotions, and which snapshot is served. A secret key opens it."""

from datetime import UTC, datetime
from typing import Any

import anyio.to_thread
import msgspec
from litestar import Controller, Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, SkipValidation

from guide.api.body import strict_json
from guide.api.problems import responses
from guide.problems import Problem
from guide.security.http.gate import ADMIN
from guide.shop import Shop
from guide.wire import changes
from guide.wire.changes import MOST, Batch, OfferRow, Refused
from index import api as index

VISIBLE_WITHIN_MS = 1_000
"""What every worker keeps: it looks for live changes every 250 ms (guide/watch.py) and applies a batch in a few."""
_BODY_BYTES = 1024 * 1024
"""A thousand changes with long ids, with room."""


class OffersRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes that hold at once; offers come before promotions, each list in its order."""

    offers: list[OfferRow] = []
    promotions: list[dict[str, Any]] = []
    """Canonical promotion records, or `{"type": "delete", "id": …}` to end one."""


class OffersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a batch; what was accepted is on the disk."""

    accepted: int
    rejected: list[Refused]
    seq: int
    """Number of the last change that was accepted (0: none was)."""
    visible_within_ms: int


class Activation(msgspec.Struct, frozen=True, kw_only=True):
    """What a switch did; workers follow within a second and the time it takes to load."""

    before: str | None
    live: str
    changed: bool


class AdminController(Controller):
    """For the shop's own systems."""

    path = "/v1/admin"
    tags = ("Admin",)
    opt = ADMIN

    @patch(
        "/offers", status_code=200, guards=[strict_json], request_max_body_size=_BODY_BYTES,
        responses=responses(400, 401, 403, 413, 415, 500, 503),
    )  # fmt: skip
    async def offers(
        self,
        data: JSONBody[OffersRequest],
        request: Request[Any, Any, Any],
        shop: NamedDependency[SkipValidation[Shop]],
    ) -> OffersAnswer:
        """Change prices, list prices, availability, stock and promotions at once, up to 1,000 in a request.

        Each change stands by itself: what fits is kept, what does not is listed in `rejected`. The answer comes after
        the changes are on the disk.
        """
        if len(data.offers) + len(data.promotions) > MOST:
            raise Problem("batch_too_large", f"send at most {MOST:,} changes in a request")
        batch = changes.batch(data.offers, data.promotions)
        return await anyio.to_thread.run_sync(apply, batch, shop, request.auth.id)

    @get("/snapshots", sync_to_thread=True, responses=responses(401, 403, 500))
    def snapshots(self, shop: NamedDependency[SkipValidation[Shop]]) -> index.Status:
        """Every snapshot on the disk, oldest first, and which is live."""
        return index.status(shop.settings.data, datetime.now(UTC))

    @post("/snapshots/{name:str}/activate", status_code=200, responses=responses(401, 403, 404, 409, 500, 503))
    async def activate(
        self, name: FromPath[str], request: Request[Any, Any, Any], shop: NamedDependency[SkipValidation[Shop]]
    ) -> Activation:
        """Make a snapshot live once its files are checked; to roll back, activate the previous one."""
        return await anyio.to_thread.run_sync(switch, name, shop, request.auth.id)


def apply(batch: Batch, shop: Shop, by: str) -> OffersAnswer:
    """Keep the changes that fit, durably."""
    receipt = shop.store.append(batch.changes, by)
    rejected = batch.told(receipt.rejected)
    index.note(
        shop.settings.data, "offers", by=by, accepted=receipt.accepted, rejected=len(rejected),
        first_seq=receipt.first_seq, last_seq=receipt.last_seq,
    )  # fmt: skip
    return OffersAnswer(
        accepted=receipt.accepted, rejected=rejected, seq=receipt.last_seq, visible_within_ms=VISIBLE_WITHIN_MS
    )


def switch(name: str, shop: Shop, by: str) -> Activation:
    """Switch to a snapshot by name."""
    try:
        done = index.switch_on(shop.settings.data, name, by=by)
    except index.SnapshotMissingError as error:
        raise Problem("unknown_snapshot", "no snapshot has this name: see GET /v1/admin/snapshots") from error
    except index.SnapshotCorruptError as error:
        raise Problem("snapshot_damaged", f"{error}; the live snapshot stays") from error
    except index.BuildRefusedError as error:
        raise Problem("busy", "a build or switch is at work: try again when it has ended") from error
    return Activation(before=done.before, live=done.live, changed=done.changed)
