"""How shares are written."""

from fractions import Fraction


def part(good: int, of: int) -> str:
    """``good`` of ``of``, with a share rounded down: 89.96 % never reads as 90.0 %."""
    percent = f" ({good * 1000 // of / 10:.1f} %)" if of else ""
    return f"{good} of {of}{percent}"


def share(given: Fraction) -> str:
    """A share as it is written: "90 %", "2/3"."""
    percent = given * 100
    exact = Fraction(f"{float(percent):g}") == percent
    return f"{float(percent):g} %" if exact else f"{given.numerator}/{given.denominator}"
