"""For the web UI: everyone who calls, as many as are typed there, until stop is pressed.

locust
"""

from voicesim.swarm.users import *  # a class for each persona: Locust finds them here

workload("explore")
