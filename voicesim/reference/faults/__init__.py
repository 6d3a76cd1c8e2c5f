"""Ways in which the agent can be broken on purpose, to see that it is found out.

``--fault NAME`` or ``--fault NAME=VALUE``, several at once. The default agent has none.
"""

from collections.abc import Callable, Sequence

from voicesim.reference.faults import records, talk, wire
from voicesim.reference.faults.base import Fault, FaultError, Faults, Turn

__all__ = ["FAULTS", "Fault", "FaultError", "Turn", "described", "parse"]

FAULTS: dict[str, type[Fault]] = {
    "stall": wire.Stall,
    "latency": wire.Latency,
    "errors": wire.Errors,
    "drip": wire.Drip,
    "malformed": wire.Malformed,
    "content-type": wire.ContentType,
    "unknown-verb": wire.UnknownVerb,
    "leaks-trace": wire.LeaksTrace,
    "digits-fail": wire.DigitsFail,
    "accepts-unsigned": wire.AcceptsUnsigned,
    "refuses-blank": wire.RefusesBlank,
    "mixup": talk.Mixup,
    "forgets-name": talk.ForgetsName,
    "other-day": talk.OtherDay,
    "old-day": talk.OldDay,
    "old-name": talk.OldName,
    "wrong-number": talk.WrongNumber,
    "refuses-country": talk.RefusesCountry,
    "never-hangs-up": talk.NeverHangsUp,
    "hangs-up-early": talk.HangsUpEarly,
    "loops-on-silence": talk.LoopsOnSilence,
    "skips-state": talk.SkipsState,
    "hours-missing": talk.HoursMissing,
    "cancels-other": talk.CancelsOther,
    "books-twice": records.BooksTwice,
    "books-again": records.BooksAgain,
    "cancel-kept": records.CancelKept,
    "drops-cookie": records.DropsCookie,
    "loses-call": records.LosesCall,
}


def parse(given: Sequence[str]) -> Fault:
    """Make the faults named (``NAME`` or ``NAME=VALUE``); FaultError with what is wrong."""
    last = sorted(given, key=lambda text: text.startswith("drip"))  # what drips cannot be changed
    faults = [_one(*text.partition("=")) for text in last]
    return Faults(faults) if faults else Fault()


def _one(name: str, equals: str, value: str) -> Fault:
    kind = FAULTS.get(name)
    if kind is None:
        raise FaultError(f"there is no fault {name!r}; take one of {', '.join(FAULTS)}")
    if not kind.default:
        if equals:
            raise FaultError(f"fault {name} takes no value")
        return kind()
    make: Callable[[str], Fault] = kind
    try:
        return make(value if equals else kind.default)
    except FaultError as error:
        raise FaultError(f"fault {name}: {error}") from None


def described() -> str:
    """Say of each fault what it does, a line each."""
    lines = []
    for name, kind in FAULTS.items():
        usage = f"{name}={kind.default}" if kind.default else name
        lines.append(f"  {usage:<30} {(kind.__doc__ or '').strip().splitlines()[0]}")
    return "\n".join(lines)
