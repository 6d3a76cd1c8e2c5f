"""Locust's users: each is a rate token of its persona, and does nothing but be there.

So Locust's user count, spawn rate, shapes, weights, class picker and rebalancing all act on the
arrival rate of calls. Their classes follow from the personas: a file more is a class more.
"""

import sys
import traceback
from collections.abc import Callable
from typing import TypeVar

import gevent  # type: ignore[import-untyped]
from locust import LoadTestShape, User, task

from voicesim.base.errors import ConfigError
from voicesim.caller.models import Persona
from voicesim.config.callers import class_name
from voicesim.output.printing import complain
from voicesim.swarm import binding
from voicesim.swarm.job import load_catalogue, load_workload
from voicesim.swarm.options import run_time_of, users_of
from voicesim.traffic.profiles import users_at

USAGE, UNSURE = 2, 3
"""The exit codes of mistakes in what the user wrote, and of our own: neither is the agent's."""
T = TypeVar("T")


class Caller(User):
    """A rate token. ``persona`` names who it lets call."""

    abstract = True
    persona = ""

    def on_start(self) -> None:
        """Add to the arrival rate."""
        binding.of(self.environment).calling.token(self.persona, +1)

    def on_stop(self) -> None:
        """Take it back."""
        binding.of(self.environment).calling.token(self.persona, -1)

    @task
    def be_there(self) -> None:
        """Wait to be stopped."""
        while True:
            gevent.sleep(3600)


def _class_of(persona: Persona) -> type[Caller]:
    """The class that lets ``persona`` ring."""
    about = {"persona": persona.name, "__doc__": persona.description, "__module__": __name__}
    return type(class_name(persona.name), (Caller,), about)


def _read(load: Callable[[], T]) -> T:
    """What ``load`` reads; each mistake a line on stderr and the end, as Locust imports this.

    Locust itself would end with exit code 1, as for an agent that failed.
    """
    try:
        return load()
    except ConfigError as error:
        complain(error.messages)
        sys.exit(USAGE)
    except Exception:
        traceback.print_exc()
        sys.exit(UNSURE)


CLASSES = [_class_of(persona) for persona in _read(load_catalogue).personas.values()]
globals().update({user.__name__: user for user in CLASSES})
__all__ = ["workload", *(user.__name__ for user in CLASSES)]


def workload(name: str) -> type[LoadTestShape] | None:
    """Make the workload ``name``, or in the file of that path, the one of this locustfile.

    Sets the classes' weights and the defaults of Locust's options. The shape that it returns, when
    the traffic profile is not constant, belongs into the locustfile.
    """
    found = _read(lambda: load_workload(name))
    for user in CLASSES:
        share = found.personas.get(user.persona)
        user.abstract = share is None
        user.weight = share.weight if share else 0
    constant = len(found.profile.points) == 1
    binding.install(found, shaped=not constant)
    if constant:
        return None

    class Shape(LoadTestShape):
        """The workload's traffic profile over its run time."""

        def tick(self) -> tuple[int, float] | None:
            """Say how many users there shall be now; None when the run is over."""
            options = self.runner.environment.parsed_options if self.runner else None
            if options is None:
                return None
            most, run_time_s = users_of(options, found), run_time_of(options, found)
            users = users_at(found.profile, most, self.get_run_time(), run_time_s)
            return None if users is None else (users, found.spawn_rate_per_s)

    return Shape
