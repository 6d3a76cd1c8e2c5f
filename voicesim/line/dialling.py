"""Where a URL's host is, and a connection to it: gevent's sockets, never a look-up for loopback."""

import errno
from ipaddress import ip_address
from socket import AF_INET, AF_INET6, IPPROTO_TCP, SOCK_STREAM, TCP_NODELAY, gaierror
from typing import Any

import gevent.socket  # type: ignore[import-untyped]

from voicesim.line.urls import Url
from voicesim.line.wire import HopError

_OURS = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL}

Socket = Any  # gevent's and ssl's sockets share no type


def dial(url: Url) -> Socket:
    """Connect to the first address of ``url`` that accepts. Raises HopError."""
    first: OSError | None = None
    for family, address in _addresses(url):
        sock = None
        try:
            sock = gevent.socket.socket(family, SOCK_STREAM)
            sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            sock.connect(address)
        except OSError as error:
            close(sock)
            first = first or error.with_traceback(None)
        except BaseException:
            close(sock)
            raise
        else:
            return sock
    if isinstance(first, ConnectionRefusedError):
        raise HopError("11202", "refused the connection", connecting=True)
    what = first.strerror if first is not None else "no address"
    if first is not None and first.errno in _OURS:
        message = f"was not called, because this machine ran out of sockets or ports ({what})"
        raise HopError("no-sockets", message, connecting=True)
    raise HopError("11205", f"could not be connected to ({what})", connecting=True)


def _addresses(url: Url) -> list[tuple[int, Any]]:
    """Families and addresses to try. Loopback names are never looked up, so they stay loopback."""
    _, host, port = url.origin
    if host == "localhost" or host.endswith(".localhost"):
        return [(AF_INET, ("127.0.0.1", port)), (AF_INET6, ("::1", port))]
    try:
        family = AF_INET if ip_address(host).version == 4 else AF_INET6
    except ValueError:
        pass
    else:
        return [(family, (host, port))]
    try:
        host.encode("idna")  # else it fails in a thread of gevent's, which writes that to stderr
        found = gevent.socket.getaddrinfo(host, port, 0, SOCK_STREAM)
    except (gaierror, UnicodeError):
        message = "has a host name that could not be found"
        raise HopError("11210", message, connecting=True) from None
    return [(family, address) for family, _, _, _, address in found]


def close(sock: Socket) -> None:
    """Close ``sock`` where there is one."""
    if sock is not None:
        sock.close()
