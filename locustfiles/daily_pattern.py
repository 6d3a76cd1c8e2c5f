"""Business hours, compressed: humps in the morning and the afternoon, a dip at lunch.

locust -f locustfiles/daily_pattern.py --headless --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import *  # a class for each persona: Locust finds them here

BusinessHours = workload("daily_pattern")
