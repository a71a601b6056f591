"""Where a feed may be fetched from: every trick that leads back into the shop's own network is refused."""

import socket

import pytest

from catalog.errors import FeedError
from catalog.feeds.address import checked

LITERALS = [
    # Loopback, unspecified, and the ways of writing them.
    "http://127.0.0.1/", "http://127.0.0.1:8080/feed", "http://127.255.255.254/", "http://0.0.0.0/", "http://0.1.2.3/",
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/",
    "http://127.1/", "http://127.0.1/", "http://0/", "http://0x/", "http://127.0.0.1./", "http://127.0.0.01/",
    "http://127.000.000.001/", "http://1.1.1.1.1/", "http://256.256.256.256/", "http://4294967296/",
    "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127．0．0．1/", "http://0x7F.1/",
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%00.example/",
    # Private networks.
    "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.0.1/", "http://192.168.255.255/", "http://100.64.0.1/", "http://100.127.255.255/",
    "http://167772161/", "http://0xc0a80001/", "http://0300.0250.0.1/",
    # Link-local and metadata services.
    "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/", "http://169.254.0.1/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://169.254.43518/",
    "http://100.100.100.200/", "http://168.63.129.16/", "http://192.0.0.192/", "http://[fd00:ec2::254]/",
    # Other networks with a special purpose.
    "http://192.0.2.1/", "http://198.51.100.7/", "http://203.0.113.9/", "http://198.18.0.1/", "http://198.19.255.255/",
    "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/",
    "http://255.255.255.255/",
    # IPv6.
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/", "http://[fd12:3456:789a::1]/", "http://[fec0::1]/", "http://[ff02::1]/",
    "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[100::1]/", "http://[5f00::1]/",
    # IPv4 inside IPv6.
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b::10.0.0.1]/", "http://[64:ff9b:1::8.8.8.8]/", "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2606:4700::5efe:10.0.0.1]/", "http://[2606:4700::200:5efe:10.0.0.1]/",
    # Not an http address, or not only an address.
    "ftp://shop.example/feed.xml", "file:///etc/passwd", "gopher://shop.example/", "dict://shop.example:11211/",
    "data:text/csv,id", "//shop.example/feed", "http://", "http:///feed", "http://:80/", "https://?x",
    "http://user@shop.example/", "http://user:secret@shop.example/", "http://shop.example@127.0.0.1/",
    "http://shop.example:80@10.0.0.1/", "http://@shop.example/", "http://shop.example:0/", "http://shop.example:99999/",
    "http://shop.example:port/", "http://shop.example\\@127.0.0.1/", "http://127.0.0.1\\.shop.example/",
    "http://shop.example /", "http://shop.example\t/", "http://shop.example\r\nHost: x/", "http://[::1/",
    "http://shop..example/", "http://-shop.example/", f"http://{'a' * 64}.example/", "http://shop.example#@/ ",
]  # fmt: skip
"""Refused before or without any look-up of a name."""

NAMES = {
    "localhost": "127.0.0.1", "localhost.": "127.0.0.1", "LOCALHOST": "127.0.0.1", "printer.local": "192.168.1.9",
    "127.0.0.1.nip.example": "127.0.0.1", "metadata.google.internal": "169.254.169.254", "intranet": "10.1.2.3",
    "six.example": "fd00::5", "mapped.example": "::ffff:10.0.0.1", "zone.example": "fe80::1%lo",
}  # fmt: skip
"""Names that lead inside."""


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The only names there are; numbers resolve to themselves."""
    known = {host.lower().rstrip("."): [ip] for host, ip in NAMES.items()}
    known |= {"shop.example": ["93.184.215.14"], "xn--fiq228c.example": ["93.184.215.15"]}

    def find(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        try:
            socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
            found = [host]
        except OSError:
            found = known.get(host, [])
        if not found:
            raise socket.gaierror
        return [(0, 0, 0, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    return known


@pytest.mark.parametrize("url", [*LITERALS, *(f"https://{name}/feed.xml" for name in NAMES)])
def test_no_address_leads_inside(url: str) -> None:
    with pytest.raises(FeedError):
        checked(url)


def test_there_are_many_tricks() -> None:
    assert len(set(LITERALS)) + len(NAMES) >= 100


@pytest.mark.parametrize(
    ("url", "ip", "netloc", "sent"),
    [
        ("https://shop.example/feed.xml?key=1#top", "93.184.215.14", "shop.example", "/feed.xml?key=1"),
        ("HTTP://Shop.Example.:8080", "93.184.215.14", "shop.example:8080", "/"),
        ("http://中文.example/", "93.184.215.15", "xn--fiq228c.example", "/"),
        ("http://8.8.8.8/", "8.8.8.8", "8.8.8.8", "/"),
        ("https://[2606:4700:4700::1111]/", "2606:4700:4700::1111", "[2606:4700:4700::1111]", "/"),
        ("https://[64:ff9b::8.8.8.8]/", "64:ff9b::808:808", "[64:ff9b::8.8.8.8]", "/"),
    ],
)
def test_a_public_address_is_connected_by_the_number_it_resolved_to(url: str, ip: str, netloc: str, sent: str) -> None:
    target = checked(url)
    assert (target.ip, target.netloc, target.path) == (ip, netloc, sent)
    assert ip in target.url
    assert "key" not in target.shown


def test_one_inner_address_among_public_ones_is_enough_to_refuse(names: dict[str, list[str]]) -> None:
    names["mixed.example"] = ["93.184.215.14", "10.0.0.1"]
    with pytest.raises(FeedError, match=r"mixed.example is not a public address \(10.0.0.1\); --allow-private"):
        checked("http://mixed.example/")


OWN = ["http://127.0.0.1:8000/", "http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://[fd12::1]/"]


@pytest.mark.parametrize("url", OWN)
def test_ones_own_network_is_open_to_who_says_so(url: str) -> None:
    assert checked(url, allow_private=True).ip


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/", "http://metadata.google.internal/", "http://100.100.100.200/", "http://[fe80::1]/",
        "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fd00:ec2::254]/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://user@127.0.0.1/", "http://2130706433/", "http://168.63.129.16/",
    ],
)  # fmt: skip
def test_metadata_and_odd_forms_stay_closed_even_then(url: str) -> None:
    with pytest.raises(FeedError):
        checked(url, allow_private=True)
