"""Every kind of caller, in equal numbers and for the same: who is served worse.

locust -f locustfiles/fairness.py --headless --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import (  # noqa: F401 - Locust finds the classes by their names here
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

Fairness = workload("fairness")
