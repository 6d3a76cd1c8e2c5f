"""Logging in where an agent asks for it: Basic and Digest, with the user a URL names.

Sources: Twilio's usage/security page (nothing is sent before a 401; then the call stays logged in),
RFC 9110 section 11, RFC 7617 (Basic), RFC 7616 (Digest).
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import md5, sha256
from typing import NamedTuple

MOST_LOGINS = 10
"""Origins that one call stays logged in at."""

_CNONCE = 32  # letters of the nonce that is ours
_LONGEST = 4_096  # characters of all challenges together
_PART = re.compile(
    r"""
        (?P<name>[^\s,="]++) \s*+=\s*+ (?: "(?P<quoted>(?:[^"\\]|\\.)*+)" | (?P<plain>[^\s,"]++) )
      | (?P<scheme>[^\s,="]++)
    """,
    re.VERBOSE,
)
_HASHES: dict[str, Callable[[bytes], str]] = {
    "sha-256": lambda data: sha256(data).hexdigest(),
    "md5": lambda data: md5(data, usedforsecurity=False).hexdigest(),
}
"""The strongest first."""


class User(NamedTuple):
    """Who logs in."""

    name: str
    password: str

    def __repr__(self) -> str:
        return "User([hidden])"


Challenge = tuple[tuple[str, str], ...]
"""What a login is asked for with: first ("", scheme), then the parameters, names in lower case."""


class Login(NamedTuple):
    """A login that an origin has asked for, and how often it was used.

    An origin that has not asked yet has no challenge: a URL named the user, and nothing is sent.
    """

    origin: tuple[str, str, int]
    user: User
    challenge: Challenge
    used: int = 0


def chosen(challenges: Iterable[str], *, first: bool = False) -> Challenge | None:
    """What of all that WWW-Authenticate headers ask for we answer; None for none.

    The strongest, or of those that we can answer the ``first``.
    """
    able = [(rank, one) for one in _read(challenges) if (rank := _rank(dict(one))) is not None]
    if not able:
        return None
    return able[0][1] if first else min(able, key=lambda ranked: ranked[0])[1]


def authorization(login: Login, method: str, target: str, salt: str) -> str:
    """The value of the Authorization header; ``salt`` makes the client's nonce."""
    asked = dict(login.challenge)
    if asked[""] == "basic":
        name, password = login.user
        return "Basic " + b64encode(f"{name}:{password}".encode()).decode("ascii")
    cnonce = sha256(f"{salt} {login.used} {asked['nonce']}".encode()).hexdigest()[:_CNONCE]
    return _digest(login, asked, method, target, cnonce)


def _digest(login: Login, asked: dict[str, str], method: str, target: str, cnonce: str) -> str:
    algorithm = asked.get("algorithm", "MD5")
    base = algorithm.lower().removesuffix("-sess")

    def hashed(*parts: str) -> str:
        return _HASHES[base](b":".join(_bytes(part) for part in parts))

    user, realm, nonce = login.user, asked.get("realm", ""), asked["nonce"]
    secret = hashed(_wire(user.name), realm, _wire(user.password))
    if algorithm.lower().endswith("-sess"):
        secret = hashed(secret, nonce, cnonce)
    count = f"{login.used + 1:08x}"
    middle = (nonce, count, cnonce, "auth") if "qop" in asked else (nonce,)
    quoted = {"username": _wire(user.name), "realm": realm, "nonce": nonce, "uri": target}
    quoted["response"] = hashed(secret, *middle, hashed(method, target))
    if "opaque" in asked:
        quoted["opaque"] = asked["opaque"]
    plain = {"algorithm": algorithm}
    if "qop" in asked or base != algorithm.lower():
        quoted["cnonce"] = cnonce
    if "qop" in asked:
        plain |= {"qop": "auth", "nc": count}
    texts = [f'{name}="{_escaped(value)}"' for name, value in quoted.items()]
    texts += [f"{name}={value}" for name, value in plain.items()]
    return "Digest " + ", ".join(texts)


def _read(challenges: Iterable[str]) -> list[Challenge]:
    """Every challenge in ``challenges``: several may stand in one header, in several headers."""
    found: list[list[tuple[str, str]]] = []
    left = _LONGEST
    for text in challenges:
        begun = False
        text, left = text[:left], max(left - len(text), 0)
        if not text.isprintable():  # what is sent back must not be able to end a line
            continue
        for part in _PART.finditer(text):
            name, quoted, plain, scheme = part.group("name", "quoted", "plain", "scheme")
            if scheme:
                found.append([("", scheme.lower())])
                begun = True
            elif begun:
                value = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
                found[-1].append((name.lower(), value))
    return [tuple(one) for one in found]


def _rank(asked: dict[str, str]) -> int | None:
    """How good a challenge is, 0 the best; None where we cannot answer it."""
    if asked[""] == "basic":
        return len(_HASHES)
    algorithm = asked.get("algorithm", "MD5").lower().removesuffix("-sess")
    offered = [one.strip().lower() for one in asked.get("qop", "auth").split(",")]
    if asked[""] != "digest" or algorithm not in _HASHES or not asked.get("nonce"):
        return None
    return list(_HASHES).index(algorithm) if "auth" in offered else None


def _wire(text: str) -> str:
    """Text as the characters that its UTF-8 bytes have in a header."""
    return text.encode(errors="replace").decode("latin-1")


def _bytes(text: str) -> bytes:
    return text.encode("latin-1", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
