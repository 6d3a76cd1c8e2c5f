"""The peak hour in a process whose loop is held up: ``SPIN_S`` at a time, ``REST_S`` between."""

import os
import time

import gevent
from locust import events

from voicesim.swarm.users import (  # noqa: F401 - Locust finds the classes by their names here
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

workload("peak_hour")


def spin(**_: object) -> None:
    def loop() -> None:
        while True:
            ends = time.monotonic() + float(os.environ["SPIN_S"])
            while time.monotonic() < ends:
                pass
            gevent.sleep(float(os.environ["REST_S"]))

    gevent.spawn(loop)


events.test_start.add_listener(spin)
