"""The page of a run that is on, under Locust's web server: a document, its script, one JSON route.

Locust's login covers all of it, and no other site may read it.
"""

import logging
from collections.abc import Callable
from json import dumps
from typing import Any, Protocol, TypeVar

import gevent  # type: ignore[import-untyped]
from flask import Blueprint, Response, abort, request
from locust.web import WebUI

from voicesim.line.transport import clock
from voicesim.swarm.desk import Desk
from voicesim.swarm.live_data import Data, calls, ladder, live
from voicesim.swarm.live_history import History, in_progress
from voicesim.swarm.strangers import refusing

log = logging.getLogger("voicesim")

PATH = "/voicesim"
SAMPLE_S = 3.0
"""As often as workers report."""
SOON_S = 0.1
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
        self._of: object = None

    def get(self, make: Callable[[], T], of: object = None) -> T | None:
        """What ``make`` gives, or gave ``of`` the same; None: it is too soon for another."""
        begun = self._now()
        if begun >= self._due:
            self._made, self._of = make(), of
            done = self._now()
            self._due = done + (done - begun) / SHARE
        made: T = self._made
        return made if self._of == of else None


class LivePage:
    """The page; ``look`` is where it looks. It keeps the history of the latest run."""

    def __init__(self, look: Look, now: Callable[[], float] = clock) -> None:
        self._look = look
        self._history = History()
        self._desk: Desk | None = None
        self._ended_s: float | None = None
        """How old the run was when it was over."""
        self._data, self._ladder, self._calls = Kept(now), Kept(now), Kept(now)

    def serve(self, web_ui: WebUI) -> None:
        """Serve the page beside Locust's own, and begin to take samples."""
        base = str(getattr(web_ui.environment.parsed_options, "web_base_path", "") or "")
        pages = Blueprint(
            "voicesim", __name__, url_prefix=base.rstrip("/") + PATH,
            static_folder="page", static_url_path="/page",
        )  # fmt: skip
        pages.before_request(web_ui.auth_required_if_enabled(lambda: None))
        pages.after_request(dress)
        pages.add_url_rule("/", "index", lambda: pages.send_static_file("index.html"))
        pages.add_url_rule("/data", "data", self._answer)
        web_ui.app.before_request(refusing(web_ui, pages.name))  # type: ignore[union-attr]
        web_ui.app.register_blueprint(pages)  # type: ignore[union-attr]
        gevent.spawn(self._keep_sampling)
        scheme, host = "https" if web_ui.tls_cert else "http", web_ui.host or "localhost"
        log.info("calls live at %s://%s:%d%s/", scheme, host, web_ui.port, pages.url_prefix)

    def live(self) -> str:
        """All of the latest run but ladders' lines, as JSON."""
        return self._data.get(lambda: dumps(self._look(self._all) or {"state": "none"})) or ""

    def ladder(self, number: int) -> str:
        """A call with its lines, as JSON; "" if it is not kept. Waits while that costs too much."""
        while (found := self._ladder.get(lambda: self._look_up(number), of=number)) is None:
            gevent.sleep(SOON_S)
        return found

    def calls(self) -> str:
        """What became of the calls of the latest run: a list, as JSON."""
        return self._calls.get(lambda: dumps(self._look(self._rows) or [])) or ""

    def sample(self) -> None:
        """Take a sample of the latest run, unless it is over and its end was seen."""
        self._look(self._take)

    # --- within -----------------------------------------------------------------------------

    def _answer(self) -> Response:
        number = request.args.get("call", type=int)
        text = self.live() if number is None else self.ladder(number)
        return Response(text, mimetype="application/json") if text else abort(404)

    def _look_up(self, number: int) -> str:
        found = self._look(lambda desk, _: ladder(desk, number))
        return dumps(found) if found else ""

    def _keep_sampling(self) -> None:
        told = False
        while True:
            try:
                self.sample()
            except Exception:  # one sample is missed, and the page goes on
                log.log(logging.DEBUG if told else logging.ERROR, "no sample", exc_info=True)
                told = True
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
        """Locust sorts them by ``name``, which is in no column."""
        found = calls(desk.parts(), desk.arrived_s(age_s), desk.time_scale)
        return [{"name": number, **one} for number, one in enumerate(found)]


def dress(response: Response) -> Response:
    """With what browsers are to hold to."""
    response.headers.update(HEADERS)
    if response.is_json:
        response.headers["Cache-Control"] = "no-store"
    return response
