"""Where the server may connect to when somebody else names the place: the public internet only.

What an address may be is written here as a grammar that is narrower than any client's, so that nothing is
read in two ways: WHATWG URL, RFC 3986 and `inet_aton` disagree on all that is refused. Which networks are not
public is from the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from vitrail.core.errors import InvalidInput

MAX_URL = 2_000
PORTS = {"https": 443, "http": 80}
OPEN_PORTS = frozenset(PORTS.values())
# scheme://host[:port][/path][?query], of printable ASCII; no user, no backslash, no fragment.
URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<target>(?:/[!-\"$-\[\]-~]*)?(?:\?[!-\"$-\[\]-~]*)?)",
    re.IGNORECASE,
)
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that are answered inside of a network, if at all (RFC 6761, 6762, 7686, 8375, 9476, and habit).
INSIDE = {
    *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home"),
    *("lan", "arpa", "onion", "alt", "test", "example", "invalid", "svc", "cluster"),
}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(each) for each in text.split())


# Written out, since what Python holds to be global differs between its versions.
NOT_PUBLIC = _networks(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
    "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 "
    "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
    "168.63.129.16/32 "  # public by its number, and the metadata service of every machine at Azure
    "2001::/23 2001:db8::/32 2620:4f:8000::/48 3fff::/20"
)
UNICAST = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is given out as global
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # RFC 5214: the upper half of an interface's number


@dataclass(frozen=True, slots=True)
class Place:
    """An address of somebody else that was read.

    Attributes:
        scheme: `https` or `http`.
        host: A name, or an IP address without brackets, in lower case.
        port: The port.
        target: Path and query, which begin with a slash.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port, as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read_url(url: str, *, loopback: bool = False, ports: frozenset[int] = OPEN_PORTS) -> Place:
    """Read the address of a place that may be connected to, if its name is resolved to a public address.

    Args:
        url: What somebody wrote.
        loopback: Whether this machine may be named too, by http and on any port.
        ports: Which ports others may be asked on.

    Raises:
        InvalidInput: It is not such an address.
    """
    if len(url) > MAX_URL:
        raise InvalidInput(f"an address has at most {MAX_URL} characters")
    found = URL.fullmatch(url)
    if found is None:
        raise InvalidInput(
            "this is not an address that can be connected to",
            hint="write https://host/path; names with other letters as xn--…, without user or #",
        )
    scheme, host = found["scheme"].lower(), found["host"].lower()
    port = int(found["port"] or PORTS[scheme])
    address = _read_ip(host.strip("[]"))
    is_own = loopback and (host == "localhost" or (address is not None and address.is_loopback))
    if not is_own:
        if scheme != "https":
            raise InvalidInput("the address must begin with https://")
        if port not in ports:
            raise InvalidInput(f"the port must be {' or '.join(map(str, sorted(ports)))}")
        _check_outside(host, address)
    if port > 65_535:
        raise InvalidInput("a port is at most 65535")
    target = found["target"]
    return Place(
        scheme,
        str(address) if address else host,
        port,
        target if target[:1] == "/" else f"/{target}",
    )


def _check_outside(host: str, address: Address | None) -> None:
    if address is None:
        _check_name(host)
    elif not is_public(address):
        raise InvalidInput(f"{host} is not a public address")


def _read_ip(host: str) -> Address | None:
    """Return a host that is an IP address in its one usual form: no octal, hexadecimal or short ones."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _check_name(host: str) -> None:
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(LABEL.fullmatch(each) for each in labels):
        raise InvalidInput(f"{host[:80]!r} is not the full name of a host")
    # What ends in a number is an IPv4 address to some and a name to others.
    if not labels[-1][0].isalpha() or labels[-1] in INSIDE:
        raise InvalidInput(f"{host[:80]!r} is not a name on the public internet")


def is_public(address: Address) -> bool:
    """Tell whether an address is of the public internet, and every IPv4 address inside of it, too."""
    embedded = _embedded(address)
    if embedded is not None:
        return all(is_public(each) for each in embedded)
    if isinstance(address, ipaddress.IPv6Address) and address not in UNICAST:
        return False
    return address.is_global and not any(address in network for network in NOT_PUBLIC)


def _embedded(address: Address) -> list[Address] | None:
    """Return the IPv4 addresses that an IPv6 address leads to; None if it is no such one."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address.teredo is not None:
        return list(address.teredo)
    if address.sixtofour is not None:
        return [address.sixtofour]
    low = int(address) & 0xFFFF_FFFF
    if address in NAT64 or int(address) >> 32 & 0xFFFF_FFFF in ISATAP:
        return [ipaddress.IPv4Address(low)]
    return None
