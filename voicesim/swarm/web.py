"""What a start in the web UI is refused for: told to the page, before Locust takes anything in."""

import logging
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, jsonify, request
from locust.env import Environment
from locust.runners import STATE_RUNNING, STATE_SPAWNING
from locust.util.timespan import parse_timespan
from locust.web import WebUI

from voicesim.base.errors import ConfigError
from voicesim.swarm.job import refusal
from voicesim.swarm.options import too_short, typed
from voicesim.traffic.workload import Workload

log = logging.getLogger("voicesim")
FIXED_IN_A_RUN = ("host", "seed", "time_scale")


def guard(web_ui: WebUI, trouble: Callable[[Mapping[str, str]], str]) -> None:
    """Answer a start with what ``trouble`` says of its form, if it says anything."""

    def refuse() -> Response | None:
        why = trouble(request.form) if request.endpoint == "locust.swarm" else ""
        if not why:
            return None
        log.error("not started: %s", why)
        return jsonify({"success": False, "message": why})

    if web_ui.app:
        web_ui.app.before_request(refuse)


def start_trouble(
    environment: Environment, fixed: Mapping[str, Any], workload: Workload, form: Mapping[str, str]
) -> str:
    """Why no run may begin, or go on, as ``form`` has it; "" when it may.

    ``fixed`` are the options that the web UI must not change.
    """
    now = vars(environment.parsed_options) | {"host": environment.host}
    if environment.runner and environment.runner.state in (STATE_RUNNING, STATE_SPAWNING):
        changed = [key for key in FIXED_IN_A_RUN if form.get(key, now[key]) != now[key]]
        if changed:
            return f"while a run is on its {' and '.join(changed)} cannot be changed: stop it first"
    wanted = Namespace(**{**now, **dict(form.items()), **fixed})
    try:
        why = refusal(typed(wanted, wanted.host or ""))
        run_time_s = parse_timespan(form["run_time"]) if form.get("run_time") else None
    except ConfigError as error:
        return "; ".join(error.messages)
    except ValueError:
        return ""  # a run time that is none: Locust says so
    return why or too_short(run_time_s, workload)
