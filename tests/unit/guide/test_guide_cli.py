"""The command line: what help loads, and how errors end."""

import subprocess
import sys

import pytest

from guide.config import Settings
from guide.errors import ConfigError
from guide.security import keys
from guide.serve import check_host

HEAVY = ("litestar", "numpy", "torch", "faiss", "httpx", "msgspec", "granian")


def guide(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    call = f"import sys; sys.argv = ['guide', *{arguments!r}]; from guide.cli import main; main()"
    return subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, timeout=60, check=False)


def test_help_loads_nothing_heavy():
    code = (
        "import sys, click.testing; from guide.cli import cli; "
        "result = click.testing.CliRunner().invoke(cli, ['serve', '--help']); assert result.exit_code == 0; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_shows_examples():
    for command in (["serve"], ["ask"], ["keys", "add"], ["keys", "list"], ["keys", "revoke"]):
        text = guide(*command, "--help").stdout
        assert "Examples:" in text
        assert "--data" in text


def test_a_host_that_is_not_this_machine_is_refused(tmp_path):
    done = guide("serve", "--data", str(tmp_path), "--host", "0.0.0.0")  # noqa: S104 - what must be refused
    assert done.returncode == 2
    assert done.stderr.startswith("guide: host '0.0.0.0' is refused")
    assert len(done.stderr.splitlines()) == 1


def test_a_host_of_the_network_may_be_listened_on_while_a_key_is_valid(tmp_path):
    settings = Settings(data=tmp_path, host="0.0.0.0")  # noqa: S104 - what is allowed with a key
    made = keys.add(tmp_path, "publishable")
    check_host(settings)
    keys.revoke(tmp_path, made.key.id)
    with pytest.raises(ConfigError, match="guide keys add"):
        check_host(settings)


def test_serving_a_missing_snapshot_is_one_clear_line(tmp_path):
    done = guide("serve", "--data", str(tmp_path), "--port", "0", "--workers", "2")
    assert done.returncode == 3
    assert done.stderr.startswith(f"guide: {tmp_path} holds no snapshot yet: run `guide-index build")
    assert len(done.stderr.splitlines()) == 1


def test_keys_that_cannot_be_read_are_one_clear_line(tmp_path):
    (tmp_path / keys.FILE).write_bytes(b"no database" * 100)
    done = guide("serve", "--data", str(tmp_path), "--port", "0")
    assert done.returncode == 3
    assert done.stderr.startswith("guide: cannot read the keys in")
    assert len(done.stderr.splitlines()) == 1


def test_an_empty_data_folder_is_unusable(tmp_path):
    done = guide("ask", "hello", "--data", str(tmp_path))
    assert done.returncode == 3
    assert "guide-index build" in done.stderr
    assert "Traceback" not in done.stderr


def test_usage_errors():
    assert guide("serve", "--nonsense").returncode == 2
    assert guide("ask").returncode == 2
