"""Erlang's formulas: how many calls are in progress, blocked or kept waiting.

``load`` is offered load in erlangs, ``servers`` how many calls can be served at once. Erlang B does
not depend on the shape of the hold times; Erlang C holds for exponential ones only.
"""

from math import exp


def offered_load(arrivals_per_s: float, mean_hold_s: float) -> float:
    """Offered load (erlangs): also the mean number of calls in progress when none is blocked."""
    return arrivals_per_s * mean_hold_s


def erlang_b(servers: int, load: float) -> float:
    """The share of calls that find all servers busy and are turned away."""
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The share of calls that must wait when none is turned away; 1 when they pile up."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1 - blocked))


def service_level(servers: int, load: float, hold_s: float, within_s: float) -> float:
    """The share of calls served within ``within_s``; 0 when they pile up."""
    if load >= servers:
        return 0.0
    waiting = exp(-(servers - load) * within_s / hold_s)
    return 1 - erlang_c(servers, load) * waiting
