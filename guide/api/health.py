"""/healthz, /readyz and /metrics: for the machines that look after this one."""

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from guide.live.runs import Runs
from guide.live.transcript import UNAVAILABLE
from guide.metrics import Metrics
from guide.security.http.gate import OPERATOR, PUBLIC
from guide.shop import Shop


class Health(msgspec.Struct, frozen=True):
    """The process answers."""

    status: str


class Readiness(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ready` or `degraded`; questions are answered either way."""

    status: str
    snapshot: str
    degraded: list[str]
    why: str | None = None
    """What is wrong with the live snapshot, where an older one is served."""


class HealthController(Controller):
    """Liveness, readiness and figures."""

    tags = ("Operations",)

    @get("/healthz", sync_to_thread=False, opt=PUBLIC)
    def healthz(self) -> Health:
        """Whether the process is alive."""
        return Health("ok")

    @get("/readyz", sync_to_thread=False, opt=PUBLIC)
    def readyz(
        self, shop: NamedDependency[SkipValidation[Shop]], runs: NamedDependency[SkipValidation[Runs]]
    ) -> Readiness:
        """Whether questions are answered, and what is missing for the best answers."""
        reasons = shop.store.degraded + ([UNAVAILABLE] if runs.desk.failing else [])
        return Readiness("degraded" if reasons else "ready", shop.view().snapshot, reasons, shop.store.refused)

    @get("/metrics", sync_to_thread=False, opt=OPERATOR, media_type="text/plain; version=0.0.4")
    def metrics_text(self, metrics: NamedDependency[SkipValidation[Metrics]]) -> Response[bytes]:
        """Figures in Prometheus' text format, of the worker that answers."""
        return Response(metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")
