"""The signature Twilio puts on its requests: base64 of HMAC-SHA1 under the account's auth token.

Sources: Twilio's usage/security page; for HMAC_SHA256 under a shared key its page on shared keys
(public beta) and its Python library 9.13.0. What is signed is the URL as it was configured, and for
form bodies each field's name and value after it, without anything between. The handshake of a
websocket is signed as a GET of its wss URL.
"""

import hmac
import re
from binascii import b2a_base64
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from voicesim.base.remembering import remembered

HMAC_SHA1: Final = "HMAC_SHA1"
HMAC_SHA256: Final = "HMAC_SHA256"
ALGORITHMS: Final = {HMAC_SHA1: "sha1", HMAC_SHA256: "sha256"}
"""What Twilio calls each algorithm, and what Python does."""

_URL = re.compile(
    r"""
    (?P<scheme>[A-Za-z][A-Za-z0-9+.-]*) ://
    (?: [^/?\#]* @ )?                      # credentials go into the Authorization header, not here
    (?P<host>[^/?\#]*?)
    (?P<port>:[0-9]*)?
    (?P<rest>[/?][^\#]*)?
    (?: \#.* )?                            # Twilio's own overrides (#rc=2&ct=...); never sent
    """,
    re.VERBOSE | re.DOTALL,
)


@remembered(1024)
def signed_url(url: str, wss_port: str = "signed") -> str:
    """``url`` as Twilio signs it: no fragment, no credentials, and under https no port.

    The scheme is in lower case, as it is when the URL is requested, and as Twilio's libraries have
    it before they compare. The rest stays byte for byte: the query as it was encoded, the host in
    the case it was given. No "/" is put behind a bare host, although the request line has one
    (kevinburke/twilio-go#25). That the port of a wss URL stays is an assumption, for Twilio's page
    speaks of https alone: ``wss_port`` "dropped" makes another.
    """
    found = _URL.fullmatch(url)
    if found is None:
        return url.partition("#")[0]
    scheme, host, port, rest = found.groups(default="")
    scheme = scheme.lower()
    drops = scheme == "https" or (scheme == "wss" and wss_port == "dropped")
    kept = "" if drops else port
    return f"{scheme}://{host}{kept}{rest}"


def with_body_sha256(url: str, body: bytes) -> str:
    """``url`` with the hash of ``body`` as parameter bodySHA256, for bodies that are not forms."""
    plain, mark, fragment = url.partition("#")
    joint = "&" if "?" in plain else "?"
    return f"{plain}{joint}bodySHA256={sha256(body).hexdigest()}{mark}{fragment}"


class Signer:
    """Signs with one auth token, or with the secret of the shared ``key`` under HMAC_SHA256.

    The token is hashed once and kept nowhere. ``settings`` is the header that goes with the
    signatures of a shared key, "" without one.
    """

    __slots__ = ("_prepared", "_wss_port", "settings")

    def __init__(
        self, token: str, algorithm: str = HMAC_SHA1, key: str = "", wss_port: str = "signed"
    ) -> None:
        self._prepared = hmac.new(token.encode(), digestmod=ALGORITHMS[algorithm])
        self._wss_port = wss_port
        self.settings = settings(key, algorithm) if key else ""

    def __repr__(self) -> str:
        return "Signer([hidden])"

    def sign(self, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
        """Return the X-Twilio-Signature of a request to ``url``.

        ``params`` are the fields of a form body, in any order; for GET they are in the URL already
        and ``params`` stays empty. Repeated names count each different value once, and an empty
        value contributes its name. Text that is not Unicode (lone surrogates) counts as "?", as it
        does in ``form_encode``.
        """
        return self.sign_exactly(signed_url(url, self._wss_port), params)

    def sign_exactly(self, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
        """The same with ``url`` as it is, which is not always as Twilio signs it."""
        pairs = sorted(params)  # nearly in order as they come: a set would throw that away
        if len(set(pairs)) < len(pairs):
            pairs = sorted(set(pairs))
        text = url + "".join([name + value for name, value in pairs])
        try:
            data = text.encode()
        except UnicodeEncodeError:
            clean = sorted({(_sendable(name), _sendable(value)) for name, value in pairs})
            data = _sendable(url) + b"".join([name + value for name, value in clean])
        keyed = self._prepared.copy()
        keyed.update(data)
        return b2a_base64(keyed.digest(), newline=False).decode("ascii")


def settings(key: str, algorithm: str) -> str:
    """The header that says how a request was signed, for those signed with the shared ``key``."""
    return f"key={key},algorithm={algorithm}"


def _sendable(text: str) -> bytes:
    return text.encode(errors="replace")
