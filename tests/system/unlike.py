"""The peak hour in a process that is unlike the others: UNLIKE names how."""

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Self

import voicesim
from voicesim import data
from voicesim.line import transport
from voicesim.swarm import job

BEHIND_S = 20 * 24 * 3600.0
shipped, clock = data.texts, time.time


def version() -> None:
    """Another version of voicesim."""
    voicesim.__version__ = "9.9.9"


def scenarios() -> None:
    """A scenario in other words."""
    data.texts = lambda kind: {name: text + "# mine\n" for name, text in shipped(kind).items()}


def behind() -> None:
    """The wall's clock is BEHIND_S behind, and the machine was switched on at another time."""

    class Behind(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Self:
            return super().now(UTC) - timedelta(seconds=BEHIND_S)

    job.datetime = Behind  # type: ignore[misc]
    time.time = lambda: clock() - BEHIND_S
    transport._clock = lambda: time.monotonic() + 12345678.0


{"version": version, "scenarios": scenarios, "behind": behind}[os.environ["UNLIKE"]]()

from voicesim.swarm.users import (  # noqa: E402, F401 - Locust finds the classes by their names
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

workload("peak_hour")
