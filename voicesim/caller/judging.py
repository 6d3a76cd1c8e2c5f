"""What a caller makes of a call, from what was meant, reported and heard of each fact."""

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import FieldValue, Judgement, Opinion
from voicesim.caller.checking import clear, same


def judge(values: tuple[FieldValue, ...], *, confirmed: bool) -> Opinion:
    """The opinion on a call in which the goal was ``confirmed`` or not."""
    if not confirmed:
        return Opinion(Judgement.OPEN, values)
    findings = tuple(_finding(value) for value in values if contradicts(value))
    if findings:
        return Opinion(Judgement.WRONG, values, findings)
    if any(value.heard and not value.reported and not right(value) for value in values):
        return Opinion(Judgement.OPEN, values)  # nobody told the agent so, but nobody wanted it
    misheard = any(not right(value) for value in values)
    return Opinion(Judgement.MISHEARD if misheard else Judgement.REACHED, values)


def right(value: FieldValue) -> bool:
    """Whether the fact came through: as read back, else as reported, if it was told at all."""
    came = value.heard or value.reported
    return not came or same(value.name, came, value.meant)


def contradicts(value: FieldValue) -> bool:
    """Whether the agent stated something else than what was clearly reported to it.

    A garbled name or number that it made something else of is the recogniser's doing, not its own.
    """
    if not value.heard or not value.reported or not clear(value.name, value.reported):
        return False
    if value.name in ("name", "phone") and not same(value.name, value.reported, value.meant):
        return False
    return not any(same(value.name, value.heard, other) for other in (value.meant, value.reported))


def _finding(value: FieldValue) -> Finding:
    return Finding(
        "readback-wrong",
        Level.ERROR,
        f"The agent confirmed the {value.name} {value.heard!r}, but {value.reported!r} was "
        "reported to it.",
    )
