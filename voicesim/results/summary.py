"""What the counts of a run come to, by scenario and persona and in all; the warm-up aside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from voicesim.call.events import CALLBACKS, Kind
from voicesim.call.outcome import Outcome
from voicesim.results.counts import Calls, Counts, Silences
from voicesim.results.histogram import Histogram

STEERING = frozenset(kind.value for kind in Kind if kind not in CALLBACKS)
"""The kinds of webhooks whose answers a caller waits for."""

Scope = Callable[[str, str], bool]
"""Whether a scenario and persona belong to what is summed up."""


def everything(_scenario: str, _persona: str) -> bool:
    """The scope of the whole run."""
    return True


@dataclass(slots=True)
class Summary:
    """Some calls summed up.

    ``response`` counts the webhooks that steered them, ``calls`` their response times summed call
    by call, with length and webhooks; ``silences`` the perceived gaps.
    """

    offered: int = 0
    started: int = 0
    lost: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    webhooks: dict[str, int] = field(default_factory=dict)
    """By kind."""
    findings: dict[tuple[str, str], int] = field(default_factory=dict)
    """By code and level."""
    response: Histogram = field(default_factory=Histogram)
    calls: Calls = field(default_factory=Calls)
    silences: Silences = field(default_factory=Silences)

    @property
    def finished(self) -> int:
        """Calls that are over."""
        return sum(self.outcomes.values())

    def ended(self, *outcomes: Outcome) -> int:
        """Calls that ended with one of ``outcomes``."""
        return sum(self.outcomes.get(outcome.value, 0) for outcome in outcomes)

    def found(self, level: str) -> int:
        """Findings of ``level``."""
        return sum(n for (_, at), n in self.findings.items() if at == level)


def summarise(counts: Counts, scope: Scope = everything, *, warm_up: bool = False) -> Summary:
    """Sum up the calls in ``scope`` that began in the warm-up or, by default, after it."""
    total = Summary()

    def inside(key: tuple[bool, str, str]) -> bool:
        return key[0] is warm_up and scope(key[1], key[2])

    for name in ("offered", "started", "lost"):
        setattr(total, name, sum(n for key, n in getattr(counts, name).items() if inside(key)))
    for (*at, kind), times in counts.webhooks.items():
        if inside(_head(at)):
            total.webhooks[kind] = total.webhooks.get(kind, 0) + times.count
            if kind in STEERING:
                total.response.add(times)
    for (*at, outcome), calls in counts.calls.items():
        if inside(_head(at)):
            count = calls.responses.count
            total.outcomes[outcome] = total.outcomes.get(outcome, 0) + count
            total.calls.add(calls)
    _add_silences(total.silences, (one for key, one in counts.silences.items() if inside(key)))
    for (*at, code, level), found in counts.findings.items():
        if inside(_head(at)):
            total.findings[code, level] = total.findings.get((code, level), 0) + found.count
    return total


def _add_silences(total: Silences, more: Iterable[Silences]) -> None:
    for silences in more:
        total.add(silences)


def only(scenario: str | None = None, persona: str | None = None) -> Scope:
    """The scope of one scenario or all, and one persona or all."""
    return lambda s, p: scenario in (None, s) and persona in (None, p)


def callers(counts: Counts) -> list[tuple[str, str]]:
    """Every scenario and persona that was offered or counted after the warm-up, in order."""
    keys: Iterable[tuple[bool, str, str]] = (
        *counts.offered,
        *counts.started,
        *(_head(list(key)) for key in counts.calls),
        *(_head(list(key)) for key in counts.webhooks),
    )
    return sorted({(scenario, persona) for warm_up, scenario, persona in keys if not warm_up})


def dropped(counts: Counts, *, warm_up: bool = False) -> int:
    """Calls that we could not start."""
    return counts.dropped.get((warm_up,), 0)


def lags(counts: Counts, *, warm_up: bool = False) -> Histogram:
    """By how much calls started late."""
    return counts.lags.get((warm_up,), Histogram())


def _head(key: list[object]) -> tuple[bool, str, str]:
    warm_up, scenario, persona = key[:3]
    return bool(warm_up), str(scenario), str(persona)
