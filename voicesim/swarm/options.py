"""The options that voicesim adds to Locust's, on the command line and in the web UI."""

from argparse import SUPPRESS, Namespace
from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from voicesim.base.errors import ConfigError
from voicesim.line.named import day
from voicesim.swarm.job import Options
from voicesim.traffic.workload import Workload
from voicesim.twilio.signature import HMAC_SHA1

if TYPE_CHECKING:  # Locust patches sockets when it is imported
    from locust.argument_parser import LocustArgumentParser

N = TypeVar("N", int, float)


def add_options(parser: "LocustArgumentParser", workload: Workload, *, shaped: bool) -> None:
    """Add what a run of ``workload`` can be told; ``shaped`` when its number of users changes."""
    if not shaped:
        parser.set_defaults(num_users=workload.users, spawn_rate=workload.spawn_rate_per_s)

    parser.add_argument(
        "--time-scale",
        type=float,
        default=None,
        include_in_web_ui=True,
        help="wall seconds a second inside calls takes: 1 real, 0 none",
    )
    parser.add_argument(
        "--seed", type=int, default=None, include_in_web_ui=True, help="repeats a run's callers"
    )
    hidden: dict[str, Any] = {"include_in_web_ui": False}
    parser.add_argument(
        "--allow-host",
        action="append",
        default=None,
        **hidden,
        help="a host that may be called besides loopback and --host; repeatable",
    )
    parser.add_argument(
        "--sign-as", default="", **hidden, help="the public origin the agent believes it has"
    )
    parser.add_argument(
        "--voice-path",
        default="/twilio/voice",
        **hidden,
        help="the webhook's path where --host has none",
    )
    parser.add_argument(
        "--status-path",
        default="",
        **hidden,
        help="where status callbacks go, a path of the same host",
    )
    parser.add_argument(
        "--fallback-url",
        default="",
        **hidden,
        help="asked for a document where a webhook fails: a URL, or a path of the same host",
    )
    parser.add_argument(
        "--assume",
        action="append",
        default=None,
        **hidden,
        help="NAME=VALUE: how Twilio is played where its pages are silent; repeatable",
    )
    parser.add_argument(
        "--signature",
        default=HMAC_SHA1,
        **hidden,
        help="HMAC_SHA1, or HMAC_SHA256 under a shared key, whose secret is the token",
    )
    parser.add_argument(
        "--shared-key", default="", **hidden, help="the id of that key, as the agent knows it"
    )
    parser.add_argument("--gates", default="", **hidden, help="pass rules: a name or a .toml file")
    parser.add_argument(
        "--target", default="", **hidden, help="how to look into the agent: a name or a .toml file"
    )
    parser.add_argument("--reports", default="reports", **hidden, help="folder for reports")
    parser.add_argument(
        "--pool", type=int, default=256, **hidden, help="webhooks in flight at once, per process"
    )
    parser.add_argument(
        "--drain-grace",
        type=float,
        default=None,
        **hidden,
        help="seconds that calls may go on when the run is over",
    )
    parser.add_argument(
        "--repeat-webhooks",
        type=float,
        default=0.0,
        metavar="PERCENT",
        **hidden,
        help="so many webhooks of a hundred are sent once more, as if their answer had been lost",
    )
    parser.add_argument("--start-date", default="", **hidden, help="the day it is (YYYY-MM-DD)")
    parser.add_argument(
        "--hold-arrivals",
        action="store_true",
        default=False,
        **hidden,
        help="let the first call arrive when all users are there",
    )
    parser.add_argument(
        "--no-audit",
        action="store_true",
        default=False,
        **hidden,
        help="leave out the signature audit before the run",
    )
    parser.add_argument(
        "--build",
        default="",
        include_in_web_ui=True,
        help="which build of the agent this is: a tag or commit, for figures over months",
    )
    parser.add_argument(
        "--metrics-port",
        type=int,
        default=None,
        env_var="VOICESIM_METRICS_PORT",
        **hidden,
        help="serve what Prometheus reads there, at /metrics (0: any free port)",
    )
    parser.add_argument(
        "--metrics-host",
        default="127.0.0.1",
        env_var="VOICESIM_METRICS_HOST",
        **hidden,
        help="the address it listens at; it shows no secret, and anyone who reaches it reads it",
    )
    parser.add_argument(
        "--push-gateway",
        default="",
        env_var="VOICESIM_PUSH_GATEWAY",
        **hidden,
        help="a Pushgateway's URL: the result goes there when the run is over",
    )
    # What the master tells its workers with the options, since a worker may join at any time.
    parser.add_argument("--run-seed", type=int, default=SUPPRESS, help=SUPPRESS)
    parser.add_argument("--run-id", default="", help=SUPPRESS, **hidden)
    parser.add_argument("--run-age-s", type=float, default=0.0, help=SUPPRESS, **hidden)


