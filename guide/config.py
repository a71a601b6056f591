"""Settings: a TOML file, then the environment, then the command line; the later wins.

`SHOPGUIDE_PORT=9000` sets `port`, `SHOPGUIDE_LIMITS__MAX_IN_FLIGHT=8` sets `limits.max_in_flight`,
and lists are parted by commas.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec

from guide.errors import ConfigError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_PREFIX = "SHOPGUIDE_"
# For the sample shop; a real shop sets its own.
_EXAMPLES = {
    "zh": ["500 元以内的降噪耳机有哪些？", "支持七天无理由退货吗？", "对比南榆 N20 和 X5 Pro"],
    "en": ["Which noise-cancelling headphones cost under ¥500?", "How long do I have to return something?",
           "What is the cheapest phone you sell?"],
}  # fmt: skip


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one worker takes on, and from whom."""

    max_in_flight: int = 32
    """Questions and searches answered at once; the next one is told 503 with Retry-After."""
    question_bytes: int = 16 * 1024
    """Longest question in UTF-8 bytes; a longer one is told 413."""
    body_bytes: int = 64 * 1024
    """Longest request body, history included; a longer one is told 413."""
    per_key: str = "600/minute"
    """What all callers of one publishable key may ask together; more is a 429. Empty: no limit."""
    per_address: str = "60/minute;1000/hour"
    """What one address may ask with publishable keys. Empty: no limit."""
    storage: str = ""
    """Where several workers count together, e.g. redis://127.0.0.1:6379/0; without it each allows its part."""
    trusted_proxies: list[str] = []
    """Addresses or networks of your own proxies; only they may say for whom they ask (X-Forwarded-For)."""
    publishable_k: int = 50
    """Most hits a page that a publishable key may ask for, unless it carries its own; more is a 403."""
    max_in_flight_each: int = 8
    """Questions and searches of one address with publishable keys at once; the next one is told 429."""
    history_turns: int = 40
    """Most turns of `history`; more is a 400."""
    ping_seconds: float = 15.0
    """A silent stream sends a comment this often, so that proxies keep it open."""
    drain_seconds: int = 5
    """After SIGTERM open answers get this long, then end with an error; the process ends within one more second."""


class GeneratorSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An OpenAI-compatible endpoint that puts answers in its own words; without `url` the Composer writes."""

    url: str = ""
    """Base address that ends in /v1, e.g. http://127.0.0.1:8080/v1, or `local` to run `model` in this process."""
    model: str = ""
    """Model name as the endpoint lists it; with `local` a model folder or hub name for transformers."""
    key_env: str = ""
    """Name of the environment variable that holds the API key (the key itself is never in a file)."""
    timeout_seconds: float = 20.0
    """From request to the last token; after it the Composer answers."""
    max_tokens: int = 220
    """Most tokens of one answer."""
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0
    """How freely an endpoint words an answer; at 0 it says the same again. A model in this process is always at 0."""


class StateSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is kept of shoppers, where, and for how long."""

    url: str = ""
    """Database as SQLAlchemy addresses it, e.g. postgresql+psycopg://…; empty: the file state.db in the data folder."""
    retention_days: float = 30.0
    """Conversations, feedback and unanswered questions are removed this long after they were last used."""
    turns_kept: int = 200
    """Turns kept of a conversation; beyond it the oldest go. The last `limits.history_turns` of them are read."""
    replay_seconds: float = 300.0
    """How long an answer can be resumed, or told again to the same Idempotency-Key."""
    resume_seconds: float = 5.0
    """How long an answer goes on for a client that went away."""
    unanswered: bool = True
    """Keep questions that the records could not answer, for the catalog team."""


class LogSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the log tells of shoppers; it is written to standard error."""

    questions: bool = False
    """For debugging only: also the words of questions, and errors in full, which may quote them."""
    hash_key: str = ""
    """Secret under which questions are hashed in the log; without one the marks of two runs cannot be compared."""


class WidgetSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the widget shows before the first question."""

    name: str = ""
    """The shop's name; empty: the widget says "shopping guide" in the page's language."""
    key: str = ""
    """Publishable key that the sample pages at / and /p/ID use once keys exist; anybody can read it there."""
    examples: dict[str, list[str]] = msgspec.field(default_factory=lambda: _EXAMPLES)
    """Three questions to try in each language."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything `guide serve` can be told."""

    data: Path = Path("data")
    """Data folder that `guide-index build` wrote."""
    host: str = "127.0.0.1"
    """Address to listen on; loopback only as long as there are no keys. 0.0.0.0 is every address of the machine."""
    port: int = 8000
    """Port to listen on; 0 picks a free one."""
    workers: int = 1
    """Worker processes; each holds the snapshot and has its own limits."""
    snapshot: str | None = None
    """Serve this snapshot and ignore switches; by default the live one."""
    clock: datetime | None = None
    """Fixes "now" for promotions and tests (ISO 8601 with offset)."""
    allowed_origins: list[str] = []
    """Origins of other pages that may embed the widget, e.g. https://shop.example; a key may add its own."""
    limits: Limits = Limits()
    """What one worker takes on."""
    generator: GeneratorSettings = GeneratorSettings()
    """The language model, if there is one."""
    state: StateSettings = StateSettings()
    """What is kept of shoppers."""
    logs: LogSettings = LogSettings()
    """What the log tells of shoppers."""
    widget: WidgetSettings = WidgetSettings()
    """What the widget shows before the first question."""

    def now(self) -> datetime:
        """The moment an answer is given at."""
        return self.clock or datetime.now(UTC)


def load(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from the file that `SHOPGUIDE_CONFIG` names, the environment and `overrides` (None: not given).

    Raises:
        ConfigError: a file cannot be read, a key is unknown, or a value is wrong.
    """
    env = os.environ if environ is None else environ
    values = _from_file(env.get(f"{_PREFIX}CONFIG"))
    _overlay(values, env, Settings, _PREFIX)
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        known = ", ".join(Settings.__struct_fields__)
        raise ConfigError(f"wrong setting: {error} (known: {known})") from error
    _check(settings)
    return settings


def to_environ(settings: Mapping[str, object]) -> dict[str, str]:
    """Top-level settings as the environment variables that `load` reads back (None: left out)."""
    return {f"{_PREFIX}{name.upper()}": str(value) for name, value in settings.items() if value is not None}


def _from_file(path: str | None) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the settings in {path}: {error}") from error


def _overlay(values: dict[str, Any], env: Mapping[str, str], struct: type[msgspec.Struct], prefix: str) -> None:
    for field in msgspec.structs.fields(struct):
        name = f"{prefix}{field.name.upper()}"
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            _overlay(values.setdefault(field.name, {}), env, field.type, f"{name}__")
        elif (text := env.get(name)) is not None and field.name != "examples":
            values[field.name] = [part.strip() for part in text.split(",") if part.strip()] if (
                field.type == list[str]
            ) else text  # fmt: skip


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise msgspec.ValidationError(f"expected {kind.__name__}, got {value!r}")


def _check(settings: Settings) -> None:
    if settings.clock and settings.clock.tzinfo is None:
        raise ConfigError("clock needs an offset, e.g. 2026-11-01T09:00:00+08:00")
    if settings.widget.key and not re.fullmatch(r"pk_[\w-]+", settings.widget.key, re.ASCII):
        raise ConfigError("widget.key is shown to everybody: it must be a publishable key (pk_…)")
    if settings.generator.url and not settings.generator.model:
        raise ConfigError("generator.url is set but generator.model is not")
