"""URLs as the line takes them: strictly read, in one way for judging, signing and dialling.

An agent decides what its URLs say, so anything may be in them. What does not fit the form below is
refused with a reason; what does fit means the same to the host rule, the signature and the socket.
"""

import re
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from string import ascii_letters, digits, punctuation
from urllib.parse import quote, unquote, urljoin

from voicesim.base.remembering import remembered
from voicesim.twilio.values import encoded as encoded
from voicesim.twilio.values import raw_character

_FORM = re.compile(
    r"(?P<scheme>https?)://(?:[^/?#]*@)?(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)"
    r"(?::(?P<port>[0-9]{0,5}))?(?P<target>(?:[/?][^#]*)?)(?:#.*)?",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"https?://([^/?#]*)@", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]+(?<!-)")
_ASCII = ascii_letters + digits + punctuation
_SHOWN = 200
_DEFAULT_PORTS = {"http": 80, "https": 443}


class BadUrlError(ValueError):
    """A URL nobody could call; the text is the reason, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Url:
    """An http(s) URL without credentials and fragment.

    ``host`` is as it was written (an IPv6 address in brackets), ``port`` None when none was,
    ``target`` path and query as written: nothing is put behind a bare host, as Twilio signs none.
    """

    scheme: str
    host: str
    port: int | None
    target: str
    text: str = field(init=False, compare=False)
    """The URL as one string."""
    origin: tuple[str, str, int] = field(init=False, compare=False)
    """Scheme, host and effective port."""

    def __post_init__(self) -> None:
        """Put together once what every webhook asks for several times."""
        object.__setattr__(self, "text", f"{self.scheme}://{self.netloc}{self.target}")
        port = self.port or _DEFAULT_PORTS[self.scheme]
        object.__setattr__(self, "origin", (self.scheme, self.name, port))

    @property
    def netloc(self) -> str:
        """Host and, if one was written, port: the Host header."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def name(self) -> str:
        """The host for look-ups and comparisons: lower case, no brackets, no final dot."""
        return self.host.strip("[]").rstrip(".").lower()

    @property
    def path(self) -> str:
        """The path alone, at least "/"."""
        return self.target.partition("?")[0] or "/"

    @property
    def request_target(self) -> str:
        """What stands in the request line."""
        return self.target if self.target.startswith("/") else "/" + self.target

    def joined(self, location: str) -> "Url":
        """Where a Location header leads from here. Raises BadUrlError."""
        location = location.strip(" \t")
        _refuse(location)
        try:
            return parse(urljoin(self.text, _encoded_header(location)))
        except BadUrlError:
            raise
        except ValueError:
            raise BadUrlError("its form is broken") from None

    def with_query(self, query: str) -> "Url":
        """Return this URL with ``query`` after whatever query it has."""
        glue = "?" if "?" not in self.target else "" if self.target[-1] in "?&" else "&"
        return Url(self.scheme, self.host, self.port, f"{self.target}{glue}{query}")

    def at(self, other: "Url") -> "Url":
        """The same path and query at the origin of ``other``."""
        return Url(other.scheme, other.host, other.port, self.target)


@remembered(1024)
def parse(text: str) -> Url:
    """Read an absolute URL. Raises BadUrlError."""
    _refuse(text)
    found = _FORM.fullmatch(_encoded(text))
    if found is None:
        raise BadUrlError(_reason(text))
    scheme, host, port, target = found.group("scheme", "host", "port", "target")
    if host.startswith("["):
        try:
            IPv6Address(host[1:-1])
        except ValueError:
            raise BadUrlError("its IPv6 address is broken") from None
    elif not host.strip("."):
        raise BadUrlError("it has no host name")
    if port and not 0 < int(port) < 65_536:
        raise BadUrlError("its port is not between 1 and 65535")
    return Url(scheme.lower(), host, int(port) if port else None, target)


@remembered(1024)
def is_host_name(host: str) -> bool:
    """Whether a name, or the address that stands for one, is in the form that RFC 2396 gives.

    That form (section 3.2.2) knows no underscore either. How long a part may be is DNS's to know.
    """
    labels = host.removesuffix(".").split(".")
    return host.startswith("[") or all(map(_LABEL.fullmatch, labels))


def user_in(text: str) -> tuple[str, str] | None:
    """Name and password in an absolute URL; None where it has none that could be sent."""
    found = _USERINFO.match(text)
    if found is None:
        return None
    name, _, password = (unquote(part) for part in found[1].partition(":"))
    return (name, password) if name and (name + password).isprintable() else None


def fragment_of(text: str) -> str:
    """What stands behind the first "#" of a URL: Twilio's connection overrides, if anything."""
    return text.partition("#")[2]


def shown(text: str) -> str:
    """Any text that wants to be a URL, safe to print: no credentials, one line, not too long."""
    try:
        text = parse(text).text
    except BadUrlError:
        text = re.sub(r"[^\x20-\x7e]", "?", re.sub(r"(?s)^.*@", "[hidden]@", text))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _refuse(text: str) -> None:
    if what := raw_character(text):
        raise BadUrlError(f"it has {what} in it, which a URL may only have encoded")


def _encoded(text: str) -> str:
    """Percent-encode what is not ASCII, as UTF-8; everything else stays as it was written."""
    return text if text.isascii() else quote(text, safe=_ASCII, errors="replace")


def _encoded_header(text: str) -> str:
    """Percent-encode the bytes behind a header's value (headers are read as latin-1)."""
    try:
        return quote(text.encode("latin-1"), safe=_ASCII)
    except UnicodeEncodeError:
        return _encoded(text)


def _reason(text: str) -> str:
    scheme, colon, rest = text.partition("://")
    if not colon or scheme.lower() not in _DEFAULT_PORTS:
        return "it does not begin with http:// or https://"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    if not host or host.startswith(":"):
        return "it has no host name"
    if re.fullmatch(r"[A-Za-z0-9._-]+:.*", host):
        return "its port is not a number between 1 and 65535"
    return "its host name is broken (write international names in their xn-- form)"
