"""Why a signature does not match: which of the common differences would make it match.

Source: what Twilio's security page and the issues of its libraries name as pitfalls.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Final
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from voicesim.twilio.signature import ALGORITHMS, Signer, signed_url

Pairs = tuple[tuple[str, str], ...]
Change = tuple[str, Callable[[str], str]]
ParamsChange = tuple[str, Callable[[str, Pairs], tuple[str, Pairs]]]

_OTHER_SCHEME: Final = {"http": "https", "https": "http", "ws": "wss", "wss": "ws"}
_PORT: Final = {"https": 443, "http": 80, "wss": 443, "ws": 80}


def matches(signer: Signer, url: str, params: Pairs, signature: str) -> bool:
    """Whether Twilio would have signed this request so."""
    return _same(signer.sign(url, params), signature)


def differences(
    token: str, algorithm: str, url: str, params: Pairs, signature: str
) -> tuple[str, ...]:
    """What has to differ for ``signature`` to match, as whole sentences; () when nothing helps.

    The fewest differences that help are told.
    """
    signers = {name: Signer(token, name) for name in ALGORITHMS}
    bare = signature.strip()
    around = (_AROUND,) if bare != signature else ()
    for said, tried, fields, name in _tries(algorithm, url, params):
        if _same(signers[name].sign_exactly(tried, fields), bare):
            return (*said, *around)
    return ()


def _tries(
    algorithm: str, url: str, params: Pairs
) -> Iterator[tuple[tuple[str, ...], str, Pairs, str]]:
    """Every combination of changes, those with the fewest first."""
    other = next(name for name in ALGORITHMS if name != algorithm)
    signed_with = [("", algorithm), (f"It was signed with {other}, not {algorithm}.", other)]
    combinations = product(_SCHEMES, _PORTS, _SLASHES, _HOSTS, _FIELDS, signed_with)
    for scheme, port, slash, host, fields, (about, name) in sorted(
        combinations, key=lambda changes: sum(bool(change[0]) for change in changes)
    ):
        tried = url
        for _, change in (scheme, host, port, slash):
            tried = change(tried)
        tried, left = fields[1](tried, params)
        said = (scheme[0], host[0], port[0], slash[0], fields[0], about)
        yield tuple(filter(None, said)), tried, left, name


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode(errors="replace"))


def _swapped(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return _OTHER_SCHEME.get(scheme.lower(), scheme) + mark + rest


def _with_port(url: str) -> str:
    scheme, mark, rest = signed_url(url).partition("://")
    end = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
    host = rest[:end]
    if host.rpartition(":")[2].isdigit():
        return signed_url(url)
    return f"{scheme}{mark}{host}:{_PORT.get(scheme.lower(), 80)}{rest[end:]}"


def _without_port(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    plain = signed_url(f"https://{rest}")
    return scheme + mark + plain.partition("://")[2]


def _slashed(url: str) -> str:
    path, mark, query = url.partition("?")
    return (path[:-1] if path.endswith("/") else f"{path}/") + mark + query


def _lowered(url: str) -> str:
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return url
    return url.replace(host, host.lower(), 1)


def _kept(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, params


def _none(url: str, params: Pairs) -> tuple[str, Pairs]:
    del params
    return url, ()


def _filled(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, tuple((name, value) for name, value in params if value)


def _stripped(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, _with_values(params, str.strip)


def _plussed(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, _with_values(params, lambda value: f"+{value[1:]}" if value[:1] == " " else value)


def _decoded(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, _with_values(params, unquote)


def _decoded_plus(url: str, params: Pairs) -> tuple[str, Pairs]:
    return url, _with_values(params, unquote_plus)


def _with_values(params: Pairs, change: Callable[[str], str]) -> Pairs:
    return tuple((name, change(value)) for name, value in params)


def _from_query(url: str, params: Pairs) -> tuple[str, Pairs]:
    plain, _, query = url.partition("?")
    return plain, (*params, *parse_qsl(query, keep_blank_values=True))


def _changed(changes: Iterable[Change]) -> list[Change]:
    return [("", lambda url: url), *changes]


_SCHEMES: Final = _changed(
    [
        (
            "The scheme: it was signed for the other of http and https. Behind a proxy that ends"
            " TLS, validate with the public URL, not with the one that reaches the agent.",
            _swapped,
        )
    ]
)
_HOSTS: Final = _changed([("The host: it was signed in lower case.", _lowered)])
_PORTS: Final[list[Change]] = [
    ("", signed_url),
    ("The port: it was signed with one; Twilio drops it under https, and keeps it under http.",
     _with_port),
    ("The port: it was signed without one; Twilio keeps it under http.", _without_port),
]  # fmt: skip
_SLASHES: Final = _changed(
    [
        (
            "The trailing slash: the one URL has it, the other not; it has to be as configured.",
            _slashed,
        )
    ]
)
_STILL_ENCODED: Final = (
    "The fields: their values are still encoded as in the body (a + is %2B there, a space %20 or"
    " +); Twilio signs them decoded."
)
_FIELDS: Final[list[ParamsChange]] = [
    ("", _kept),
    ("The fields: the URL alone was signed, as for a GET or a JSON body.", _none),
    ("The fields: blank ones were left out; Twilio signs them, too.", _filled),
    ("The fields: their values were trimmed; Twilio signs them as they are.", _stripped),
    ("The fields: a + was read as a space; in a form's body a + is written %2B.", _plussed),
    (_STILL_ENCODED, _decoded),
    (_STILL_ENCODED, _decoded_plus),
    ("The fields: those of the query were signed as if they were the form's.", _from_query),
]
_AROUND: Final = "The signature: there is a space or a line break before or behind it."
CANNOT_BE_TOLD: Final = (
    "No common difference explains it. Another auth token or other fields cannot be told from the"
    " signature: compare the account, and every field as it was sent."
)
