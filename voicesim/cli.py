"""``voicesim``: rings a phone agent's webhooks and says how it went.

Exit codes: 0 pass, 1 the agent failed (unreachable included), 2 usage or configuration,
3 inconclusive.
"""

import json
import os
import secrets
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from voicesim import __version__, data
from voicesim.base.errors import ConfigError
from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.call.entries import FullLog
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import Catalogue, parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.named import (
    TEST_NUMBER,
    account_sid,
    auth_token,
    checked_url,
    named_host,
    origin_of,
    phone_number,
    public_url,
    route_to,
)
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend
from voicesim.output.terminal import LiveLadder, Terminal, console_of
from voicesim.results.export import as_data
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

PASS, FAIL, USAGE, UNSURE = 0, 1, 2, 3
T = TypeVar("T")
USAGE_ERROR: Any = typer.BadParameter.__bases__[0]
"""What typer raises for a wrong command line: it carries a click of its own."""
app = typer.Typer(
    help="Everything around a phone agent except the agent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line.

    The user's mistakes are one line each on stderr and exit code 2. What breaks within voicesim is
    exit code 3: it says nothing about the agent.
    """
    try:
        sys.exit(app(standalone_mode=False) or PASS)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except USAGE_ERROR as error:
        _complain([" ".join(error.format_message().split())])
        sys.exit(USAGE)
    except ConfigError as error:
        _complain(error.messages)
        sys.exit(USAGE)
    except (typer.Abort, KeyboardInterrupt):
        _complain(["interrupted"])
        sys.exit(UNSURE)
    except OSError as error:
        _complain([f"could not go on: {error}"])
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is to be flushed there
        sys.exit(UNSURE)
    except Exception:  # anything else is our own mistake
        traceback.print_exc()
        sys.exit(UNSURE)


def _complain(messages: Sequence[str]) -> None:
    for message in messages:
        sys.stderr.write(f"voicesim: {message}\n")


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"voicesim {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Everything around a phone agent except the agent."""
    del version


@app.command()
def call(
    url: Annotated[str, typer.Argument(help="The agent's voice webhook, as typed in at Twilio.")],
    scenario: Annotated[str, typer.Option(help="What the caller rings for.")] = "quick_booking",
    persona: Annotated[str, typer.Option(help="How it calls; default: the scenario's.")] = "",
    time_scale: Annotated[
        float,
        typer.Option(
            min=0, max=10, help="Wall seconds a second of the call takes: 1 real, 0 none."
        ),
    ] = 0.0,
    sign_as: Annotated[
        str, typer.Option(help="The public origin the agent believes it has: https://its.name")
    ] = "",
    to: Annotated[str, typer.Option(help="The agent's number.")] = TEST_NUMBER,
    status_callback: Annotated[str, typer.Option(help="Where status callbacks go.")] = "",
    method: Annotated[str, typer.Option(help="POST or GET, as set at Twilio.")] = "POST",
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further host that may be called; repeatable.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Repeats a call; default: a new one.")] = None,
    start_date: Annotated[str, typer.Option(help="The day it is (YYYY-MM-DD); today.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Ring an agent once and print the call as a ladder while it happens."""
    catalogue = _catalogue()
    chosen = _pick("scenario", scenario, catalogue.scenarios)
    who = _pick("persona", persona or chosen.persona, catalogue.personas)
    route = route_to(url, sign_as)
    token = auth_token(url)
    named = [host_of(url), host_of(status_callback), *map(named_host, allow_host or [])]
    hosts = HostRule(frozenset(named) - {""})
    target = Target(
        url=public_url(url, route),
        called=Party(phone_number(to)),
        account_sid=account_sid(),
        method=_method(method),
        status_url=public_url(checked_url(status_callback), route) if status_callback else "",
    )
    used_seed = secrets.randbits(32) if seed is None else seed
    today = _day(start_date)
    hide = Redactor((token,))
    terminal = Terminal(console_of(stderr=as_json), hide)
    exchange = Exchange(used_seed, target, Terms(), today)
    setup = exchange.setup_call(0, who, chosen, FullLog())
    plans = [*([setup] if setup else []), exchange.call(0, who, chosen, FullLog())]
    policy = Policy(Signer(token), hosts, route)
    origin = origin_of(target.url)
    records = _ring_in_turn(plans, policy, time_scale, None if as_json else terminal, origin)
    record = records[-1]
    if as_json:
        found = as_data(hide.deep(record), origin) | {"seed": used_seed}
        if len(plans) > 1:
            found["setup"] = as_data(hide.deep(records[0]), origin)
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        sys.stdout.flush()
    else:
        terminal.outcome(record, origin)
        again = f"--scenario {chosen.name} --persona {who.name} --seed {used_seed}"
        terminal.say(f"the same call again: {again} --start-date {today}", "dim")
    raise typer.Exit(_exit_code(records))


@app.command()
def run(
    workload: Annotated[str, typer.Argument(help="Who calls, how often, how long.")] = "peak_hour",
    host: Annotated[
        str, typer.Option(help="The agent; without one the reference agent is started.")
    ] = "",
    users: Annotated[int | None, typer.Option("--users", "-u", min=1, help="Rate tokens.")] = None,
    time: Annotated[str, typer.Option("--time", "-t", help="How long: 60s, 5m ...")] = "",
    time_scale: Annotated[
        float | None, typer.Option(min=0, help="Wall seconds a second of a call takes.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that let callers ring.")] = 1,
    gates: Annotated[str, typer.Option(help="Pass rules: a name or a .toml file.")] = "",
    target: Annotated[str, typer.Option(help="How to look into the agent: name or file.")] = "",
    sign_as: Annotated[str, typer.Option(help="The public origin it believes it has.")] = "",
    allow_host: Annotated[list[str] | None, typer.Option(help="A further host.")] = None,
    seed: Annotated[int | None, typer.Option(help="Repeats a run's callers.")] = None,
    output: Annotated[str, typer.Option(help="Folder for reports.")] = "reports",
) -> None:
    """Let many callers ring at once, judge the agent, and write a report."""
    given = {
        "--host": host,
        "--users": users,
        "--run-time": time or None,
        "--time-scale": time_scale,
        "--gates": gates,
        "--target": target,
        "--sign-as": sign_as,
        "--seed": seed,
        "--reports": output,
        "--processes": workers if workers > 1 else None,
    }
    command = [sys.executable, "-m", "locust", "-f", str(_locustfile(workload)), "--headless"]
    command += ["--only-summary", "--stop-timeout", "0"]
    for name, value in given.items():
        if value not in (None, ""):
            command += [name, str(value)]
    for name in allow_host or []:
        command += ["--allow-host", name]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - becomes Locust: signals and exit code are its


@app.command()
def agent(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8080,
    db: Annotated[str, typer.Option(help="Its database; default: voicesim-reference.sqlite.")] = "",
    fault: Annotated[
        list[str] | None, typer.Option(help="Break it on purpose: NAME[=VALUE]; repeatable.")
    ] = None,
) -> None:
    """Run the reference agent, a booking line to ring while there is no other."""
    command = [sys.executable, "-m", "voicesim.reference", "--port", str(port)]
    if db:
        command += ["--db", db]
    for name in fault or []:
        command += ["--fault", name]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - becomes the agent: signals reach it


# --- calls ------------------------------------------------------------------------------------


def _ring_in_turn(
    plans: Sequence[CallPlan],
    policy: Policy,
    time_scale: float,
    terminal: Terminal | None,
    origin: str,
) -> list[CallRecord]:
    """One call after the other, each shown while it happens; a set-up call that fails ends it."""
    records: list[CallRecord] = []
    for number, plan in enumerate(plans):
        if terminal:
            if len(plans) > 1:
                terminal.say(
                    "first a call that sets things up" if number == 0 else "the call itself"
                )
            terminal.say(
                f"{plan.name}, {plan.party.number}, {plan.persona} caller, {plan.scenario},"
                f" rings {plan.target.called.number}",
                "bold",
            )
        ladder = LiveLadder(terminal, plan.log, origin) if terminal else lambda: None
        switch = Switch(time_scale)
        backend = GeventBackend()
        driver = Driver(switch, policy, backend, ladder)
        switch.place(lambda plan=plan: plan, backend.now())  # type: ignore[misc]
        try:
            driver.run()
        except KeyboardInterrupt:
            _complain(["hanging up; waiting for what the agent owes us (Ctrl-C again to leave)"])
            driver.drain(0.0)
        finally:
            backend.close()
        records += switch.finished
        if records[-1].outcome is not Outcome.GOAL_REACHED:
            break
    return records


def _exit_code(records: Sequence[CallRecord]) -> int:
    """1 when the agent failed a call, 3 when a call says nothing either way, else 0."""
    codes = set()
    for record in records:
        erred = any(finding.level is Level.ERROR for finding in record.findings)
        if record.outcome in INCONCLUSIVE:
            codes.add(UNSURE)
        else:
            codes.add(FAIL if erred or record.outcome is not Outcome.GOAL_REACHED else PASS)
    return FAIL if FAIL in codes else max(codes, default=UNSURE)


# --- what was typed ---------------------------------------------------------------------------


def _locustfile(workload: str) -> Path:
    """Where the file of a workload is: in the package, or beside it in a checkout."""
    package = Path(data.__file__).parents[1]
    folders = (package / "locustfiles", package.parent / "locustfiles")
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.py"))}
    return _pick("workload", workload, found)


def _catalogue() -> Catalogue:
    return parse_catalogue(data.texts("personas"), data.texts("scenarios"))


def _pick(kind: str, name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise ConfigError([f"there is no {kind} {name!r}; there are: {', '.join(known)}"])
    return known[name]


def _method(text: str) -> str:
    if text.upper() not in ("GET", "POST"):
        raise ConfigError([f"--method is GET or POST, not {text!r}"])
    return text.upper()


def _day(text: str) -> date:
    if not text:
        return datetime.now(UTC).date()  # noqa: TID251 - the day is the command line's to say
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError([f"--start-date {text!r} is no date; write YYYY-MM-DD"]) from None
