"""docs/finding-faults.md: what was found, and how surely."""

from expected import WORKLOAD, WORKLOADS
from judging import Found, alarms
from run import SETTINGS, Ran

from voicesim.reference.faults import FAULTS
from voicesim.results.intervals import wilson

DOCUMENT = "docs/finding-faults.md"
_HEAD = """# Finding faults

A test tool is believed when it is seen to fail. `make bench-faults` lets every fault of the
reference agent (`voicesim agent --fault NAME`) meet a run of its own, and the agent as it is meet
{clean} runs with other seeds, all with the settings

    voicesim run WORKLOAD --host http://127.0.0.1:PORT --seed SEED \\
        {settings}

The workload is `peak_hour`, but `front_desk` for {front_desk}.
The clean agents meet the two in turn.

A fault counts as found only by a finding or gate that names it rightly, after 300 calls at most.
What that is was decided before any result was looked at (`bench/faults/expected.py`). A finding
is found after so many calls as had begun to ring when the first call with it did; after 0 calls, by
the signature audit, which precedes them. A gate is judged when all calls are over.

A clean run is blamed by any ERROR finding, any failed gate, and any WARNING that would name a
fault.
"""
_TAIL = """
Precision is the share of alarms that were right: of the {blames} runs that found or blamed
anything, those with a fault. The intervals are Wilson's, of 95 %.

What no caller can hear: `other-day`, `books-twice`, `books-again` and `cancel-kept` show in what
the agent stored, so they need a target profile (`--target`). `books-twice` shows only where
webhooks are repeated (`--repeat-webhooks`), as Twilio does where the URL asks for it; see
[decision 007](decisions/007-repeated-webhooks.md).
"""


def document(faults: list[Found], clean: list[tuple[int, Ran]], took_s: float) -> tuple[str, bool]:
    """The page, and whether every fault was found and nobody blamed."""
    blamed = [(seed, alarms(ran)) for seed, ran in clean if alarms(ran)]
    found = sum(bool(fault.by) for fault in faults)
    unsure = sum(ran.exit_code == 3 for _, ran in clean)
    head = _HEAD.format(
        clean=len(clean), settings=" ".join(SETTINGS), front_desk=_at_the_front_desk()
    )
    lines = [
        head,
        "| fault | what it does | found by | after calls | of | it says |",
        "|---|---|---|---|---|---|",
        *(_row(fault) for fault in faults),
        "",
        f"- recall: {_share(found, len(faults))} of the faults",
        f"- precision: {_share(found, found + len(blamed))} of the alarms",
        f"- clean runs blamed: {_share(len(blamed), len(clean))}",
        f"- clean runs: {sum(ran.calls for _, ran in clean)} calls in all; {unsure} of the runs"
        " ended inconclusive (exit code 3: calls started late), none of them by a finding",
        f"- it took {took_s / 60:.0f} minutes, two runs at a time",
    ]
    lines += [f"- seed {seed} was blamed: {'; '.join(said)}" for seed, said in blamed]
    lines.append(_TAIL.format(blames=found + len(blamed)))
    return "\n".join(lines), found == len(faults) and not blamed


def _at_the_front_desk() -> str:
    return ", ".join(f"`{name}`" for name, run in WORKLOAD.items() if run != WORKLOADS[0])


def _row(fault: Found) -> str:
    kind = FAULTS[fault.fault]
    does = (kind.__doc__ or "").strip().splitlines()[0]
    name = f"{fault.fault}={kind.default}" if kind.default else fault.fault
    by = f"`{fault.by}`" if fault.by else f"**missed** ({', '.join(fault.else_) or 'nothing'})"
    says = fault.says.replace("|", "\\|").replace("\n", " ")
    return f"| {name} | {does} | {by} | {fault.after if fault.by else ''} | {fault.of} | {says} |"


def _share(good: int, of: int) -> str:
    low, high = wilson(good, of)
    percent = f"{100 * good / of:.1f} %" if of else "none"
    return f"{good} of {of} ({percent}; {100 * low:.1f} to {100 * high:.1f} %)"
