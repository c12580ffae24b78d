"""Where a request comes from; a header is believed only where a proxy of ours wrote it."""

from collections.abc import Sequence
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings

from cxplatform.remembering import remembered

_Network = IPv4Network | IPv6Network
# What one subscriber of an IPv6 network usually has for itself.
_IPV6_PREFIX = 64


def client_address(peer: str, forwarded_for: str | None) -> str:
    """Return the address that counts: the peer's, or the last in X-Forwarded-For that no trusted proxy has.

    An IPv6 address counts with all of its network of 64 bits.
    """
    proxies = tuple(settings.CX_TRUSTED_PROXIES)
    return _address_of(peer, forwarded_for if proxies else None, proxies)


@remembered(1_024)
def _address_of(peer: str, forwarded_for: str | None, proxies: tuple[str, ...]) -> str:
    trusted = _networks(proxies)
    hops = [peer]
    if forwarded_for:
        hops += reversed([hop.strip() for hop in forwarded_for.split(",")][-20:])
    for hop in hops:
        found = _parsed(hop)
        if found is None:
            break
        peer = found
        if not any(ip_address(found) in network for network in trusted):
            break
    return _grouped(peer)


@cache
def _networks(texts: tuple[str, ...]) -> Sequence[_Network]:
    return [ip_network(text, strict=False) for text in texts]


def _parsed(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def _grouped(address: str) -> str:
    found = _parsed(address)
    if found is None:
        return "unknown"
    parsed = ip_address(found)
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((parsed, _IPV6_PREFIX), strict=False).network_address)
    return found
