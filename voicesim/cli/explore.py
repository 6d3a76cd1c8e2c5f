"""``voicesim explore``: walks an agent that nobody described, and draws its dialogue."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.cli import options, typed
from voicesim.cli.typed import FAIL, PASS, UNSURE
from voicesim.explore import drawing, telling
from voicesim.explore.exploring import Explored
from voicesim.explore.exploring import explore as make_exploration
from voicesim.explore.svg import svg as make_svg
from voicesim.explore.walking import Budget, Callers
from voicesim.line.assumed import assumed
from voicesim.line.named import (
    TEST_NUMBER,
    at_host_of,
    auth_token,
    login_secrets,
    logins,
    named_host,
    origin_of,
    route_to,
    signer,
    target_for,
)
from voicesim.line.policy import Policy
from voicesim.line.recordings import terms_for
from voicesim.line.transport import GeventBackend
from voicesim.output.printing import tell_json
from voicesim.output.terminal import Terminal, console_of
from voicesim.results.ladder import found_line
from voicesim.switch.plan import Exchange
from voicesim.twilio.signature import HMAC_SHA1

PERSONA, SCENARIO = "standard", "quick_booking"
DEFAULT = Budget()


def explore(
    url: options.Url,
    calls: Annotated[int, typer.Option(min=1, help="Calls of the walk.")] = DEFAULT.calls,
    seconds: Annotated[float, typer.Option(min=1, help="Time at most.")] = DEFAULT.seconds,
    at_once: Annotated[int, typer.Option(min=1, max=64, help="Calls at once.")] = DEFAULT.at_once,
    mermaid: Annotated[str, typer.Option(help="A file to draw the dialogue in.")] = "",
    svg: Annotated[str, typer.Option(help="A file to draw the dialogue in.")] = "",
    time_scale: options.TimeScale = 0.0,
    sign_as: options.SignAs = "",
    to: options.To = TEST_NUMBER,
    status_callback: options.StatusCallback = "",
    fallback_url: options.FallbackUrl = "",
    signature: options.Algorithm = HMAC_SHA1,
    shared_key: options.SharedKey = "",
    method: options.Method = "POST",
    allow_host: options.AllowHost = None,
    assume: options.Assume = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The same callers again.")] = None,
    start_date: options.StartDate = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Try all that an agent offers, and more; draw the dialogue and say what fails."""
    route = route_to(url, sign_as)
    token = auth_token(url)
    status, fallback = at_host_of(url, status_callback), at_host_of(url, fallback_url)
    users = logins(url, (status, fallback), route)
    named = [*map(host_of, (url, status, fallback)), *map(named_host, allow_host or [])]
    played = assumed(assume or [])
    target = target_for(
        url,
        route,
        to,
        method=typed.method(method),
        status=status,
        fallback=fallback,
        fallback_method=played.fallback_method,
    )
    used_seed = secrets.randbits(32) if seed is None else seed
    catalogue, today = typed.catalogue(), typed.day(start_date)
    callers = Callers(
        Exchange(used_seed, target, terms_for(url, played.terms), today),
        catalogue.personas[PERSONA],
        catalogue.scenarios[SCENARIO],
    )
    hosts = HostRule(frozenset(named) - {""})
    policy = Policy(
        signer(url, signature, shared_key, played.line.wss_port),
        hosts,
        route,
        logins=users,
        terms=played.line,
    )
    for name in filter(None, (mermaid, svg)):
        _write(name, "")  # before anybody rings
    backend = GeventBackend()
    budget = Budget(calls, seconds, at_once)
    try:
        found = make_exploration(callers, catalogue.scenarios, policy, backend, budget, time_scale)
    finally:
        backend.close()
    hide = Redactor((token, *login_secrets(users)))
    if mermaid:
        _write(mermaid, hide(drawing.mermaid(found.graph, found.complaints)))
    if svg:
        _write(svg, hide(make_svg(found.graph, found.complaints)))
    code = _exit_code(found)
    if as_json:
        data = hide.deep(telling.as_data(found, origin_of(target.url)))
        data |= {"seed": used_seed, "exit_code": code}
        tell_json(data)
    else:
        again = f"the same callers again: --seed {used_seed} --start-date {today}"
        _print(found, Terminal(console_of(), hide), origin_of(target.url), again)
    raise typer.Exit(code)


def _print(found: Explored, terminal: Terminal, origin: str, again: str) -> None:
    for line in drawing.tree(found.graph, found.complaints):
        terminal.say(line, "bold red" if "- ERROR " in line else "")
    terminal.say("")
    for complaint in found.complaints.all:
        terminal.line(found_line(terminal.redactor.deep(complaint.finding), origin))
        times = f" ({complaint.count} times)" if complaint.count > 1 else ""
        terminal.say(f"           {telling.way_of(complaint)}{times}", "dim")
    errors = sum(one.is_error for one in found.complaints.all)
    for line in telling.summary(found):
        terminal.say(line)
    if errors or found.conclusive:
        terminal.say(f"{errors or 'no'} errors", "bold red" if errors else "bold green")
    else:
        terminal.say("inconclusive: no error was found as far as it came", "bold yellow")
    terminal.say(again, "dim")


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError([f"{name} cannot be written: {error.strerror or error}"]) from None


def _exit_code(found: Explored) -> int:
    """1 when the agent failed, 3 when not all that fits could be tried, else 0."""
    if found.complaints.failed:
        return FAIL
    return PASS if found.conclusive else UNSURE
