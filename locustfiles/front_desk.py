"""Callers who book, move or cancel, ask for the hours or a person, or have the wrong number.

locust -f locustfiles/front_desk.py --headless --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import *  # a class for each persona: Locust finds them here

workload("front_desk")
