"""What a user named: the agent's URL, the address it believes to have, the token, the account.

Mistakes are ConfigErrors in one line. Secrets come from the environment alone.
"""

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import host_of, is_loopback

TOKEN_VARIABLES = ("VOICESIM_TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN")
ACCOUNT_VARIABLES = ("VOICESIM_TWILIO_ACCOUNT_SID", "TWILIO_ACCOUNT_SID")
LOOPBACK_TOKEN = "voicesim-loopback-token"  # noqa: S105
"""What the reference agent takes on loopback unless told otherwise: no secret, and no set-up."""
TEST_ACCOUNT = "AC" + "7e57" * 8
"""The account our calls belong to unless the environment names one: reads as TEST."""
TEST_NUMBER = "+15005550006"
"""Who is rung unless said otherwise: Twilio's own number for tests."""


def checked_url(url: str) -> str:
    """``url`` if it can be called."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ConfigError([f"{url!r} is no URL to call; it looks like https://host/voice"])
    return url


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def route_to(url: str, sign_as: str) -> tuple[str, str] | None:
    """The public origin and the one to dial, where ``sign_as`` makes them differ."""
    dial = origin_of(checked_url(url))
    if not sign_as:
        return None
    parts = urlsplit(checked_url(sign_as))
    if parts.path.strip("/") or parts.query:
        raise ConfigError([f"--sign-as takes scheme and host alone: {origin_of(sign_as)}"])
    return origin_of(sign_as), dial


def public_url(url: str, route: tuple[str, str] | None) -> str:
    """``url`` as the agent knows it."""
    if route and origin_of(url) == route[1]:
        return route[0] + url.removeprefix(route[1])
    return url


def auth_token(url: str) -> str:
    """The auth token that webhooks to ``url`` are signed with."""
    token = from_environment(TOKEN_VARIABLES)
    if not token and not is_loopback(host_of(url)):
        raise ConfigError(
            [f"set {TOKEN_VARIABLES[0]} to the account's auth token: webhooks are signed with it"]
        )
    return token or LOOPBACK_TOKEN


def account_sid() -> str:
    """The account that calls belong to."""
    return from_environment(ACCOUNT_VARIABLES) or TEST_ACCOUNT


def from_environment(names: Sequence[str]) -> str:
    """The first of these variables that is set, or ""."""
    return next((os.environ[name] for name in names if os.environ.get(name)), "")
