"""Angry and silent callers, who may miss their goal whatever the agent does.

locust -f locustfiles/difficult.py --headless --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import *  # a class for each persona: Locust finds them here

workload("difficult")
