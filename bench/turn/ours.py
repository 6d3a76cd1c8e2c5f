"""Locustfile of bench/turn.py: our callers, as fast as the static server answers."""

from voicesim import data
from voicesim.config.callers import parse_catalogue
from voicesim.config.workloads import parse_workload
from voicesim.swarm import binding
from voicesim.swarm.users import StandardCaller

WORKLOAD = """
name = "turn"
description = "One persona and one scenario at time scale 0"
users = 10
spawn_rate_per_s = 10
calls_per_user_per_min = 600
run_time_s = 600
warm_up_s = 1
drain_grace_s = 5
time_scale = 0
gates = "default"
[personas.standard]
weight = 1
[personas.standard.scenarios]
detailed_booking = 1
[profile]
shape = "linear"
points = [[0, 1]]
"""
CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
FOUND = parse_workload(WORKLOAD, "turn.toml", CATALOGUE, {"default": ""})
binding.install(FOUND, shaped=False)
__all__ = ["StandardCaller"]