COMMAND_LINE_ONLY = (
    "allow_host",
    "sign_as",
    "voice_path",
    "status_path",
    "fallback_url",
    "assume",
    "signature",
    "shared_key",
    "gates",
    "target",
    "reports",
    "pool",
    "drain_grace",
    "repeat_webhooks",
    "start_date",
    "hold_arrivals",
    "no_audit",
    "metrics_port",
    "metrics_host",
    "push_gateway",
)
"""What the web UI has no box for; a request of one's own making could name it all the same."""


def command_line_only(options: Namespace) -> dict[str, Any]:
    """The options as the command line has them that the web UI must not change."""
    return {name: getattr(options, name) for name in COMMAND_LINE_ONLY}


def leave_as_text(options: Namespace) -> None:
    """Have the web UI hand on the numbers as they are typed.

    Locust reads what is typed by the type that the option has: an emptied number would be a fault.
    """
    for name in ("seed", "time_scale"):
        value = getattr(options, name)
        setattr(options, name, "" if value is None else str(value))


def typed(options: Namespace, host: str) -> Options:
    """What was typed for a run of ``host``; ConfigError with every mistake."""
    _check(options)
    seed: int | None = getattr(options, "run_seed", None)
    return Options(
        host=host,
        seed=seed or 0,
        time_scale=_time_scale_of(options),
        allow_host=tuple(options.allow_host or ()),
        sign_as=options.sign_as or "",
        voice_path=options.voice_path,
        status_path=options.status_path or "",
        fallback_url=options.fallback_url or "",
        assume=tuple(options.assume or ()),
        signature=options.signature or HMAC_SHA1,
        shared_key=options.shared_key or "",
        gates=options.gates or "",
        target=options.target or "",
        start_date=options.start_date or "",
        repeat_webhooks=options.repeat_webhooks,
        pool=options.pool,
        build=options.build or "",
    )


def _check(options: Namespace) -> None:
    """Raise ConfigError with every mistake in what was typed."""
    mistakes: list[str] = []
    for read in (_time_scale_of, seed_of, _drain_grace_of, _pool_of, _day_of):
        try:
            read(options)
        except ConfigError as error:
            mistakes += error.messages
    if mistakes:
        raise ConfigError(mistakes)


def users_of(options: Namespace, workload: Workload) -> int:
    """How many users the run is asked for."""
    asked: int | None = options.num_users
    return asked or workload.users


def run_time_of(options: Namespace, workload: Workload) -> float:
    """How long the run is asked to be (s)."""
    return float(options.run_time or workload.run_time_s)


def settle(options: Namespace, workload: Workload) -> None:
    """Have the workload's own for what was not typed, before Locust puts one user there."""
    options.run_time = run_time_of(options, workload)
    options.num_users = users_of(options, workload)


def too_short(run_time_s: float | None, workload: Workload) -> str:
    """What is to be said of a run that would be over with its warm-up, else ""."""
    if run_time_s is None or run_time_s > workload.warm_up_s:
        return ""
    return (
        f"run time must be longer than the warm-up of {workload.name}, {workload.warm_up_s:g} s:"
        f" nothing would be left to judge (is {run_time_s:g} s)"
    )


def _drain_grace_of(options: Namespace) -> float | None:
    return _number(options.drain_grace, float, "--drain-grace must be a number, 0 or more")


def _pool_of(options: Namespace) -> None:
    if options.pool < 1:
        raise ConfigError([f"--pool must be 1 or more (is {options.pool})"])


def _day_of(options: Namespace) -> None:
    day(options.start_date)


def _time_scale_of(options: Namespace) -> float | None:
    """The time scale that was typed, if one was; ConfigError when it is none."""
    return _number(options.time_scale, float, "time scale must be a number, 0 or more")


def seed_of(options: Namespace) -> int | None:
    """The seed that was typed, if one was; ConfigError when it is none."""
    return _number(options.seed, int, "seed must be a whole number, 0 or more")


def _number(typed: object, number: Callable[[str], N], wrong: str) -> N | None:
    """Read what the web UI gives as text, "" where nothing was typed, the command line as it is."""
    text = "" if typed is None else str(typed).strip()
    if not text:
        return None
    try:
        value = number(text)
    except ValueError:
        value = number("-1")
    if not (isfinite(value) and value >= 0):
        raise ConfigError([f"{wrong} (is {text!r})"])
    return value
