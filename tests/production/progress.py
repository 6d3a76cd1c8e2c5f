"""Whether a call moves on as calls do, from the caller's side of the line.

Every prompt is read for what it asks. Nothing is known of the agent's own states.
"""

from voicesim.call.entries import Heard, Said
from voicesim.call.outcome import CallRecord
from voicesim.call.talk import FieldValue
from voicesim.caller.asking import Want
from voicesim.caller.checking import stated
from voicesim.caller.understanding import FACTS, understand

STUCK = 3
"""So many times in a row a fact may be asked for and told clearly ("and your last name?")."""


def path(record: CallRecord) -> list[str]:
    """What was asked for, in order: "help name phone day time confirm"."""
    asked: list[str] = []
    for entry in record.entries:
        wants = understand(entry.prompt.text).wants if isinstance(entry, Heard) else ()
        if wants and asked[-1:] != [wants[0].name.lower()]:
            asked.append(wants[0].name.lower())
    return asked


def jumps(record: CallRecord) -> list[str]:
    """What no call may do: stand still, read back what nobody told, go on after goodbye."""
    found: list[str] = []
    told = ""
    last, times = Want.UNKNOWN, 0
    for entry in record.entries:
        if isinstance(entry, Said) and entry.speech:
            told += f" {entry.speech.meant.casefold()}"
        if not isinstance(entry, Heard):
            continue
        understood = understand(entry.prompt.text)
        if understood.goodbye and entry.prompt.listening is not None:
            found.append("says goodbye and goes on listening")
        if Want.CONFIRM in understood.wants:
            found += _untold(entry.prompt.text, told, record.fields)
        want = understood.wants[0] if understood.wants else Want.UNKNOWN
        times = times + 1 if want is last else 1
        last = want
        if want in FACTS and times == STUCK:
            found.append(f"asks for the {want.name.lower()} {times} times, told clearly each time")
    return list(dict.fromkeys(found))


def _untold(text: str, told: str, fields: tuple[FieldValue, ...]) -> list[str]:
    """Day or time in a read-back (which has the caller's number in it) that was not told yet."""
    values = {value.name: value for value in fields}
    phone = values.get("phone")
    if phone is None or not stated("phone", text, phone.meant, phone.reported, ""):
        return []
    return [
        f"reads back the {name} {heard!r} before it was told one: it skips a state"
        for name in ("day", "time")
        if (value := values.get(name)) and value.meant.casefold() not in told
        if (heard := stated(name, text, value.meant, "", ""))
    ]
