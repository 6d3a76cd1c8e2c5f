"""From what was typed and the files of voicesim to the job of a run."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from voicesim import data
from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.config.callers import Catalogue, parse_catalogue
from voicesim.config.gates import parse_gates
from voicesim.config.targets import parse_target
from voicesim.config.workloads import parse_workload
from voicesim.data.reading import text as read
from voicesim.line.assumed import assumed
from voicesim.line.named import (
    LOGIN_VARIABLE,
    SHORTEST_TOKEN,
    TOKEN_VARIABLES,
    VOICE_PATH,
    at_host_of,
    day,
    login_secrets,
    logins,
    origin_of,
    public_url,
    route_to,
    signer,
    target_for,
    voice_url,
)
from voicesim.line.policy import Policy
from voicesim.line.urls import user_in
from voicesim.results.lookup import TargetProfile
from voicesim.results.tally import Counting
from voicesim.swarm.station import SETUP, Job
from voicesim.traffic.workload import Workload
from voicesim.twilio.signature import HMAC_SHA1
from voicesim.verdict.gates import Gate, bounds_of

STATUS_PATH = "/twilio/status"
MAX_BUILD = 80
"""Letters of the name of the agent's build."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was typed for a run; "" and None stand for the workload's own."""

    host: str
    seed: int
    time_scale: float | None = None
    allow_host: tuple[str, ...] = ()
    sign_as: str = ""
    voice_path: str = VOICE_PATH
    status_path: str = ""
    fallback_url: str = ""
    assume: tuple[str, ...] = ()
    signature: str = HMAC_SHA1
    shared_key: str = ""
    gates: str = ""
    target: str = ""
    start_date: str = ""
    repeat_webhooks: float = 0.0
    """Of a hundred."""
    pool: int = 256
    build: str = ""


def load_catalogue() -> Catalogue:
    """All personas and scenarios; ConfigError with every mistake in any of the user's own."""
    return parse_catalogue(data.texts("personas"), data.texts("scenarios"))


def load_workload(name: str) -> Workload:
    """The workload of that name, or in a file of that path; ConfigError where there is none."""
    gates = {Path(file).stem: text for file, text in data.texts("gates").items()}
    file, text = _named("workload", "workloads", name)
    return parse_workload(text, file, load_catalogue(), gates)


def load_gates(name: str) -> tuple[Gate, ...]:
    """The gates that come with voicesim under ``name``, or those in a file of that path."""
    file, text = _named("gates file", "gates", name)
    catalogue = load_catalogue()
    return parse_gates(text, file, catalogue.personas, [*catalogue.scenarios, SETUP])


def load_target(name: str) -> TargetProfile | None:
    """The target profile that comes with voicesim under ``name``, or in a file of that path."""
    if not name:
        return None
    file, text = _named("target", "targets", name)
    return parse_target(text, file)


def _named(what: str, kind: str, name: str) -> tuple[str, str]:
    """File name and text of what is called ``name``, or in a file of that path."""
    path = Path(name)
    if path.suffix == ".toml" and path.exists():
        return name, read(path)
    texts = {Path(file).stem: (file, text) for file, text in data.texts(kind).items()}
    if name not in texts:
        known = f"there are: {', '.join(texts)}; or name a .toml file"
        raise ConfigError([f"there is no {what} {name!r}; {known}"])
    return texts[name]


def refusal(options: Options) -> str:
    """Why the host that was typed is not called: neither loopback nor named on purpose; else ""."""
    if HostRule(frozenset(options.allow_host)).allows(options.host):
        return ""
    return f"{options.host!r} is not called: neither this machine nor named by --allow-host"


def redactor(target: TargetProfile | None, more: Sequence[str] = ()) -> Redactor:
    """Hides what nobody may read: tokens, the look-up's header values, ``more``, however written.

    ConfigError where a header's value is so short that hiding it would spoil what is written.
    """
    headers = target.lookup.headers.values() if target and target.lookup else ()
    mistakes = []
    for name in headers:
        value = os.environ.get(name, "")
        if value and len(value.strip()) < SHORTEST_TOKEN:
            mistakes.append(
                f"{name}: the value of a look-up's header is kept secret, and needs at least"
                f" {SHORTEST_TOKEN} characters for it (has {len(value.strip())})"
            )
    if mistakes:
        raise ConfigError(mistakes)
    values = {os.environ[name] for name in (*TOKEN_VARIABLES, *headers) if os.environ.get(name)}
    values |= set(more)
    spellings = {spelling for value in values for spelling in _spellings(value)}
    return Redactor(tuple(sorted(spellings, key=lambda text: (-len(text), text))))


def _spellings(secret: str) -> Iterator[str]:
    """A secret as it is, and as messages, URLs and markup write it."""
    yield secret
    yield repr(secret)[1:-1]
    yield quote(secret, safe="")
    yield escape(secret)


def make_job(options: Options, workload: Workload) -> tuple[Job, tuple[Gate, ...]]:
    """The job of a run; ConfigError with what is to be put right."""
    repeats = options.repeat_webhooks
    if not 0 <= repeats <= 100:
        raise ConfigError([f"--repeat-webhooks: must be from 0 to 100 (is {repeats:g})"])
    if len(options.build) > MAX_BUILD or not options.build.isprintable():
        raise ConfigError([f"--build: at most {MAX_BUILD} letters, none of them a control"])
    if user_in(options.host):
        raise ConfigError(
            [f"--host: leave user and password out of it, and set {LOGIN_VARIABLE}=user:password"]
        )
    url = voice_url(options.host, options.voice_path)
    route = route_to(url, options.sign_as)
    gates = load_gates(options.gates or workload.gates)
    status = origin_of(url) + options.status_path if options.status_path else ""
    fallback = at_host_of(url, options.fallback_url)
    users = logins(url, (fallback,), route)
    played = assumed(options.assume)
    scale = workload.time_scale if options.time_scale is None else options.time_scale
    job = Job(
        seed=options.seed,
        workload=workload,
        catalogue=load_catalogue(),
        target=target_for(
            url, route, status=status, fallback=fallback, fallback_method=played.fallback_method
        ),
        terms=played.terms,
        policy=Policy(
            signer(url, options.signature, options.shared_key, played.line.wss_port),
            HostRule(frozenset({*options.allow_host, host_of(fallback)}) - {""}),
            route,
            repeats=repeats / 100,
            logins=users,
            terms=played.line,
        ),
        time_scale=scale,
        counting=Counting(options.seed, bounds_of(gates), origin_of(public_url(url, route))),
        today=day(options.start_date) or _today(),
        hide=redactor(load_target(options.target), login_secrets(users)),
        pool=options.pool,
    )
    return job, gates


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - the day a run is on is the command line's
