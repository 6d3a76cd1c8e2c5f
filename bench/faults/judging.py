"""Whether a run found its fault, by what and when; and whom it blamed without cause."""

from dataclasses import dataclass

from expected import EXPECTED
from run import Ran

CODES = {name.partition("@")[0] for names in EXPECTED.values() for name in names}


@dataclass(frozen=True)
class Found:
    """``by`` is what of its row names ``fault``, "" for nothing; ``after`` how many calls rang.

    A gate is judged when all calls are over. ``says`` is its message, ``else_`` all that was found.
    """

    fault: str
    by: str
    after: int
    of: int
    says: str
    else_: tuple[str, ...]


def found_by(fault: str, ran: Ran, most_calls: int) -> Found:
    """What named ``fault`` first; found after more than ``most_calls`` is not found."""
    hits = [hit for name in EXPECTED[fault] for hit in _hits(name, ran)]
    after, by, says = min(hits, default=(0, "", ""))
    if after > most_calls:
        after, by, says = 0, "", ""
    other = {code for code, level, *_ in ran.findings if level in ("ERROR", "WARNING")}
    other |= {f"gate:{gate['name']}" for gate in ran.gates if gate["verdict"] == "fail"}
    return Found(fault, by, after, ran.calls, says, tuple(sorted(other)))


def _hits(name: str, ran: Ran) -> list[tuple[int, str, str]]:
    """Where ``name`` is in a run: after how many calls, name, and what it says."""
    if name.startswith("gate:"):
        gate_name, _, needle = name.removeprefix("gate:").rstrip(")").partition("(")
        return [
            (ran.calls, name, f"{gate['measured']} (bound: {gate['bound']})")
            for gate in ran.gates
            if (gate["name"], gate["verdict"]) == (gate_name, "fail")
            and needle in gate["measured"] + gate["why"]
        ]
    code, _, scenario = name.partition("@")
    return [
        (call, name, message)
        for found, level, where, call, message in ran.findings
        if found == code and level in ("ERROR", "WARNING") and scenario in ("", where)
    ]


def alarms(ran: Ran) -> list[str]:
    """Of what a clean agent was blamed: ERRORs, failed gates, and whatever names a fault."""
    said = [
        f"{level} {code}: {message}"
        for code, level, _, _, message in ran.findings
        if level == "ERROR" or (level == "WARNING" and code in CODES)
    ]
    said += [
        f"gate {gate['name']}: {gate['measured']}; {gate['why']}"
        for gate in ran.gates
        if gate["verdict"] == "fail"
    ]
    return said
