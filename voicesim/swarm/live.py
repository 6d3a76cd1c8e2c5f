"""The page of a run that is on, under Locust's web server: a document, its script, one JSON route.

Locust's login covers all of it. No other site may read it: Locust lets every origin read what it
serves, and what agents said is nobody's business.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import gevent  # type: ignore[import-untyped]
from flask import Blueprint, Response, abort, jsonify, request
from locust.web import WebUI

from voicesim.line.transport import clock
from voicesim.swarm.desk import Desk
from voicesim.swarm.live_data import Data, calls, ladder, live
from voicesim.swarm.live_history import History, in_progress

log = logging.getLogger("voicesim")

PATH = "/voicesim"
SAMPLE_S = 3.0
"""As often as workers report."""
SHARE = 0.05
"""Of this process's time, at most so much goes into the page, however many look at it."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
T = TypeVar("T")


class Look(Protocol):
    """Hands the desk of the latest run, and how old the run is (s), to a view."""

    def __call__(self, view: Callable[[Desk, float], T]) -> T | None:
        """What ``view`` makes of it; None when there was no run yet."""


class Kept:
    """What was made a moment ago, made again only where that does not cost too much."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._due = 0.0
        self._made: Any = None

    def get(self, make: Callable[[], T]) -> T:
        """What ``make`` gives, or gave."""
        begun = self._now()
        if begun >= self._due:
            self._made = make()
            done = self._now()
            self._due = done + (done - begun) / SHARE
        made: T = self._made
        return made


class LivePage:
    """The page; ``look`` is where it looks. It keeps the history of the latest run."""

    def __init__(self, look: Look, now: Callable[[], float] = clock) -> None:
        self._look = look
        self._history = History()
        self._desk: Desk | None = None
        self._ended_s: float | None = None
        """How old the run was when it was over."""
        self._live, self._calls = Kept(now), Kept(now)

    def serve(self, web_ui: WebUI) -> None:
        """Serve the page beside Locust's own, and begin to take samples."""
        base = str(getattr(web_ui.environment.parsed_options, "web_base_path", "") or "")
        pages = Blueprint(
            "voicesim", __name__, url_prefix=base.rstrip("/") + PATH,
            static_folder="page", static_url_path="/page",
        )  # fmt: skip
        pages.before_request(refuse_strangers)
        pages.before_request(web_ui.auth_required_if_enabled(lambda: None))
        pages.after_request(dress)
        pages.add_url_rule("/", "index", lambda: pages.send_static_file("index.html"))
        pages.add_url_rule("/data", "data", self._answer)
        web_ui.app.register_blueprint(pages)  # type: ignore[union-attr]
        gevent.spawn(self._sample)
        scheme, host = "https" if web_ui.tls_cert else "http", web_ui.host or "localhost"
        log.info("calls live at %s://%s:%d%s/", scheme, host, web_ui.port, pages.url_prefix)

    def live(self) -> Data:
        """All of the latest run but ladders' lines."""
        return self._live.get(lambda: self._look(self._all)) or {"state": "none"}

    def calls(self) -> list[Data]:
        """What became of the calls of the latest run."""
        return self._calls.get(lambda: self._look(self._rows)) or []

    def sample(self) -> None:
        """Take a sample of the latest run, unless it is over and its end was seen."""
        self._look(self._take)

    # --- within -----------------------------------------------------------------------------

    def _answer(self) -> Response:
        number = request.args.get("call", type=int)
        if number is None:
            return jsonify(self.live())
        found = self._look(lambda desk, _: ladder(desk, number))
        return jsonify(found) if found else abort(404)

    def _sample(self) -> None:
        while True:
            self.sample()
            gevent.sleep(SAMPLE_S)

    def _take(self, desk: Desk, age_s: float) -> None:
        if desk is not self._desk:
            self._desk, self._history, self._ended_s = desk, History(), None
        if self._ended_s is None:
            self._history.take(age_s, in_progress(desk.parts()), desk.take_recent())
            self._ended_s = age_s if desk.over else None

    def _all(self, desk: Desk, age_s: float) -> Data:
        if desk is not self._desk or desk.over:
            self._take(desk, age_s)
        return live(desk, self._history, age_s if self._ended_s is None else self._ended_s)

    def _rows(self, desk: Desk, age_s: float) -> list[Data]:
        return calls(desk.parts(), desk.arrived_s(age_s), desk.time_scale)


def refuse_strangers() -> None:
    """Another site's script does not read the page."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)


def dress(response: Response) -> Response:
    """With what browsers are to hold to."""
    response.headers.update(HEADERS)
    if response.is_json:
        response.headers["Cache-Control"] = "no-store"
    return response
