"""What the agent is told by its environment."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LOOPBACK_TOKEN = "voicesim-loopback-token"  # noqa: S105 - documented, and good on loopback only


class SettingsError(Exception):
    """The environment says something the agent cannot start with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one run."""

    auth_token: str
    api_key: str | None = None
    """Wanted as X-API-Key by the look-up routes, if set."""
    live_account: str | None = None
    """The AccountSid whose calls are real; those of all others are marked as test."""
    fixed_today: date | None = None
    front_desk: str = ""
    """The number that is dialled for who asks for a person; none: somebody calls back."""

    def today(self) -> date:
        """Give the day that "tomorrow" is counted from."""
        return self.fixed_today or date.today()

    def is_test(self, account_sid: str) -> bool:
        """Say whether the calls of this account are tests."""
        return self.live_account is None or account_sid != self.live_account


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach what is bound to the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def from_environment(environ: Mapping[str, str], host: str) -> Settings:
    """Read the settings; ``host`` is what the agent will be bound to."""
    token = environ.get("TWILIO_AUTH_TOKEN") or environ.get("VOICESIM_TWILIO_AUTH_TOKEN")
    if not token:
        if not is_loopback(host):
            raise SettingsError(
                f"set TWILIO_AUTH_TOKEN: without it the agent serves loopback only, not {host}"
            )
        token = LOOPBACK_TOKEN
    return Settings(
        auth_token=token,
        api_key=environ.get("REFERENCE_API_KEY") or None,
        live_account=environ.get("REFERENCE_LIVE_ACCOUNT") or None,
        front_desk=_number(environ.get("REFERENCE_FRONT_DESK", "").strip()),
        fixed_today=_day(environ.get("VOICESIM_AGENT_TODAY")),
    )


def _number(text: str) -> str:
    if text and not (text[0] == "+" and text[1:].isdecimal() and 7 <= len(text) <= 16):
        raise SettingsError(
            f"REFERENCE_FRONT_DESK must be a number such as +12025550123, not {text!r}"
        )
    return text


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"VOICESIM_AGENT_TODAY must be YYYY-MM-DD, not {text!r}") from None
