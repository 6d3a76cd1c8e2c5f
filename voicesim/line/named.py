"""What a user named: the agent's URL, the address it believes to have, secrets, the account.

Mistakes are ConfigErrors in one line. Secrets come from the environment alone.
"""

import os
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import date

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import host_of, is_loopback
from voicesim.call.terms import Target
from voicesim.line.urls import BadUrlError, parse, shown, user_in
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import ALGORITHMS, HMAC_SHA1, Signer

TOKEN_VARIABLES = ("VOICESIM_TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN")
ACCOUNT_VARIABLES = ("VOICESIM_TWILIO_ACCOUNT_SID", "TWILIO_ACCOUNT_SID")
LOGIN_VARIABLE = "VOICESIM_AGENT_LOGIN"
"""user:password for an agent that asks for a login: out of sight, unlike in a URL."""
LOOPBACK_TOKEN = "voicesim-loopback-token"  # noqa: S105
"""What the reference agent takes on loopback unless told otherwise: no secret, and no set-up."""
SHORTEST_TOKEN = 8
"""Anything shorter is a mistake, and hiding it would spoil what is printed."""
TEST_ACCOUNT = "AC" + "7e57" * 8
"""The account our calls belong to unless the environment names one: reads as TEST."""
TEST_SHARED_KEY = "webhooks_sharedkey_" + "7e57" * 6 + "7e"
"""The id of the shared key that signs with HMAC_SHA256 unless one was named: reads as TEST."""
VOICE_PATH = "/twilio/voice"
"""Where an agent's voice webhook is unless its URL says so."""
TEST_NUMBER = "+15005550006"
"""Who is rung unless said otherwise: Twilio's own number for tests."""

_WEBSOCKET = re.compile(r"ws(?=s?://)", re.IGNORECASE)

Login = tuple[str, str, str]
"""An origin, a user and a password."""


def checked_url(url: str) -> str:
    """``url`` as the line takes it, if it can be called; without credentials and fragment."""
    try:
        return parse(url).text
    except BadUrlError as error:
        raise ConfigError(
            [f"{shown(url)} is no URL to call ({error}); it looks like https://host/voice"]
        ) from None


def signable_url(url: str) -> str:
    """``url`` as it was typed, if Twilio could have signed it: of http(s), or ws(s) of a stream."""
    try:
        parse(_WEBSOCKET.sub("http", url))
    except BadUrlError as error:
        why = f"{shown(url)!r} is no URL that Twilio signs ({error})"
        raise ConfigError(
            [f"{why}; it looks like https://host/voice or wss://host/stream"]
        ) from None
    return url


def voice_url(typed: str, path: str = VOICE_PATH) -> str:
    """The voice webhook of the agent at ``typed``: at ``path``, unless that has a path already."""
    if parse(checked_url(typed)).target.strip("/"):
        return typed
    host, mark, overrides = typed.partition("#")
    return host.rstrip("/") + path + mark + overrides


def at_host_of(url: str, typed: str) -> str:
    """A URL that may have been typed as a path alone: then it is one of the host of ``url``."""
    return origin_of(url) + typed if typed.startswith("/") else typed


def origin_of(url: str) -> str:
    """Scheme, host and port, without credentials."""
    parsed = parse(checked_url(url))
    return f"{parsed.scheme}://{parsed.netloc}"


def route_to(url: str, sign_as: str) -> tuple[str, str] | None:
    """The public origin and the one to dial, where ``sign_as`` makes them differ."""
    dial = origin_of(checked_url(url))
    if not sign_as:
        return None
    if parse(checked_url(sign_as)).target not in ("", "/"):
        raise ConfigError([f"--sign-as takes scheme and host alone: {origin_of(sign_as)}"])
    return origin_of(sign_as), dial


def public_url(url: str, route: tuple[str, str] | None) -> str:
    """``url`` as the agent knows it, without credentials, with Twilio's overrides (#rc=2...)."""
    parsed = parse(checked_url(url))
    if route and parsed.origin == parse(route[1]).origin:
        parsed = parsed.at(parse(route[0]))
    _, mark, overrides = url.partition("#")
    return parsed.text + mark + overrides


