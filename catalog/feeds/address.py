"""Which addresses a feed may be fetched from: a host is resolved once, and every address behind it must be public.

A merchant who can name an address must not reach what only this machine can: itself, its network, a cloud's metadata.
"""

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

import msgspec

from catalog.errors import FeedError

Ip: TypeAlias = IPv4Address | IPv6Address


def _networks(*texts: str) -> list[IPv4Network | IPv6Network]:
    return [ip_network(text) for text in texts]


# From the IANA special-purpose registries; listed, because `is_global` differs between Python versions.
_PRIVATE = _networks(
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "::1/128", "fc00::/7"
)
"""Networks of one's own: open only to who says so."""
_NEVER = _networks(
    "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4",
    # Metadata services of clouds outside the ranges above: Azure, Alibaba, AWS.
    "168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::/32",
    # IPv6: unspecified, IPv4-compatible, -mapped and -translated, local NAT64, discard, Teredo and other protocols,
    # documentation, 6to4, segment routing, link-local, site-local, multicast.
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23",
    "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
_NAT64 = IPv6Network("64:ff9b::/96")
"""Where an IPv6-only network shows IPv4 hosts; the last 32 bits are the host."""
_ISATAP = re.compile(r"(?:[0-9a-f]{4}:){4}0[02]00:5efe:.*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORTS = {"http": 80, "https": 443}


class Target(msgspec.Struct, frozen=True):
    """One checked address, resolved: what to connect to, and what to say there."""

    scheme: str
    host: str
    port: int
    path: str
    """Path and query as they are sent."""
    ip: str

    @property
    def netloc(self) -> str:
        """The Host header: without the port that the scheme implies."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address without its query, which may hold a token."""
        return f"{self.scheme}://{self.netloc}{self.path.partition('?')[0]}"

    @property
    def url(self) -> str:
        """The address with the resolved IP in place of the host."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"{self.scheme}://{ip}:{self.port}{self.path}"


def checked(url: str, *, allow_private: bool = False) -> Target:
    """The address, resolved once.

    Raises:
        FeedError: not http(s), user information, an odd form of an IP, unknown host, or one that is not public.
    """
    parts = _split(url)
    host = _host(parts)
    port = parts.port or _PORTS[parts.scheme]
    found = _resolve(host, port)
    for ip in found:
        if not _open(ip, allow_private):
            hint = "" if allow_private else "; --allow-private opens your own network"
            raise FeedError(f"{host} is not a public address ({ip}){hint}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, str(found[0]))


def _split(url: str) -> SplitResult:
    if _UNSAFE.search(url):
        raise FeedError("an address holds no blank, control character or backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FeedError(f"not an address: {error}") from error
    if parts.scheme not in _PORTS:
        raise FeedError(f"only http and https addresses are fetched, not {parts.scheme or 'a bare name'}")
    if "@" in parts.netloc:
        raise FeedError("an address with a user name or password is not fetched")
    if port == 0 or not parts.hostname:
        raise FeedError("the address names no host or port")
    return parts


def _host(parts: SplitResult) -> str:
    """The host in ASCII; a name that some reader would take for a number is refused."""
    raw = parts.hostname or ""
    if ":" in raw:  # an IPv6 literal; urlsplit has seen to its brackets
        if "%" in raw:
            raise FeedError(f"an IPv6 address with a zone is not fetched: {raw}")
        return raw
    try:
        host = unicodedata.normalize("NFKC", raw).encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise FeedError(f"not a host name: {raw!r}") from error
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise FeedError(f"not a host name: {raw!r}")
    if _NUMERIC.fullmatch(labels[-1]):
        _plain_ipv4(host)
    return host


def _plain_ipv4(host: str) -> None:
    try:
        IPv4Address(host)
    except ValueError as error:
        raise FeedError(f"write an IPv4 address as four plain decimal numbers, not {host}") from error


def _resolve(host: str, port: int) -> list[Ip]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ip_address(entry[4][0]) for entry in found]
    except (OSError, ValueError, UnicodeError) as error:
        raise FeedError(f"the host {host} cannot be found") from error
    if not addresses:
        raise FeedError(f"the host {host} cannot be found")
    return addresses


def _open(ip: Ip, allow_private: bool) -> bool:
    if ip in _NAT64:
        return _open(IPv4Address(int(ip) & 0xFFFFFFFF), allow_private)
    own = any(ip in network for network in _PRIVATE)
    never = any(ip in network for network in _NEVER) and ip != IPv6Address("::1")
    if never or _ISATAP.fullmatch(ip.exploded):
        return False
    return allow_private if own else ip.is_global
