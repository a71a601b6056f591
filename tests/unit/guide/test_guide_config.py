"""Settings: file, environment, command line; the later wins, and what is wrong is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide import config
from guide.config import Settings
from guide.errors import ConfigError


def test_defaults():
    assert config.load({}) == Settings()


def test_environment_overrides_the_file_and_arguments_override_both(tmp_path):
    file = tmp_path / "guide.toml"
    file.write_text('port = 1\nworkers = 2\nhost = "localhost"\n[limits]\nmax_in_flight = 3\nquestion_bytes = 100\n')
    env = {"SHOPGUIDE_CONFIG": str(file), "SHOPGUIDE_WORKERS": "4", "SHOPGUIDE_LIMITS__MAX_IN_FLIGHT": "5"}
    settings = config.load(env, port=9)
    assert (settings.port, settings.workers, settings.host) == (9, 4, "localhost")
    assert (settings.limits.max_in_flight, settings.limits.question_bytes) == (5, 100)


def test_types_from_the_environment():
    settings = config.load(
        {
            "SHOPGUIDE_DATA": "shop",
            "SHOPGUIDE_CLOCK": "2026-11-01T09:00:00+00:00",
            "SHOPGUIDE_ALLOWED_ORIGINS": "https://a.example, https://b.example",
            "SHOPGUIDE_GENERATOR__TIMEOUT_SECONDS": "2.5",
        }
    )
    assert settings.data == Path("shop")
    assert settings.now() == datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert settings.allowed_origins == ["https://a.example", "https://b.example"]
    assert settings.generator.timeout_seconds == 2.5


def test_settings_travel_to_workers_through_the_environment():
    environ = config.to_environ({"data": "d", "port": 1, "clock": "2026-11-01T09:00:00+08:00", "snapshot": None})
    assert "SHOPGUIDE_SNAPSHOT" not in environ
    assert config.load(environ).port == 1


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"SHOPGUIDE_PORT": "many"}, "port"),
        ({"SHOPGUIDE_WIDGET__KEY": "sk_secret"}, "must be a publishable key"),
        ({"SHOPGUIDE_CLOCK": "2026-11-01T09:00:00"}, "offset"),
        ({"SHOPGUIDE_GENERATOR__URL": "http://127.0.0.1:1/v1"}, "generator.model"),
        ({"SHOPGUIDE_GENERATOR__TEMPERATURE": "3"}, r"\$\.generator\.temperature"),
        ({"SHOPGUIDE_CONFIG": "missing.toml"}, "missing.toml"),
    ],
)
def test_wrong_settings_are_named(env, named):
    with pytest.raises(ConfigError, match=named):
        config.load(env)


def test_an_unknown_key_in_the_file_is_refused(tmp_path):
    file = tmp_path / "guide.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(ConfigError, match="prot"):
        config.load({"SHOPGUIDE_CONFIG": str(file)})
