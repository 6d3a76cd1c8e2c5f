"""Locust's events bound to a run: options, start, reports from workers, drain, verdict.

Facts about Locust 2.47 that this rests on (in its runners.py and main.py): ``test_stopping`` fires
before users are stopped and may block; a worker's listener for a message that blocks must be
concurrent; on SIGTERM and SIGINT ``quitting`` fires before the runner is stopped, the exit code
is read in between; options that Locust does not know travel to workers with every spawn message.
"""

import logging
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import gevent  # type: ignore[import-untyped]
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_STOPPED, MasterRunner, WorkerRunner

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import host_of
from voicesim.line.health import unreachable
from voicesim.line.named import day, origin_of
from voicesim.line.reference import ReferenceAgent
from voicesim.line.transport import clock
from voicesim.output.printing import complain, one_line
from voicesim.output.verdict import print_verdict
from voicesim.results.audit import Audit
from voicesim.results.result import Result
from voicesim.swarm import admission, interrupts, reports, web
from voicesim.swarm.audits import make_audit
from voicesim.swarm.calling import Calling
from voicesim.swarm.desk import Desk, Plan, Report
from voicesim.swarm.drains import DRAIN, DRAINED, drain_workers
from voicesim.swarm.interrupts import Interrupts
from voicesim.swarm.job import Options, load_target, make_job, refusal
from voicesim.swarm.metrics_page import MetricsPage, open_page, push
from voicesim.swarm.options import (
    command_line_only,
    leave_as_text,
    seed_of,
    settle,
    too_short,
    typed,
)
from voicesim.swarm.streams import NONE_LEFT, deal
from voicesim.swarm.watching import tell_progress, watch
from voicesim.traffic.workload import Workload
from voicesim.verdict.judging import Judged

log = logging.getLogger("voicesim")
log.addFilter(one_line)

FAIL, USAGE, UNSURE = 1, 2, 3
T = TypeVar("T")


