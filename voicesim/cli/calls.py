"""``voicesim call``: one call, shown while it happens."""

import secrets
from collections.abc import Sequence
from typing import Annotated

import typer

from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.call.entries import FullLog
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.cli import options, typed
from voicesim.cli.typed import FAIL, PASS, UNSURE
from voicesim.line.assumed import assumed
from voicesim.line.driver import Driver
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
from voicesim.output.printing import complain, tell_json
from voicesim.output.terminal import LiveLadder, Terminal, console_of
from voicesim.results.export import as_data
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.signature import HMAC_SHA1


def call(
    url: options.Url,
    scenario: Annotated[str, typer.Option(help="What the caller rings for.")] = "quick_booking",
    persona: Annotated[str, typer.Option(help="How it calls; default: the scenario's.")] = "",
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
    seed: Annotated[int | None, typer.Option(help="Repeats a call; default: a new one.")] = None,
    start_date: options.StartDate = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Ring an agent once and print the call as a ladder while it happens."""
    catalogue = typed.catalogue()
    chosen = typed.pick("scenario", scenario, catalogue.scenarios)
    who = typed.pick("persona", persona or chosen.persona, catalogue.personas)
    route = route_to(url, sign_as)
    token = auth_token(url)
    status, fallback = at_host_of(url, status_callback), at_host_of(url, fallback_url)
    users = logins(url, (status, fallback), route)
    named = [*map(host_of, (url, status, fallback)), *map(named_host, allow_host or [])]
    hosts = HostRule(frozenset(named) - {""})
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
    today = typed.day(start_date)
    hide = Redactor((token, *login_secrets(users)))
    terminal = Terminal(console_of(stderr=as_json), hide)
    exchange = Exchange(used_seed, target, terms_for(url, played.terms), today)
    setup = exchange.setup_call(0, who, chosen, FullLog())
    plans = [*([setup] if setup else []), exchange.call(0, who, chosen, FullLog())]
    policy = Policy(
        signer(url, signature, shared_key, played.line.wss_port),
        hosts,
        route,
        logins=users,
        terms=played.line,
    )
    origin = origin_of(target.url)
    records = _ring_in_turn(plans, policy, time_scale, None if as_json else terminal, origin)
    record = records[-1]
    if as_json:
        found = as_data(hide.deep(record), origin) | {"seed": used_seed}
        if len(plans) > 1:
            found["setup"] = as_data(hide.deep(records[0]), origin)
        tell_json(found)
    else:
        terminal.outcome(record, origin)
        again = f"--scenario {chosen.name} --persona {who.name} --seed {used_seed}"
        terminal.say(f"the same call again: {again} --start-date {today}", "dim")
    raise typer.Exit(_exit_code(records, gives_up=who.gives_up))


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
            complain(["hanging up; waiting for what the agent owes us (Ctrl-C again to leave)"])
            driver.drain(0.0)
        finally:
            backend.close()
        records += switch.finished
        if records[-1].outcome is not Outcome.GOAL_REACHED:
            break
    return records


def _exit_code(records: Sequence[CallRecord], *, gives_up: bool) -> int:
    """1 when the agent failed a call, 3 when a call says nothing either way, else 0.

    A caller that ``gives_up`` whatever the agent does says nothing by hanging up, nor by being
    hung up on.
    """
    lost = {Outcome.ABANDONED, Outcome.AGENT_HUNG_UP} if gives_up else set()
    codes = set()
    for record in records:
        erred = any(finding.level is Level.ERROR for finding in record.findings)
        if record.outcome in INCONCLUSIVE or (record.outcome in lost and not erred):
            codes.add(UNSURE)
        else:
            codes.add(FAIL if erred or record.outcome is not Outcome.GOAL_REACHED else PASS)
    return FAIL if FAIL in codes else max(codes, default=UNSURE)
