"""Safe by default: nothing is sent to a host but loopback unless it was named on purpose."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from voicesim.base.remembering import remembered


@remembered(1024)
def host_of(url: str) -> str:
    """The host of ``url`` in lower case, without port, credentials or brackets; "" when none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@remembered(1024)
def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine by its name or address alone (no look-up is made)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    return is_address(host) and ip_address(host).is_loopback


def is_address(host: str) -> bool:
    """Whether ``host`` is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class HostRule:
    """Which hosts may be called: loopback, and those in ``named`` (lower case, no port)."""

    named: frozenset[str] = frozenset()

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be requested."""
        host = host_of(url)
        return bool(host) and (is_loopback(host) or host in self.named)
