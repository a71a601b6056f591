"""Who sent a request, as an address that a limit can count."""

import ipaddress
from collections.abc import Iterable
from typing import TypeAlias

from guide.errors import ConfigError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_HOUSEHOLD = 64
"""Bits of an IPv6 address that one customer of a provider holds (RFC 6177): all below is one sender."""
_MOST_HOPS = 20
"""Proxies in a row that are looked through; more is nonsense."""


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Trusted proxies, as addresses (10.0.0.7) or networks (10.0.0.0/8).

    Raises:
        ConfigError: one is neither.
    """
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise ConfigError(f"limits.trusted_proxies: {error}; write 10.0.0.7 or 10.0.0.0/8") from error


def sender(peer: str, forwarded: str, trusted: tuple[Network, ...]) -> str:
    """The nearest address that is no trusted proxy; an IPv6 one as its /64.

    `forwarded` is the whole X-Forwarded-For: each proxy adds at its end the address that it saw, so what stands before
    the first untrusted one, from the end, is only what somebody claims.
    """
    found = _address(peer)
    if found is None:
        return peer
    for text in reversed(forwarded.split(",")[-_MOST_HOPS:]):
        if not any(found in network for network in trusted):
            break
        before = _address(text.strip())
        if before is None:
            break
        found = before
    return str(ipaddress.ip_network((found, _HOUSEHOLD), strict=False)) if found.version == 6 else str(found)


def _address(text: str) -> Address | None:
    """Also with a port, as some proxies write it: 192.0.2.1:443, [2001:db8::1]:443."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        found = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, ipaddress.IPv6Address) else found
