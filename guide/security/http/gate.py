"""The gate before every route: who may come in, with which key, from which page.

| access of a route | without any key made        | once a key was made  |
|-------------------|-----------------------------|----------------------|
| public            | this machine                | everybody            |
| shopper (default) | this machine                | any valid key        |
| operator          | this machine                | a secret key         |
| admin             | nobody                      | a secret key         |

A route names its access in `opt`. Keys travel as `Authorization: Bearer ...` and nowhere else: never in an address.
"""

from typing import Literal, TypeAlias

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from guide.config import LOOPBACK, Settings
from guide.problems import Problem
from guide.security.http.headers import PREFLIGHT
from guide.security.keys import Key
from guide.security.ring import KeyRing

Access: TypeAlias = Literal["public", "shopper", "operator", "admin"]
PUBLIC: dict[str, Access] = {"access": "public"}
OPERATOR: dict[str, Access] = {"access": "operator"}
ADMIN: dict[str, Access] = {"access": "admin"}


class Gate(ASGIMiddleware):
    """Refuses before anything is read; the key that opened is `request.auth`."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, ring: KeyRing, settings: Settings) -> None:
        self._ring = ring
        self._allowed = frozenset(settings.allowed_origins)
        self._reachable = settings.host not in LOOPBACK

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Check host, origin and key, in this order."""
        headers = Headers.from_scope(scope)
        host = headers.get("host", "")
        keyed = self._ring.keyed or self._reachable
        if not keyed and _name(host) not in LOOPBACK:
            raise Problem("host_refused", f"host {host[:100]!r} is not this machine; use 127.0.0.1 or localhost")
        self._check_origin(scope, headers.get("origin"), host, self._allowed | self._ring.origins())
        if _method(scope) == "OPTIONS":
            scope["state"]["preflight"] = PREFLIGHT
        else:
            access: Access = scope["route_handler"].opt.get("access", "shopper")
            key = self._key(access, headers, keyed=keyed)
            scope["auth"] = key
            if key is not None:
                self._check_origin(scope, headers.get("origin"), host, self._allowed | set(key.origins))
        await next_app(scope, receive, send)

    @staticmethod
    def _check_origin(scope: Scope, origin: str | None, host: str, listed: frozenset[str]) -> None:
        """A page of another origin may ask only when it is listed: CORS alone does not stop a simple request."""
        if not origin:
            return
        if origin not in listed and origin.partition("://")[2] != host:
            scope["state"].pop("cors_origin", None)
            raise Problem(
                "origin_refused", f"origin {origin[:100]!r} is not in allowed_origins and not one of the key's"
            )
        scope["state"]["cors_origin"] = origin

    def _key(self, access: Access, headers: Headers, *, keyed: bool) -> Key | None:
        if not keyed and access == "admin":
            raise Problem("admin_closed", "there are no keys yet: `guide keys add --kind secret` makes one")
        if not keyed or access == "public":
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem("key_missing", "send a key as `Authorization: Bearer KEY`; `guide keys add` makes one")
        key = self._ring.find(token.strip())
        if key is None:
            raise Problem("key_refused", "the key is unknown, revoked or expired; see `guide keys list`")
        if access != "shopper" and key.kind != "secret":
            raise Problem("secret_key_needed", "this address needs a secret key (sk_), which no page may hold")
        return key


def _method(scope: Scope) -> str:
    return scope["method"] if scope["type"] == ScopeType.HTTP else ""


def _name(host: str) -> str:
    """The host without its port; [::1] keeps its brackets."""
    return host if host.endswith("]") else host.rpartition(":")[0] if ":" in host else host
