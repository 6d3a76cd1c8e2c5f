"""The arrival process of one process: open, Poisson, on an absolute schedule.

A persona holds *rate tokens*; their sum is the arrival rate. An exponential hazard of unit rate is
burnt at the current rate, and where it is burnt down a call arrives. The schedule knows nothing of
when it is asked: who comes late is handed everything that fell due meanwhile, each arrival with the
time it was meant for. Sums of such processes over workers are Poisson again.
"""

from dataclasses import dataclass
from math import log1p

from voicesim.base.draws import Draws
from voicesim.traffic.curves import Curve, integral


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call to be started: who calls, and when it was ``intended`` (s).

    ``n`` is its number in the stream, from 0.
    """

    intended: float
    n: int
    persona: str


class Arrivals:
    """Arrivals of stream ``stream`` (a worker's number) of the run with ``seed``.

    With a constant number of tokens the arrivals follow from seed, stream and the time the tokens
    came alone. When tokens change, what is left of the hazard is burnt at the new rate, which keeps
    the process Poisson; ``curve`` holds the realised rate as steps (t, rate from then on).
    """

    def __init__(self, seed: int, stream: int = 0) -> None:
        self._draws = Draws(seed, stream)
        self._tokens: dict[str, tuple[int, float]] = {}
        self._n = 0
        self._last = 0.0
        """When the hazard was last reckoned: at an arrival or when the rate changed."""
        self._hazard = self._drawn()
        self._late: list[Arrival] = []
        self.rate_per_s = 0.0
        self.curve: Curve = []

    def set_tokens(self, persona: str, count: int, rate_per_token_per_s: float, now: float) -> None:
        """From ``now`` on, ``persona`` holds ``count`` tokens, each worth this many calls a second.

        ValueError for a negative count or rate. What fell due before ``now`` still arrives as it
        was.
        """
        if count < 0 or rate_per_token_per_s < 0:
            raise ValueError(f"{persona}: {count} tokens of {rate_per_token_per_s} calls a second")
        self._catch_up(now)
        self._tokens[persona] = (count, rate_per_token_per_s)
        self._change(sum(n * each for n, each in self._in_order().values()), now)

    def add(self, persona: str, rate_per_token_per_s: float, now: float, count: int = 1) -> None:
        """Give ``persona`` ``count`` more tokens; all of its tokens are worth the same."""
        held = self.tokens(persona)
        self.set_tokens(persona, held + count, rate_per_token_per_s, now)

    def remove(self, persona: str, now: float, count: int = 1) -> None:
        """Take ``count`` tokens from ``persona``; ValueError when it does not hold as many."""
        held, each = self._tokens.get(persona, (0, 0.0))
        self.set_tokens(persona, held - count, each, now)

    def tokens(self, persona: str) -> int:
        """How many tokens ``persona`` holds."""
        return self._tokens.get(persona, (0, 0.0))[0]

    def close(self, now: float) -> None:
        """Let nothing arrive after ``now``."""
        self._catch_up(now)
        self._tokens.clear()
        self._change(0.0, now)

    def due(self) -> float | None:
        """When to call ``take`` next; None while nothing will arrive."""
        if self._late:
            return self._late[0].intended
        return self._next() if self.rate_per_s > 0 else None

    def take(self, now: float) -> list[Arrival]:
        """All that was intended up to ``now`` and not taken yet, in order."""
        self._catch_up(now)
        taken, self._late = self._late, []
        return taken

    def expected(self, start: float, end: float) -> float:
        """The integral of the realised rate: how many calls were to be expected in between."""
        return integral(self.curve, start, end)

    # --- within -------------------------------------------------------------------------------

    def _drawn(self) -> float:
        """The hazard until arrival ``n``: exponential with mean 1."""
        return -log1p(-self._draws.unit("arrival hazard", self._n))

    def _next(self) -> float:
        return self._last + self._hazard / self.rate_per_s

    def _catch_up(self, now: float) -> None:
        while self.rate_per_s > 0 and self._next() <= now:
            self._last = self._next()
            self._late.append(Arrival(self._last, self._n, self._persona()))
            self._n += 1
            self._hazard = self._drawn()

    def _change(self, rate_per_s: float, now: float) -> None:
        """Burn what the old rate burnt until ``now``. An unchanged rate changes no arrival."""
        if rate_per_s == self.rate_per_s:
            return
        now = max(now, self._last)
        self._hazard = max(0.0, self._hazard - self.rate_per_s * (now - self._last))
        self._last = now
        self.rate_per_s = rate_per_s
        if self.curve and self.curve[-1][0] == now:
            self.curve.pop()
        self.curve.append((now, rate_per_s))

    def _in_order(self) -> dict[str, tuple[int, float]]:
        """The tokens by name, so that the order in which they came does not matter."""
        return {name: self._tokens[name] for name in sorted(self._tokens)}

    def _persona(self) -> str:
        """Who calls: drawn by what each persona adds to the rate."""
        place = self._draws.unit("arrival persona", self._n) * self.rate_per_s
        chosen = ""
        for name, (count, each) in self._in_order().items():
            if count and each:
                chosen = name
                place -= count * each
                if place < 0:
                    break
        return chosen
