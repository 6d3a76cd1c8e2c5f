"""What voicesim adds to Locust's web UI: starts that are refused, a tab, a page of its own."""

import logging
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, jsonify, request
from locust.env import Environment
from locust.runners import STATE_RUNNING, STATE_SPAWNING
from locust.util.timespan import parse_timespan
from locust.web import WebUI

from voicesim.base.errors import ConfigError
from voicesim.swarm.job import refusal
from voicesim.swarm.live import PATH, LivePage, Look
from voicesim.swarm.options import too_short, typed
from voicesim.traffic.workload import Workload

log = logging.getLogger("voicesim")
TAB = "calls"
COLUMNS = [
    {"key": key, "title": key.capitalize().replace("_", " ")}
    for key in (
        *("scenario", "persona", "offered", "in_progress", "goal", "failed", "unsettled"),
        *("dropped", "lost", "erlangs"),
    )
]
FIXED_IN_A_RUN = ("host", "seed", "time_scale")


def extend(web_ui: WebUI, trouble: Callable[[Mapping[str, str]], str], look: Look) -> None:
    """Add to ``web_ui`` what ``look`` sees of the latest run; refuse starts for ``trouble``."""
    if not web_ui.app:
        return
    page = LivePage(look)
    page.serve(web_ui)
    guard(web_ui, web_ui.app, trouble)
    add_tab(web_ui, web_ui.app, page)


def guard(web_ui: WebUI, app: Flask, trouble: Callable[[Mapping[str, str]], str]) -> None:
    """Answer a start with what ``trouble`` says of its form, if it says anything.

    Who is not logged in, where that is asked for, is left to Locust, and changes nothing here.
    """
    start = app.view_functions["locust.swarm"]

    def checked() -> Any:
        why = trouble(request.form)
        if not why:
            return start()
        log.error("not started: %s", why)
        return jsonify({"success": False, "message": why})

    app.view_functions["locust.swarm"] = web_ui.auth_required_if_enabled(checked)


def add_tab(web_ui: WebUI, app: Flask, page: LivePage) -> None:
    """A tab beside Locust's own with what became of the calls, told with Locust's own figures."""
    web_ui.template_args |= {
        "extended_tabs": [{"title": "Calls", "key": TAB}],
        "extended_tables": [{"key": TAB, "structure": COLUMNS}],
        "extended_csv_files": [{"href": f".{PATH}/", "title": "Live page of voicesim"}],
    }

    def tell(response: Response) -> Response:
        if request.endpoint != "locust.request_stats" or not response.is_json:
            return response
        told, _, _ = response.get_data().rpartition(b"}")  # Locust keeps it for all who ask
        ours = f', "extended_stats": [{{"key": "{TAB}", "data": {page.calls()}}}]}}\n'
        return Response(told + ours.encode(), mimetype="application/json")

    app.after_request(tell)


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
