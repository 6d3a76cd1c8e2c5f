"""For the web UI: everyone who calls, as many as are typed there, until stop is pressed.

locust
"""

from voicesim.swarm.users import (  # noqa: F401 - Locust finds the classes by their names here
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

workload("explore")
