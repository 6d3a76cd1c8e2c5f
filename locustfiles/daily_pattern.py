"""Business hours, compressed: humps in the morning and the afternoon, a dip at lunch.

locust -f locustfiles/daily_pattern.py --headless --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import (  # noqa: F401 - Locust finds the classes by their names here
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

BusinessHours = workload("daily_pattern")
