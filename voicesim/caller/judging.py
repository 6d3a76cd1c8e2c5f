"""What a caller makes of a call, from what was meant, reported and heard of each fact."""

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import FieldValue, Judgement, Opinion
from voicesim.caller.checking import clear, passes, same, whole_name
from voicesim.caller.nearness import near

TRIES = 3
"""After so many answers to one question, none of them clear, an agent may give up."""
CLEAR_CONFIDENCE = 0.6
"""Below it an agent need not believe what was reported to it."""


def judge(
    values: tuple[FieldValue, ...],
    *,
    confirmed: bool,
    gave_up: bool = False,
    garbled: bool = True,
    unclear: bool = False,
    needed: tuple[str, ...] = (),
) -> Opinion:
    """The opinion on a call in which the goal was ``confirmed`` or not.

    ``gave_up``: the agent said goodbye after it had tried, and was told nothing clearly.
    ``garbled``: something was misreported. If not, half a name confirmed is merely said shorter.
    ``unclear``: the agent closed the call in words that said neither yes nor no.
    ``needed`` fields must have been reported or read back.
    """
    if not confirmed:
        otherwise = Judgement.UNCLEAR if unclear else Judgement.OPEN
        return Opinion(Judgement.MISHEARD if gave_up else otherwise, values)
    findings = tuple(_finding(value) for value in values if contradicts(value))
    if findings:
        return Opinion(Judgement.WRONG, values, findings)
    wrong = [value for value in values if not _right(value, in_part=not garbled)]
    if any(value.heard and not value.reported for value in wrong):
        return Opinion(Judgement.OPEN, values)  # nobody told the agent so, but nobody wanted it
    if any(value.name in needed and not (value.heard or value.reported) for value in values):
        return Opinion(Judgement.OPEN, values)  # it cannot have booked what it never learned
    return Opinion(Judgement.MISHEARD if wrong else Judgement.REACHED, values)


def _right(value: FieldValue, *, in_part: bool) -> bool:
    """Whether the fact came through: as read back, else as reported, if it was told at all."""
    came = value.heard or value.reported
    return not came or passes(value.name, came, value.meant, in_part=in_part)


def contradicts(value: FieldValue) -> bool:
    """Whether the agent stated something else than what was clearly reported to it.

    A garbled name or number that it made something near of is the recogniser's doing, not its own.
    So is any name where all of it got lost: "my name is" may be echoed as "Name Is".
    """
    if not value.heard or not value.reported:
        return False
    if value.name == "name" and not clear(value.name, value.reported):
        return False
    if _garbled(value) and near(value.name, value.heard, value.meant, value.reported):
        return False
    return not any(same(value.name, value.heard, other) for other in (value.meant, value.reported))


def _garbled(value: FieldValue) -> bool:
    if not clear(value.name, value.reported):
        return True
    if value.name == "name":
        return not whole_name(value.reported, value.meant)
    return value.name == "phone" and not same(value.name, value.reported, value.meant)


def _finding(value: FieldValue) -> Finding:
    return Finding(
        "readback-wrong",
        Level.ERROR,
        f"The agent confirmed the {value.name} {value.heard!r}, but {value.reported!r} was "
        "reported to it.",
    )
