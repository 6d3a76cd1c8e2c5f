"""From what was typed and the files of voicesim to the job of a run."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from voicesim import data
from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule
from voicesim.call.terms import Target
from voicesim.config.callers import parse_catalogue
from voicesim.config.gates import parse_gates
from voicesim.config.targets import parse_target
from voicesim.config.workloads import parse_workload
from voicesim.line.named import (
    TEST_NUMBER,
    TOKEN_VARIABLES,
    VOICE_PATH,
    account_sid,
    auth_token,
    origin_of,
    public_url,
    route_to,
    voice_url,
)
from voicesim.line.policy import Policy
from voicesim.results.lookup import TargetProfile
from voicesim.results.tally import Counting
from voicesim.swarm.station import Job
from voicesim.traffic.workload import Workload
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer
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
    gates: str = ""
    target: str = ""
    start_date: str = ""
    repeat_webhooks: float = 0.0
    """Of a hundred."""
    pool: int = 256
    build: str = ""


def load_workload(name: str) -> Workload:
    """The workload that comes with voicesim under ``name``; ConfigError where there is none."""
    catalogue = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
    gates = {Path(file).stem: text for file, text in data.texts("gates").items()}
    texts = {Path(file).stem: (file, text) for file, text in data.texts("workloads").items()}
    if name not in texts:
        raise ConfigError([f"there is no workload {name!r}; there are: {', '.join(texts)}"])
    file, text = texts[name]
    return parse_workload(text, file, catalogue, gates)


def load_gates(name: str) -> tuple[Gate, ...]:
    """The gates that come with voicesim under ``name``, or those in a file of that path."""
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return parse_gates(path.read_text(encoding="utf-8"), name)
    texts = {Path(file).stem: (file, text) for file, text in data.texts("gates").items()}
    if name not in texts:
        raise ConfigError([f"there are no gates {name!r}; there are: {', '.join(texts)}"])
    file, text = texts[name]
    return parse_gates(text, file)


def load_target(name: str) -> TargetProfile | None:
    """The target profile that comes with voicesim under ``name``, or in a file of that path."""
    if not name:
        return None
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return parse_target(path.read_text(encoding="utf-8"), name)
    texts = {Path(file).stem: (file, text) for file, text in data.texts("targets").items()}
    if name not in texts:
        raise ConfigError([f"there is no target {name!r}; there are: {', '.join(texts)}"])
    file, text = texts[name]
    return parse_target(text, file)


def may_be_called(options: Options) -> bool:
    """Whether the host that was typed is loopback or was named on purpose."""
    return HostRule(frozenset(options.allow_host)).allows(options.host)


def known_secrets(target: TargetProfile | None) -> tuple[str, ...]:
    """What must not be in anything that is written: tokens and the look-up's header values."""
    headers = target.lookup.headers.values() if target and target.lookup else ()
    named = (*TOKEN_VARIABLES, *headers)
    return tuple(os.environ[name] for name in named if os.environ.get(name))


def make_job(options: Options, workload: Workload) -> tuple[Job, tuple[Gate, ...]]:
    """The job of a run; ConfigError with what is to be put right."""
    repeats = options.repeat_webhooks
    if not 0 <= repeats <= 100:
        raise ConfigError([f"--repeat-webhooks: must be from 0 to 100 (is {repeats:g})"])
    if len(options.build) > MAX_BUILD or not options.build.isprintable():
        raise ConfigError([f"--build: at most {MAX_BUILD} letters, none of them a control"])
    url = voice_url(options.host, options.voice_path)
    route = route_to(url, options.sign_as)
    gates = load_gates(options.gates or workload.gates)
    status = origin_of(url) + options.status_path if options.status_path else ""
    scale = workload.time_scale if options.time_scale is None else options.time_scale
    job = Job(
        seed=options.seed,
        workload=workload,
        catalogue=parse_catalogue(data.texts("personas"), data.texts("scenarios")),
        target=Target(
            url=public_url(url, route),
            called=Party(TEST_NUMBER),
            account_sid=account_sid(),
            status_url=public_url(status, route) if status else "",
        ),
        policy=Policy(
            Signer(auth_token(url)),
            HostRule(frozenset(options.allow_host)),
            route,
            repeats=repeats / 100,
        ),
        time_scale=scale,
        counting=Counting(options.seed, bounds_of(gates), origin_of(public_url(url, route))),
        today=date.fromisoformat(options.start_date) if options.start_date else _today(),
        pool=options.pool,
    )
    return job, gates


def _today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - the day a run is on is the command line's
