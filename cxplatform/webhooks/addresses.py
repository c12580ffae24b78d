"""Which addresses of the net a request on somebody else's wish may go to. Pure."""

import ipaddress
from collections.abc import Iterable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Public by their number, and yet a service of the machine's own host: Azure's.
_HOSTS_OWN: Final = ipaddress.ip_network("168.63.129.16/32")
# Set apart for protocols, and for one cloud's metadata; what Python takes for public of these changed with time.
_SET_APART: Final = ipaddress.ip_network("192.0.0.0/24")
_UNICAST_6: Final = ipaddress.ip_network("2000::/3")
# Addresses that a gateway turns into one of IPv4, the last 32 bits of them.
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
_TUNNELS: Final = (ipaddress.ip_network("2001::/23"), ipaddress.ip_network("2002::/16"))


def may_reach(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Say whether anybody may be sent there: a public address of one machine, or one that the operator allowed."""
    return _is_public(_meant(address)) or is_allowed(address, allowed)


def is_allowed(address: Address, allowed: Iterable[Network]) -> bool:
    meant = _meant(address)
    return any(meant.version == network.version and meant in network for network in allowed)


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        usual = address in _UNICAST_6 and not any(address in tunnel for tunnel in _TUNNELS)
    else:
        usual = address not in _HOSTS_OWN and address not in _SET_APART
    return usual and address.is_global and not address.is_multicast


def _meant(address: Address) -> Address:
    """Look into addresses of IPv6 that stand for one of IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