class Hooks:
    """What one Locust process knows of voicesim: between runs, and of the run there is."""

    def __init__(
        self, environment: Environment, workload: Workload, clock: Callable[[], float] = clock
    ) -> None:
        self._environment = environment
        self._clock = clock
        self._workload = workload
        self._agent: ReferenceAgent | None = None
        self.calling = Calling(environment, workload)
        self._desk: Desk | None = None
        self._audit: Audit | None = None
        """The one before a run without web UI; with one it is made when the run begins."""
        self._shown: Desk | None = None
        """The desk of the latest run, which may be over."""
        self._page: MetricsPage | None = None
        self._began = 0.0
        self._stopped = False
        """Whether the run was ended before it was open."""
        self._closer: gevent.Greenlet | None = None
        """Drains and judges the run that there is; whoever ends the run waits for it."""
        self.interrupts = Interrupts(environment, self._hurry)
        self._fixed: dict[str, Any] = {}
        self._drained: set[str] = set()
        self.admitted: set[str] = set()

    # --- the life of the process ----------------------------------------------------------------

    def init(self) -> None:
        """Bind to the runner; start the reference agent where no host was named."""
        runner, options = self._environment.runner, self._options
        if isinstance(runner, WorkerRunner):
            runner.register_message(DRAIN, self._drain_worker, concurrent=True)
            return
        if isinstance(runner, MasterRunner):
            runner.register_message(DRAINED, self._worker_drained)
        if not options.headless:
            leave_as_text(options)
        else:
            settle(options, self._workload)
        if self._environment.host:
            options.allow_host = [*(options.allow_host or []), host_of(self._environment.host)]
        self._fixed = command_line_only(options)
        self._check()
        if self._environment.web_ui:
            web.extend(self._environment.web_ui, self.start_trouble, self._look)

    def _check(self) -> None:
        """End at once where what was typed is wrong; audit the agent of a run that begins next."""
        options = self._options
        try:
            typed(options, "")
            if why := too_short(options.run_time, self._workload):
                raise ConfigError([why])
            reports.try_folder(Path(options.reports))
            if not self._environment.host:
                self._start_agent()
            self._as_typed()
            job, _ = make_job(self._typed(), self._workload)
            self._page = open_page(options, lambda: self._look(Desk.snapshot))
            if options.headless and not self._refused():  # Locust's run time is not running yet
                self._audit = make_audit(job, options)
        except ConfigError as error:
            self._stop_agent()
            complain(error.messages)
            sys.exit(USAGE)
        except KeyboardInterrupt:
            self.interrupts.leave()

    def _start_agent(self) -> None:
        self._agent = ReferenceAgent(day(self._options.start_date))
        self._agent.__enter__()
        self._environment.host = self._agent.origin
        log.info("no host named: ringing the reference agent at %s", self._agent.origin)

    def _as_typed(self) -> None:
        """Have the options of the command line again; the reference agent brings its profile."""
        options, host = self._options, self._environment.host or ""
        vars(options).update(self._fixed)
        if self._agent and not options.target and origin_of(host) == self._agent.origin:
            options.target = "reference"

    def quitting(self) -> None:
        """End the run that there is, so that Locust finds our exit code, and the agent."""
        if self.interrupts.quitting:
            self._hurry()
        self.interrupts.quitting = True
        if isinstance(self._environment.runner, WorkerRunner):
            self._drain_worker(self._environment)
        else:
            self.stopping()
        if self._page:
            self._page.wait_until_read()
        interrupts.no_more()
        self._close_page()
        self._stop_agent()

    def _hurry(self) -> None:
        """Cut the calls in progress; wait for no reader of the figures."""
        self._cut()
        self._close_page()

    def _close_page(self) -> None:
        if self._page:
            self._page.close()

    def _look(self, view: Callable[[Desk, float], T]) -> T | None:
        """``view`` of the latest run, up to this instant where it is all in this process."""
        if self.calling.station and self._desk:
            self._desk.report("local", self.calling.report(), self._age_s)
        return view(self._shown, self._age_s) if self._shown else None

    def _stop_agent(self) -> None:
        if self._agent:
            self._agent.__exit__(None, None, None)
            self._agent = None

    # --- a run ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open a run: the master (or only process) its desk, every process that calls a station."""
        if self.interrupts.quitting:
            return
        self._closer = None
        self._stopped = False
        self._drained.clear()
        runner, options = self._environment.runner, self._options
        try:
            if isinstance(runner, WorkerRunner):
                if options.run_id:  # the master may have refused the run
                    self._open_worker(runner)
                return
            self._as_typed()
            options.run_id, options.run_age_s, options.run_streams = "", 0.0, {}
            trouble = self._refused() or self._open_desk()
            if trouble:
                self._give_up(*trouble)
            elif isinstance(runner, MasterRunner):
                for client in runner.clients.all:
                    self.connected(client.id)
            else:
                self.calling.open(options, 0, 0.0)
        except ConfigError as error:
            self._give_up(USAGE, "; ".join(error.messages))
        except gevent.GreenletExit:  # started anew from the web UI while this start is under way
            self._leave_run()
            raise
        except Exception as error:
            log.exception("the run could not be opened")
            self._give_up(UNSURE, f"the run could not be opened: {error!r}")

    def _open_desk(self) -> tuple[int, str] | None:
        """Begin to add up; why there is nothing to add up, if so."""
        options = self._options
        seed = seed_of(options)
        options.run_seed = secrets.randbits(32) if seed is None else seed
        job, gates = make_job(self._typed(), self._workload)
        audit = self._audit if options.headless else make_audit(job, options)
        if self._stopped:
            return UNSURE, "the run was stopped before it began"
        now = _now()
        folder = Path(options.reports)
        try:
            run_id = reports.claim(folder, f"{now:%Y%m%d-%H%M%S}-{job.seed:08x}")
        except OSError as error:
            return USAGE, f"no report can be written into {folder}: {error.strerror}"
        plan = Plan(job, gates, self._grace_s, folder, audit, options.build or "")
        admission.tell(options, self._workload, job.today)
        options.run_id = run_id
        self._desk = self._shown = Desk(plan, run_id, now.isoformat())
        self._began = self._clock()
        gevent.spawn(tell_progress, self._desk, self.calling, lambda: self._age_s)
        gevent.spawn(watch, self._desk, self._environment, self.admitted, lambda: self._age_s)
        return None

    def _open_worker(self, runner: WorkerRunner) -> None:
        """Open this worker's station, if the master had a stream for it."""
        stream = self._options.run_streams.get(runner.client_id)
        if stream is None:
            log.error("%s", NONE_LEFT)
        else:
            self.calling.open(self._options, stream, self._options.run_age_s)

    def connected(self, worker: str) -> None:
        """Deal a worker its stream of the run that is on, if there is one."""
        if self._desk and deal(self._options.run_streams, worker) is None:
            log.error("%s", NONE_LEFT)
            self._desk.note("too-many-workers", NONE_LEFT)

    def _give_up(self, code: int, why: str) -> None:
        """There is no run: ``code`` is how the process ends."""
        runner = self._environment.runner
        if isinstance(runner, WorkerRunner):
            runner.send_message(DRAINED, {"error": why})
            return
        log.error("%s", why)
        self._leave_run()
        self._environment.process_exit_code = code
        if runner is not None:
            gevent.spawn(runner.quit if self._options.headless else runner.stop)

    def _leave_run(self) -> None:
        """There is no run any more, nor was there one."""
        if self._desk:
            self._desk.over = True
        self._desk = None
        self.calling.close()

    @property
    def _age_s(self) -> float:
        """Seconds since the run began."""
        return self._clock() - self._began

    def spawned(self) -> None:
        """All users are there."""
        if self._options.hold_arrivals:
            self.calling.release()

    def stopping(self) -> None:
        """Drain and judge the run that there is, once; come back when that is done."""
        if self._closer is None:
            if self._desk is None:
                self._stopped = True
                if self._options.headless and self._environment.process_exit_code is None:
                    self._environment.process_exit_code = UNSURE  # nothing was judged
                return
            self._closer = gevent.spawn(self._close, self._desk)
        self._closer.join()

    def start_trouble(self, form: Mapping[str, str]) -> str:
        """Why a start from the web UI is refused, if it is."""
        runner = self._environment.runner
        if self._closer is not None and runner and runner.state not in (STATE_INIT, STATE_STOPPED):
            return "the run before is still draining: start again once its verdict is there"
        if why := web.start_trouble(self._environment, self._fixed, self._workload, form):
            self._environment.process_exit_code = USAGE  # until a run ends with a code of its own
        return why

    def _close(self, desk: Desk) -> None:
        desk.closing(self._age_s)
        try:
            if isinstance(runner := self._environment.runner, MasterRunner):
                drain_workers(runner, self._drained, self._grace_s)
                desk.workers_drained(self._drained)
            else:
                error = self.calling.drain(self._grace_s)
                if report := self.calling.report():  # none where the run was just being opened
                    desk.report("local", report, self._age_s)
                if error:
                    desk.note("worker-failed", f"calls stopped: {error!r}")
                else:
                    desk.workers_drained(["local"])
            desk.lose_the_rest(self._age_s)
            result, judged = desk.close(_now().isoformat(), self._age_s)
        except Exception:
            log.exception("the run could not be judged")
            self._environment.process_exit_code = UNSURE
            return
        finally:
            desk.over = True
            self._desk, self._options.run_id = None, ""  # whoever is given users now shall not ring
            self.calling.close()
        self._end(desk.folder, result, judged)

    def _end(self, folder: Path, result: Result, judged: Judged) -> None:
        """Write the report, tell the verdict and set the exit code."""
        self._environment.process_exit_code, said = reports.keep(folder, result, judged)
        push(self._options.push_gateway, result, judged)
        if self._options.headless:  # Locust prints its own tables yet: the verdict comes last
            quit_ = self._environment.events.quit
            quit_.add_listener(lambda **_: print_verdict(result, judged, said))
        else:
            print_verdict(result, judged, said)

    def _cut(self) -> None:
        """Calls in progress shall end now."""
        if isinstance(runner := self._environment.runner, MasterRunner):
            runner.send_message(DRAIN, {"grace_s": 0.0})
        else:
            self.calling.cut()

    def reported(self, worker: str, report: Report) -> None:
        """Add up a worker's report, unless it is about another run."""
        if self._desk and report and report["run"] == self._desk.run_id:
            self._desk.report(worker, report, self._age_s)

    def turned_away(self, worker: str) -> None:
        """Leave out a worker that is unlike us."""
        if self._desk:
            self._desk.forget(worker)

    # --- draining -------------------------------------------------------------------------------

    def _drain_worker(self, environment: Environment, msg: Any = None, **_: object) -> None:
        """Finish or cut this worker's calls, then send the last counts and say so."""
        runner = environment.runner
        if not isinstance(runner, WorkerRunner):
            return
        told: dict[str, float] = (msg and msg.data) or {}
        if self._closer is None:
            grace_s = told.get("grace_s", self._grace_s)
            self._closer = gevent.spawn(self._close_worker, runner, grace_s)
        elif "grace_s" in told:
            self.calling.cut()
        self._closer.join()

    def _close_worker(self, runner: WorkerRunner, grace_s: float) -> None:
        error = self.calling.drain(grace_s)
        if self.calling.station:
            runner._send_stats()
        runner.send_message(DRAINED, {"error": repr(error) if error else ""})
        self.calling.close()

    def _worker_drained(self, msg: Any, **_: object) -> None:
        self._drained.add(msg.node_id)
        if self._desk and msg.data.get("error"):
            self._desk.note("worker-failed", f"a worker stopped: {msg.data['error']}")

    # --- what was typed -------------------------------------------------------------------------

    @property
    def _options(self) -> Namespace:
        options: Namespace | None = self._environment.parsed_options
        if options is None:
            raise RuntimeError("Locust was started without options")
        return options

    @property
    def _grace_s(self) -> float:
        grace: float | None = self._options.drain_grace
        return self._workload.drain_grace_s if grace is None else grace

    def _typed(self) -> Options:
        return typed(self._options, self._environment.host or "")

    def _refused(self) -> tuple[int, str] | None:
        """Why the host may not be called or cannot be tested, with the exit code, if so."""
        if why := refusal(self._typed()):
            return USAGE, why
        profile = load_target(self._options.target)
        why = unreachable(self._environment.host or "", profile.health_path if profile else None)
        return (FAIL, why) if why else None


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - when a run began and ended is the wall's to say
