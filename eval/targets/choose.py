"""From the words of a command line to a target."""

import importlib.util
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from eval.errors import MissingExtraError, TargetOptionError
from eval.targets.mapped import Mapped
from eval.targets.mapping import Key, load
from eval.targets.model import Connection, Target
from eval.targets.native import Native
from eval.targets.openai import OpenAi

OPENAI = "openai:"


class TargetOptions(msgspec.Struct, kw_only=True, frozen=True):
    """What `run` says of its target."""

    target: str
    """Base address; `openai:` before it means an OpenAI-compatible server."""
    model: str | None = None
    """The model of such a server."""
    file: Path | None = None
    """Target file of any other JSON API."""
    key_env: str | None = None
    """Name of the environment variable with the key of a native or OpenAI-compatible target."""
    dont_know: Sequence[str] = ()
    """Regular expressions of an OpenAI-compatible server's don't-know sentences."""
    stream: bool = False
    """Ask for events, to see when the first text comes."""


def choose(options: TargetOptions, environment: Mapping[str, str] = os.environ) -> Target:
    """The target that the options describe.

    Raises:
        TargetOptionError: they do not go together, or something in them cannot be used.
        MissingExtraError: --stream without the library that reads events.
    """
    if options.stream and importlib.util.find_spec("httpx_sse") is None:
        raise MissingExtraError("httpx-sse", "eval")
    spoken = options.target.startswith(OPENAI)
    url = _address(options.target.removeprefix(OPENAI))
    if spoken != (options.model is not None):
        raise TargetOptionError("--target openai:URL and --model NAME go together")
    if options.dont_know and not spoken:
        raise TargetOptionError("--dont-know is for --target openai:URL; a target file has response.dont_know")
    if options.file is not None:
        if spoken or options.stream or options.key_env:
            raise TargetOptionError("a target file goes without openai:, --stream and --key-env; it has its own [key]")
        mapping = load(options.file)
        return Mapped(_connection(url, mapping.headers, mapping.key, environment), mapping)
    connection = _connection(url, {}, Key(env=options.key_env) if options.key_env else None, environment)
    if options.model is not None:
        return OpenAi(connection, options.model, dont_know=options.dont_know, stream=options.stream)
    return Native(connection, stream=options.stream)


def _address(url: str) -> str:
    """A base address that may be saved and printed."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TargetOptionError(f"{url!r} is no http(s) address, such as http://127.0.0.1:8000")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise TargetOptionError(
            "a target is a plain base address, it is saved with the answers: a key goes into an environment variable "
            "(--key-env), a query into a target file"
        )
    return url.rstrip("/")


def _connection(url: str, headers: dict[str, str], key: Key | None, environment: Mapping[str, str]) -> Connection:
    if key is None:
        return Connection(url=url, headers=headers)
    secret = environment.get(key.env, "").strip()
    if not secret:
        raise TargetOptionError(f"the environment variable {key.env} holds no key")
    return Connection(url=url, headers=headers, key=secret, key_header=key.header, key_scheme=key.scheme)
