"""``voicesim audit``: does an agent serve what Twilio signed, and refuse what it did not."""

import secrets
from datetime import datetime
from typing import Annotated

import typer

from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.cli import options, typed
from voicesim.cli.typed import FAIL, PASS, UNSURE
from voicesim.explore.audit import audit as make_audit
from voicesim.line.assumed import assumed
from voicesim.line.named import (
    TEST_NUMBER,
    at_host_of,
    auth_token,
    login_secrets,
    logins,
    named_host,
    route_to,
    signer,
    target_for,
)
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend
from voicesim.output.audit import print_audit
from voicesim.output.printing import tell_json
from voicesim.output.terminal import console_of
from voicesim.results.audit import Audit
from voicesim.switch.plan import RINGS_AT
from voicesim.twilio.signature import HMAC_SHA1


def audit(
    url: options.Url,
    sign_as: options.SignAs = "",
    to: options.To = TEST_NUMBER,
    status_callback: Annotated[
        str, typer.Option(help="Where the agent is told a probe's call is over; URL or path.")
    ] = "",
    method: options.Method = "POST",
    signature: options.Algorithm = HMAC_SHA1,
    shared_key: options.SharedKey = "",
    allow_host: options.AllowHost = None,
    assume: options.Assume = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the audit as JSON.")] = False,
) -> None:
    """Send an agent correct and forged requests, and say which it serves and which it refuses."""
    route = route_to(url, sign_as)
    token = auth_token(url)
    status = at_host_of(url, status_callback)
    named = [host_of(url), host_of(status), *map(named_host, allow_host or [])]
    target = target_for(url, route, to, method=typed.method(method), status=status)
    users = logins(url, (status,), route)
    terms, line, _ = assumed(assume or [])
    signs = signer(url, signature, shared_key, line.wss_port)
    hosts = HostRule(frozenset(named) - {""})
    policy = Policy(signs, hosts, route, logins=users, terms=line)
    began_s = datetime.combine(typed.day(""), RINGS_AT).timestamp()
    backend, seed = GeventBackend(), secrets.randbits(32)
    try:
        made = make_audit(target, policy, backend, terms, seed=seed, began_s=began_s)
    finally:
        backend.close()
    hide = Redactor((token, *login_secrets(users)))
    if as_json:
        found = hide.deep(made.model_dump(mode="json")) | {"exit_code": _exit_code(made)}
        tell_json(found)
    else:
        print_audit(made, console_of(), hide)
    raise typer.Exit(_exit_code(made))


def _exit_code(made: Audit) -> int:
    """1 when the agent failed a probe, 3 when of one it cannot be told, else 0."""
    verdicts = {probe.verdict for probe in made.probes}
    if "fail" in verdicts:
        return FAIL
    return UNSURE if "unclear" in verdicts else PASS
