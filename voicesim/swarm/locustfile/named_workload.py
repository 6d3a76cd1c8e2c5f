"""The locustfile of ``voicesim run``: the workload that it names in the environment."""

import os

from voicesim.swarm.users import *

Traffic = workload(os.environ["VOICESIM_WORKLOAD"])
