"""The busy hour: everyone who calls a booking line, at the highest rate of the day.

locust -f locustfiles/peak_hour.py --headless -u 60 -r 10 -t 60s --host http://127.0.0.1:8080
"""

from voicesim.swarm.users import *  # a class for each persona: Locust finds them here

workload("peak_hour")
