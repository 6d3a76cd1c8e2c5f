"""The agent under test as the environment names it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import requests

from voicesim import data
from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule, host_of, is_loopback
from voicesim.base.redact import Redactor
from voicesim.call.terms import Target
from voicesim.config.targets import parse_target
from voicesim.data.reading import text as read
from voicesim.line.named import (
    TEST_NUMBER,
    TOKEN_VARIABLES,
    account_sid,
    auth_token,
    checked_url,
    from_environment,
    origin_of,
    voice_url,
)
from voicesim.line.policy import Limits, Policy
from voicesim.results.lookup import TargetProfile, extract
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

URL_VARIABLES = ("PRODUCTION_TEST_URL", "FUNCTION_URL")
"""The first that is set counts."""
KEY_VARIABLE = "PRODUCTION_API_KEY"
TIMEOUT_VARIABLE = "PRODUCTION_TEST_TIMEOUT"
TIMEOUT_S = 30.0
PROFILE_VARIABLE = "PRODUCTION_TEST_TARGET"
"""How to look into the agent: a target profile's name, or the path of one."""
KEY_HEADER = "X-API-Key"
NO_URL = "PRODUCTION_TEST_URL or FUNCTION_URL environment variable not set"
LOOKUP_S = 5.0


@dataclass(frozen=True)
class Agent:
    """Where the agent is, what opens it, and how long it is waited for."""

    url: str
    timeout_s: float
    today: date
    profile: TargetProfile | None = None
    token: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    @property
    def origin(self) -> str:
        return origin_of(self.url)

    @property
    def headers(self) -> dict[str, str]:
        """What opens it."""
        return {KEY_HEADER: self.key} if self.key else {}

    @property
    def hide(self) -> Redactor:
        """Takes secrets out of what is printed."""
        return Redactor(tuple(secret for secret in (self.token, self.key) if secret))

    @property
    def number(self) -> Target:
        """Its number, as set up at Twilio."""
        return Target(checked_url(self.url), Party(TEST_NUMBER), account_sid())

    @property
    def policy(self) -> Policy:
        return Policy(
            Signer(self.token) if self.token else None,
            HostRule(frozenset({host_of(self.url)})),
            limits=Limits(total_s=self.timeout_s),
            credentials=(self.origin, tuple(self.headers.items())),
        )

    def stored(self, call_sid: str) -> dict[str, str] | None:
        """What it stored of a call, by field; None where it has no record of it.

        Raises RequestException or ValueError when it cannot be told.
        """
        assert self.profile is not None
        assert self.profile.lookup is not None
        lookup = self.profile.lookup
        answer = requests.get(
            self.origin + lookup.path_of(call_sid), headers=self.headers, timeout=LOOKUP_S
        )
        if answer.status_code == requests.codes.not_found:
            return None
        answer.raise_for_status()
        return extract(lookup, answer.json())


def named(environment: Mapping[str, str]) -> str:
    """The agent's address as ``environment`` has it, or ""."""
    return next((environment[name] for name in URL_VARIABLES if environment.get(name)), "")


def agent_at(address: str, profile: str, environment: Mapping[str, str]) -> Agent:
    """The agent at ``address``; ConfigError with what is to be put right."""
    url = voice_url(address)
    return Agent(
        url=url,
        timeout_s=_timeout(environment.get(TIMEOUT_VARIABLE, "")),
        today=datetime.now(UTC).date(),
        profile=_profile(profile),
        token=_token(url),
        key=environment.get(KEY_VARIABLE, ""),
    )


def _token(url: str) -> str:
    """What webhooks are signed with; "" is not at all."""
    if from_environment(TOKEN_VARIABLES) or is_loopback(host_of(url)):
        return auth_token(url)
    return ""


def _timeout(text: str) -> float:
    try:
        seconds = float(text or TIMEOUT_S)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        raise ConfigError([f"{TIMEOUT_VARIABLE} must be seconds, more than 0: not {text!r}"])
    return seconds


def _profile(name: str) -> TargetProfile | None:
    if not name:
        return None
    path = Path(name)
    if path.suffix == ".toml" and path.exists():
        return parse_target(read(path), name)
    texts = {Path(file).stem: (file, text) for file, text in data.texts("targets").items()}
    if name not in texts:
        raise ConfigError([f"{PROFILE_VARIABLE}: there is no target {name!r} nor such a file"])
    file, text = texts[name]
    return parse_target(text, file)


def from_process(address: str = "", profile: str = "") -> Agent:
    """The agent at ``address``, or else as this process's environment names it."""
    return agent_at(
        address or named(os.environ), profile or os.environ.get(PROFILE_VARIABLE, ""), os.environ
    )
