"""What the suite says of calls: lines as they happen, and why something failed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from tests.production.ringing import GATES, Rang
from tests.production.target import KEY_VARIABLE, Agent
from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Came
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.results.summary import summarise
from voicesim.verdict.evaluating import NOT_ANSWERED, GateOutcome, Verdict, evaluate

KINDS = {"11202": "unreachable", "11205": "timeout", "11210": "unreachable"}
"""What a finding's code comes to, where that is more than that the agent fails."""
REFUSED = (401, 403)
MOST = 5
"""So many calls are told of; of the rest only how many they are."""


def gate(name: str, rang: Rang) -> GateOutcome:
    """What a shipped gate says of the calls."""
    return evaluate(GATES[name], rang.counts)


def errors(record: CallRecord) -> list[Finding]:
    """What speaks against the agent."""
    return [finding for finding in record.findings if finding.level is Level.ERROR]


def steps(record: CallRecord) -> str:
    """How many of a call's webhooks were answered as they should be, of all of them."""
    broken = record.outcome in (Outcome.WEBHOOK_FAILED, Outcome.TWIML_INVALID)
    seconds = floor(record.response_total_s * 100) / 100  # 14.999 s never reads as 15 s
    return f"{record.turns - broken}/{record.turns} steps in {seconds:.2f}s"


def kind(record: CallRecord) -> str:
    """Whose trouble it is, in a word or two."""
    statuses = {entry.status for entry in record.entries if isinstance(entry, Came)}
    if statuses & set(REFUSED):
        return "authentication failure"
    if record.outcome is Outcome.CUT:
        return "timeout"
    known = [KINDS[finding.code] for finding in errors(record) if finding.code in KINDS]
    return known[0] if known else "inconclusive" if record.outcome in INCONCLUSIVE else "failed"


def reasons(record: CallRecord, agent: Agent) -> str:
    """Why a call does not count as a success, in one line."""
    said = [f"{finding.message} [{finding.code}]" for finding in errors(record)]
    what = kind(record)
    why = "" if any(record.why in line for line in said) else f" ({record.why})"
    parts = [f"{record.outcome}{why}", *dict.fromkeys(said)]
    if what == "authentication failure" and not agent.key:
        parts.append(f"{KEY_VARIABLE} is not set")
    if what == "authentication failure" and not agent.token:
        parts.append("webhooks are not signed: VOICESIM_TWILIO_AUTH_TOKEN is not set")
    return f"{record.scenario}: {what}, {steps(record)}: {'; '.join(parts)}"


def again(record: CallRecord, rang: Rang, agent: Agent) -> list[str]:
    """The command that makes a call with nobody beside it once more (it takes no API key)."""
    if agent.key:
        return []
    options = f"--scenario {record.scenario} --persona {record.persona} --seed {rang.seed}"
    return [f"  voicesim call {agent.url} {options} --start-date {agent.today}"]


def broken(rang: Rang, agent: Agent) -> list[str]:
    """Why calls were not answered all along, or came to an ERROR, a line each."""
    bad = [r for r in rang.records if r.outcome in NOT_ANSWERED or errors(r)]
    lines = [f"  {reasons(record, agent)}" for record in bad[:MOST]]
    return lines + ([f"  and {len(bad) - MOST} more calls"] if len(bad) > MOST else [])


def unmet(outcomes: Iterable[GateOutcome]) -> list[str]:
    """The gates that did not pass, a line each."""
    return [
        f"{one.name}: {one.measured}, must be {one.bound}" + (f" ({one.why})" if one.why else "")
        for one in outcomes
        if one.verdict is not Verdict.PASS
    ]


def overheard(rang: Rang) -> list[str]:
    """Callers that heard another one, a line each."""
    return [
        f"{record.scenario}: {finding.message} [{finding.code}]"
        for record in rang.records
        for finding in record.findings
        if finding.code == "cross-talk"
    ]


def success(outcomes: Sequence[GateOutcome], rang: Rang) -> tuple[str, str]:
    """The share of calls that were answered, and the mean response time: never rounded to pass."""
    summary = summarise(rang.counts)
    good = summary.finished - summary.ended(*NOT_ANSWERED, Outcome.CUT)
    share = floor(Fraction(1000 * good, max(summary.offered, 1))) / 10
    times = summary.response
    rounded = floor if all(one.verdict is Verdict.PASS for one in outcomes) else ceil
    mean = rounded(Fraction(times.total_us, 10_000 * max(times.count, 1))) / 100
    return f"{share:g}%", f"{mean:.2f}s"