def target_for(
    url: str,
    route: tuple[str, str] | None,
    number: str = TEST_NUMBER,
    *,
    method: str = "POST",
    status: str = "",
    fallback: str = "",
    fallback_method: str = "POST",
) -> Target:
    """The agent's number as it is set up at Twilio, with URLs as the agent knows them."""
    return Target(
        url=public_url(url, route),
        called=Party(phone_number(number)),
        account_sid=account_sid(),
        method=method,
        status_url=public_url(status, route) if status else "",
        fallback_url=public_url(fallback, route) if fallback else "",
        fallback_method=fallback_method,
    )


def logins(url: str, others: Sequence[str], route: tuple[str, str] | None) -> tuple[Login, ...]:
    """Who logs in where: as the URLs say, and at the agent's own origin as the environment says."""
    named = [(one, user_in(one)) for one in (url, *others) if one]
    name, colon, password = os.environ.get(LOGIN_VARIABLE, "").partition(":")
    if name and not colon:
        raise ConfigError([f"{LOGIN_VARIABLE} is user:password (no colon in it)"])
    if name:
        named.insert(0, (url, (name, password)))
    return tuple((origin_of(public_url(one, route)), *user) for one, user in named if user)


def login_secrets(logins: Sequence[Login]) -> tuple[str, ...]:
    """What is to be hidden of logins: passwords that are long enough, and as Basic sends them."""
    hidden = []
    for _, name, password in logins:
        if len(password) >= SHORTEST_TOKEN:
            hidden += [password, b64encode(f"{name}:{password}".encode()).decode("ascii")]
    return tuple(hidden)


def named_host(text: str) -> str:
    """The host in what was typed for --allow-host: a host, host:port or a URL."""
    host = host_of(text if "//" in text else f"//{text}")
    if not host:
        raise ConfigError([f"--allow-host {text!r} names no host; write its.name alone"])
    return host


def phone_number(text: str) -> str:
    """A number to be rung, in E.164."""
    if not re.fullmatch(r"\+[1-9][0-9]{1,14}", text):
        raise ConfigError([f"{text!r} is no phone number; write it like +15005550006"])
    return text


def day(text: str) -> date | None:
    """The date that was typed as --start-date; None where none was."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError([f"--start-date {text!r} is no date; write YYYY-MM-DD"]) from None


def auth_token(url: str) -> str:
    """The auth token that webhooks to ``url`` are signed with."""
    token = from_environment(TOKEN_VARIABLES)
    if token and len(token.strip()) < SHORTEST_TOKEN:
        raise ConfigError(
            [f"{' or '.join(TOKEN_VARIABLES)}: an auth token has 32 characters, not {len(token)}"]
        )
    if not token and not is_loopback(host_of(url)):
        raise ConfigError(
            [f"set {TOKEN_VARIABLES[0]} to the account's auth token: webhooks are signed with it"]
        )
    return token or LOOPBACK_TOKEN


def signer(url: str, algorithm: str = HMAC_SHA1, key: str = "", wss_port: str = "signed") -> Signer:
    """Signs webhooks to ``url`` as was asked for; HMAC_SHA256 always goes with a shared key."""
    name = algorithm.upper().replace("-", "_")
    if name not in ALGORITHMS:
        raise ConfigError([f"--signature is {' or '.join(ALGORITHMS)}, not {algorithm!r}"])
    if not re.fullmatch(r"[A-Za-z0-9_-]*", key):
        raise ConfigError(["--shared-key is an id of letters, digits and _, not the secret itself"])
    key = key or ("" if name == HMAC_SHA1 else TEST_SHARED_KEY)
    return Signer(auth_token(url), name, key, wss_port)


def account_sid() -> str:
    """The account that calls belong to."""
    return from_environment(ACCOUNT_VARIABLES) or TEST_ACCOUNT


def from_environment(names: Sequence[str]) -> str:
    """The first of these variables that is set, or ""."""
    return next((os.environ[name] for name in names if os.environ.get(name)), "")
