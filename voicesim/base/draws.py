"""Seeded draws: a counter-based hash of (run seed, call index, purpose).

A shared random stream would make call 7 depend on what call 6 did; a ``random.Random`` a call costs
2.9 kB. A hash costs nothing between draws and gives the same value in whatever order it is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one call: ``seed`` is the run's, ``index`` the call's number in the run."""

    seed: int
    index: int

    def bits(self, purpose: str, n: int = 0) -> int:
        """128 bits for the ``n``-th draw of ``purpose``."""
        text = f"{self.seed}:{self.index}:{purpose}:{n}"
        return int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "big")

    def unit(self, purpose: str, n: int = 0) -> float:
        """Uniform in [0, 1)."""
        return (self.bits(purpose, n) >> 75) * 2.0**-53

    def below(self, limit: int, purpose: str, n: int = 0) -> int:
        """Uniform integer in [0, limit)."""
        return self.bits(purpose, n) % limit

    def pick(self, options: Sequence[T], purpose: str, n: int = 0) -> T:
        """One of ``options``, each as likely as the others."""
        return options[self.below(len(options), purpose, n)]

    def uniform(self, low: float, high: float, purpose: str, n: int = 0) -> float:
        """Uniform in [low, high)."""
        return low + (high - low) * self.unit(purpose, n)

    def hex(self, length: int, purpose: str, n: int = 0) -> str:
        """``length`` (at most 32) lower-case hexadecimal digits."""
        return f"{self.bits(purpose, n):032x}"[:length]

    def random(self, purpose: str, n: int = 0) -> Random:
        """A generator for the moment, for distributions that need one; do not keep it."""
        return Random(self.bits(purpose, n))
