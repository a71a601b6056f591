"""Limits: what they allow, how long one has to wait, who is counted, and what happens when the storage fails."""

import asyncio
import math
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits.aio.storage import MemoryStorage

from guide.config import Limits, Settings
from guide.errors import ConfigError
from guide.security import rates
from guide.security.address import networks, sender
from guide.security.keys import Key
from guide.security.quota import Quota, refused, wait

PAGE = Key(id="key_1", kind="publishable", created_at="2026-01-01")
SERVER = Key(id="key_2", kind="secret", created_at="2026-01-01")


class Clock:
    """The time that the counting goes by."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_007.0
        monkeypatch.setattr("limits.aio.storage.memory.time", types.SimpleNamespace(time=lambda: self.now))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def quota(workers: int = 1, **wanted: str) -> Quota:
    return Quota(Settings(workers=workers, limits=Limits(**{"per_key": "", "per_address": "", **wanted})))


def allowed(counting: Quota, key: Key = PAGE, address: str = "192.0.2.1", tries: int = 30) -> int:
    async def ask() -> int:
        return sum([refused(await counting.take(key, address)) is None for _ in range(tries)])

    return asyncio.run(ask())


def test_a_limit_allows_what_it_says(clock: Clock) -> None:
    counting = quota(per_address="5/minute")
    assert allowed(counting) == 5
    assert allowed(counting, address="192.0.2.2") == 5
    clock.now += 120
    assert allowed(counting) == 5


def test_a_key_is_counted_over_all_addresses(clock: Clock) -> None:
    counting = quota(per_key="7/minute", per_address="5/minute")
    assert allowed(counting) == 5
    assert allowed(counting, address="192.0.2.2") == 2
    assert allowed(counting, PAGE.__class__(id="key_3", kind="publishable", created_at=""), "192.0.2.3") == 5


def test_the_longer_span_holds_too(clock: Clock) -> None:
    counting = quota(per_address="5/minute;12/hour")
    found = []
    for _ in range(4):
        found.append(allowed(counting))
        clock.now += 120
    assert found == [5, 5, 2, 0]


def test_a_full_minute_opens_no_second_one(clock: Clock) -> None:
    clock.now = 1_800_000_059.0
    counting = quota(per_address="10/minute")
    assert allowed(counting) == 10
    clock.now += 2
    assert allowed(counting) <= 1


def test_a_secret_key_is_counted_only_by_its_own_limit(clock: Clock) -> None:
    counting = quota(per_key="3/minute", per_address="2/minute")
    assert allowed(counting, SERVER) == 30
    own = Key(id="key_4", kind="secret", created_at="", rate="4/minute")
    assert allowed(counting, own) == 4


def test_a_key_may_carry_more_than_the_settings_allow(clock: Clock) -> None:
    own = Key(id="key_5", kind="publishable", created_at="", rate="20/minute")
    assert allowed(quota(per_key="3/minute"), own) == 20


def test_workers_share_a_limit_that_each_counts_alone(clock: Clock) -> None:
    assert allowed(quota(workers=3, per_address="9/minute")) == 3
    assert allowed(quota(workers=3, per_address="2/minute")) == 1


def test_what_is_refused_is_not_counted(clock: Clock) -> None:
    counting = quota(per_key="100/minute", per_address="5/minute")
    assert allowed(counting, tries=200) == 5
    assert allowed(counting, address="192.0.2.2") == 5


@given(st.data())
def test_one_may_ask_again_after_the_wait_and_not_before(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock(patch)
        clock.now += data.draw(st.floats(0, 90))
        amount = data.draw(st.integers(1, 12))
        counting = quota(per_address=f"{amount}/minute")

        async def ask() -> None:
            for _ in range(data.draw(st.integers(1, 4))):
                for _ in range(data.draw(st.integers(0, 15))):
                    await counting.take(PAGE, "192.0.2.1")
                clock.now += data.draw(st.floats(0, 70))
            for _ in range(amount):
                if over := refused(await counting.take(PAGE, "192.0.2.1")):
                    break
            else:
                over = refused(await counting.take(PAGE, "192.0.2.1"))
            assert over
            assert 1 <= over.wait <= 120
            clock.now += max(0, over.wait - 1.01)
            assert refused(await counting.take(PAGE, "192.0.2.1"))
            clock.now += over.wait - max(0, over.wait - 1.01)
            assert not refused(await counting.take(PAGE, "192.0.2.1"))

        asyncio.run(ask())


def test_the_wait_in_figures() -> None:
    limit = rates.parse("10/minute")[0]
    assert wait(limit, 0, 0, 9, 100) == 0
    assert wait(limit, 0, 0, 10, 100) == 40  # the window ends in 40 s, and slides from its first moment
    assert wait(limit, 10, 30, 5, 90) == 0 + 30 - 5 * 60 / 10  # 5 + 5: full, and one slides out at once
    assert math.isclose(wait(limit, 20, 30, 5, 90), 15)  # 20 * 15 / 60 + 5 = 10
    assert wait(limit, 0, 0, 20, 90) == 30 + 30  # the limit was lowered: half of the window has to slide out


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> MemoryStorage:
    """Stands for a Redis that every worker counts in."""
    storage = MemoryStorage()
    monkeypatch.setattr("guide.security.quota.storage_from_string", lambda url, **_: storage)
    return storage


def test_a_storage_is_shared_by_workers(clock: Clock, shared: MemoryStorage) -> None:
    workers = [quota(workers=2, per_address="6/minute", storage="redis://shared") for _ in range(2)]
    assert [allowed(worker, tries=5) for worker in workers] == [5, 1]


def test_a_storage_that_fails_opens_no_door(
    clock: Clock, shared: MemoryStorage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    counting = quota(workers=2, per_address="6/minute", storage="redis://shared")
    assert allowed(counting, tries=4) == 4

    async def fail(*_: object) -> None:
        raise ConnectionError("secret-password@redis")

    monkeypatch.setattr(shared, "get_sliding_window", fail)
    assert allowed(counting) == 3
    assert "counts alone" in caplog.text
    assert "secret-password" not in caplog.text


def test_a_storage_that_hangs_is_not_waited_for(
    clock: Clock, shared: MemoryStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = quota(per_address="2/minute", storage="redis://shared")
    monkeypatch.setattr("guide.security.quota._STORAGE_SECONDS", 0.01)
    monkeypatch.setattr(shared, "get_sliding_window", lambda *_: asyncio.sleep(60))
    assert allowed(counting, tries=4) == 2


@pytest.mark.parametrize("url", ["nonsense", "ftp://x", "http://u:secret@127.0.0.1:1", "redis://u:secret@host:x/0"])
def test_a_wrong_storage_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ConfigError, match="storage") as caught:
        quota(storage=url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["60", "often", "0/minute", "60/minute;often"])
def test_a_wrong_limit_is_named(wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"is not a limit|allows nothing"):
        quota(per_key=wrong)


PROXIES = networks(["10.0.0.0/8", "192.0.2.9", "2001:db8:ffff::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # not one of our proxies: what it says is only said
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the client invented the first
        ("10.1.2.3", "1.1.1.1, 198.51.100.1, 192.0.2.9", "198.51.100.1"),
        ("10.1.2.3", "198.51.100.1:4711", "198.51.100.1"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "unknown", "10.1.2.3"),
        ("10.1.2.3", "198.51.100.1, garbage", "10.1.2.3"),
        ("10.1.2.3", "10.9.9.9", "10.9.9.9"),
        ("::ffff:203.0.113.5", "", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("2001:db8:ffff::1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("2001:db8:ffff::1", "fe80::1%eth0", "fe80::/64"),
        ("testclient", "198.51.100.1", "testclient"),
    ],
)
def test_who_is_counted(peer: str, forwarded: str, who: str) -> None:
    assert sender(peer, forwarded, PROXIES) == who


def test_a_proxy_that_is_no_address_is_named() -> None:
    with pytest.raises(ConfigError, match="trusted_proxies"):
        networks(["proxy.shop.example"])
