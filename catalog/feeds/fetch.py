"""A feed from an http(s) address, guarded: see `catalog.feeds.address` for where it may come from."""

import asyncio
from pathlib import Path
from urllib.parse import urljoin

import httpx

from catalog.errors import FeedError
from catalog.feeds.address import Target, checked
from catalog.feeds.bounds import Bounds, Intake
from catalog.feeds.names import source_name
from catalog.feeds.reader import FeedFile

_REDIRECTS = 3
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
"""Seconds of silence; the whole fetch is bounded by `Bounds.seconds`, however slowly a server drips."""
_ENCODINGS = {"", "identity", "gzip", "x-gzip"}
"""Content encodings whose size stays known; gzip is undone by `unpack`, within its bounds."""
_HEADERS = {"Accept-Encoding": "gzip, identity", "User-Agent": "shopguide-feed/1"}


def fetched(url: str, folder: Path, bounds: Bounds, *, allow_private: bool = False) -> FeedFile:
    """The address's content as a file in `folder`, possibly still packed.

    Raises:
        FeedError: a refused address, no answer, no 200, more than three redirects, or over the bounds.
    """
    return asyncio.run(_in_time(url, folder / "fetched", bounds, allow_private))


async def _in_time(url: str, path: Path, bounds: Bounds, allow_private: bool) -> FeedFile:
    target = checked(url, allow_private=allow_private)
    source = source_name(target.path.partition("?")[0].strip("/").replace("/", "-") or target.host)
    try:
        async with asyncio.timeout(bounds.seconds):
            await _follow(url, target, path, bounds, allow_private)
    except httpx.HTTPError as error:
        raise FeedError(f"{target.shown} cannot be fetched: {error or type(error).__name__}") from error
    except TimeoutError as error:
        raise FeedError(f"{target.shown} took longer than {bounds.seconds:g} s") from error
    return FeedFile(path, target.shown, source)


async def _follow(url: str, target: Target, path: Path, bounds: Bounds, allow_private: bool) -> None:
    name = target.shown
    # No proxy and no netrc of the environment: the connection must go to the address that was checked.
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as client:
        for _ in range(_REDIRECTS + 1):
            location = await _get(client, target, path, Intake(name, bounds))
            if location is None:
                return
            url = urljoin(url, location)
            following = checked(url, allow_private=allow_private)
            if target.scheme == "https" and following.scheme == "http":
                raise FeedError(f"{name} redirects from https to http")
            target = following
    raise FeedError(f"{name} redirects more than {_REDIRECTS} times")


async def _get(client: httpx.AsyncClient, target: Target, path: Path, intake: Intake) -> str | None:
    """Write the answer to `path`, or return where it redirects to."""
    request = client.build_request(
        "GET",
        target.url,
        headers={**_HEADERS, "Host": target.netloc},
        # TLS greets, and checks the certificate of, the host that was asked for, not the number it resolved to.
        extensions={"sni_hostname": target.host},
    )
    answer = await client.send(request, stream=True)
    try:
        if answer.has_redirect_location:
            return str(answer.headers["Location"])
        if answer.status_code != httpx.codes.OK:
            raise FeedError(f"{target.shown} answers {answer.status_code} {answer.reason_phrase}")
        if answer.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
            raise FeedError(f"{target.shown} is encoded as {answer.headers['Content-Encoding']}: send gzip or plain")
        with intake.into(path) as put:
            async for chunk in answer.aiter_raw():
                put(chunk)
    finally:
        await answer.aclose()
    return None
