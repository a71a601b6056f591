"""The application: settings in, Litestar out. `granian --factory guide.app:create_app` serves it."""

import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

import anyio.to_thread
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from guide import config
from guide.api.admin import AdminController
from guide.api.agents import agents
from guide.api.answers import AnswerController
from guide.api.ask import AskController
from guide.api.chat import ChatController
from guide.api.compare import CompareController
from guide.api.conversations import ConversationController
from guide.api.feedback import FeedbackController
from guide.api.health import HealthController
from guide.api.observed import Observed
from guide.api.pages import PageController
from guide.api.problems import respond
from guide.api.recommend import RecommendController
from guide.api.search import SearchController
from guide.api.shop import ShopController, release
from guide.api.ui_chat import UiChatController
from guide.api.unanswered import UnansweredController
from guide.config import Settings
from guide.drain import Drain
from guide.gauges import Gauges
from guide.live.runs import Runs
from guide.metrics import Metrics
from guide.security.http.admission import Admission
from guide.security.http.gate import PUBLIC, Gate
from guide.security.http.headers import browser_headers, cross_origin_headers
from guide.security.http.hits import FewHits
from guide.security.http.metering import Metering, quota_headers
from guide.security.quota import Quota
from guide.security.ring import KeyRing
from guide.shop import Opener, Shop, open_shop
from guide.watch import watching
from guide.worker import WorkerEngine


def create_app(settings: Settings | None = None, opener: Opener = open_shop) -> Litestar:
    """The API over the shop that `opener` opens; without settings they are read from the environment.

    Raises:
        ConfigError: a setting is wrong.
        KeyringError: the keys cannot be read.
    """
    settings = settings or config.load()
    metrics, ring = Metrics(), KeyRing(settings.data)
    admission = Admission(settings.limits.max_in_flight, settings.limits.max_in_flight_each)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None, None]:
        shop = await anyio.to_thread.run_sync(opener, settings)
        drain = Drain(settings.limits.drain_seconds)
        app.state.shop = served = replace(shop, engine=WorkerEngine(shop.engine, drain))
        app.state.runs = runs = Runs(shop.state, settings)
        # A thread that nobody waits for: questions are taken at once, and Ctrl-C need not wait for a model.
        threading.Thread(target=shop.warm, name="warm", daemon=True).start()
        try:
            from guide.mcp import server  # pydantic and the SDK are heavy

            async with server.serving(served, release()) as app.state.agents:
                gauges = metrics.following(Gauges(served, lambda: admission.held))
                with gauges, watching(shop, ring), drain.at_signals():
                    yield
        finally:
            await runs.close()
            shop.store.close()

    async def provide_runs(state: State) -> Runs:
        runs: Runs = state.runs
        return runs

    async def provide_shop(state: State) -> Shop:
        shop: Shop = state.shop
        return shop

    async def provide_metrics() -> Metrics:
        return metrics

    app = Litestar(
        route_handlers=[
            AskController,
            ChatController,
            UiChatController,
            SearchController,
            CompareController,
            RecommendController,
            ShopController,
            PageController,
            HealthController,
            AdminController,
            AnswerController,
            ConversationController,
            FeedbackController,
            UnansweredController,
            agents,
        ],
        lifespan=[lifespan],
        dependencies={
            "shop": Provide(provide_shop),
            "runs": Provide(provide_runs),
            "metrics": Provide(provide_metrics),
        },
        middleware=[
            Gate(ring, settings),
            Metering(Quota(settings), settings),
            admission,
        ],
        guards=[FewHits(settings.limits)],
        exception_handlers={HTTPException: respond, Exception: respond},
        before_send=[browser_headers, cross_origin_headers, quota_headers],
        logging_config=None,
        request_max_body_size=settings.limits.body_bytes,
        openapi_config=_openapi(),
    )
    app.asgi_handler = Observed(app.asgi_handler, metrics, settings.logs)
    return app


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Shopguide",
        use_handler_docstrings=True,
        version="1",
        description="Ask a shop in your own words: answers from its own records, with citations.",
        openapi_router=Router("/openapi.json", route_handlers=[], opt=PUBLIC, include_in_schema=False),
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
    )
