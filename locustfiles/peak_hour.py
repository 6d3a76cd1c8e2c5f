"""The busy hour: everyone who calls a booking line, at the highest rate of the day.

locust -f locustfiles/peak_hour.py --headless -u 60 -r 10 -t 60s --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import (  # noqa: F401 - Locust finds the classes by their names here
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

workload("peak_hour")
