"""The widget, its configuration and the pages that show it; every file is served from the package."""

import mimetypes
from importlib.resources import files

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from guide.problems import Problem
from guide.security.http.gate import PUBLIC
from guide.shop import Shop

_STATIC = {item.name: item.read_bytes() for item in (files("guide") / "static").iterdir() if item.is_file()}
_HEADERS = {"cache-control": "no-cache"}


class WidgetConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the widget needs before the first question."""

    name: str
    examples: dict[str, list[str]]
    question_bytes: int
    history_turns: int


class PageController(Controller):
    """Pages and the widget."""

    tags = ("Widget",)

    @get("/v1/widget/config", sync_to_thread=False)
    def config(self, shop: NamedDependency[SkipValidation[Shop]]) -> WidgetConfig:
        """Name, example questions and limits for the widget."""
        limits = shop.settings.limits
        widget = shop.settings.widget
        return WidgetConfig(
            name=widget.name,
            examples=widget.examples,
            question_bytes=limits.question_bytes,
            history_turns=limits.history_turns,
        )

    @get("/", sync_to_thread=False, include_in_schema=False, opt=PUBLIC)
    def index(self, shop: NamedDependency[SkipValidation[Shop]]) -> Response[bytes]:
        """The page where one can ask."""
        return _page("index.html", shop)

    @get("/p/{product_id:str}", sync_to_thread=False, include_in_schema=False, opt=PUBLIC)
    def product(self, shop: NamedDependency[SkipValidation[Shop]]) -> Response[bytes]:
        """A sample product page, with the widget in its corner."""
        return _page("product.html", shop)

    @get("/docs", sync_to_thread=False, include_in_schema=False, opt=PUBLIC)
    def docs(self) -> Response[bytes]:
        """The API, readable; drawn in the browser from /openapi.json."""
        return _file("docs.html")

    @get("/widget.js", sync_to_thread=False, include_in_schema=False, opt=PUBLIC)
    def widget(self) -> Response[bytes]:
        """The widget, in one file; any listed origin may load it."""
        response = _file("widget.js")
        response.headers["cross-origin-resource-policy"] = "cross-origin"
        return response

    @get("/static/{name:str}", sync_to_thread=False, include_in_schema=False, opt=PUBLIC)
    def static(self, name: FromPath[str]) -> Response[bytes]:
        """Styles and scripts of the pages."""
        return _file(name)


def _page(name: str, shop: Shop) -> Response[bytes]:
    """A sample page; its script reads the publishable key from the root element."""
    response, key = _file(name), shop.settings.widget.key
    if key:
        response.content = response.content.replace(b"<html ", b'<html data-key="%s" ' % key.encode(), 1)
    return response


def _file(name: str) -> Response[bytes]:
    content = _STATIC.get(name)
    if content is None:
        raise Problem("not_found", f"no file is named {name[:100]!r}")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=_HEADERS)
