"""Locust's events bound to a run: options, start, reports from workers, drain, verdict.

Facts about Locust 2.47 that this rests on (read in its runners.py and main.py): ``test_stopping``
fires before users are stopped and may block; a worker's listener for a message that blocks must be
concurrent; on SIGTERM and SIGINT ``quitting`` fires before the runner is stopped, and the exit code
is read between the two; options that Locust does not know itself travel to the workers with every
spawn message.
"""

import logging
import secrets
import sys
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]
from locust import events
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_MISSING, MasterRunner, WorkerRunner

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord
from voicesim.line.health import unreachable
from voicesim.line.looking import Run
from voicesim.line.reference import ReferenceAgent
from voicesim.metrics.snapshot import Snapshot
from voicesim.output.verdict import print_verdict
from voicesim.results.audit import Audit
from voicesim.swarm.audits import make_audit
from voicesim.swarm.desk import Desk, Plan, Report
from voicesim.swarm.job import Options, known_secrets, load_target, make_job
from voicesim.swarm.lookups import Lookups
from voicesim.swarm.metrics_page import MetricsPage, open_page, push
from voicesim.swarm.options import (
    add_options,
    command_line_only,
    leave_as_text,
    seed_of,
    typed,
)
from voicesim.swarm.station import Station
from voicesim.swarm.statistics import Statistics
from voicesim.traffic.workload import Workload

log = logging.getLogger("voicesim")

WORKER_ANSWERS_S = 25.0
"""How long the master waits, beyond the grace, for a worker to say that it is drained."""
PROGRESS_S = 10.0
WATCH_S = 0.5
FAIL, USAGE, UNSURE = 1, 2, 3


class Hooks:
    """What one Locust process knows of voicesim: between runs, and of the run there is."""

    def __init__(self, environment: Environment, workload: Workload) -> None:
        self._environment = environment
        self._workload = workload
        self._agent: ReferenceAgent | None = None
        self._station: Station | None = None
        self._lookups: Lookups | None = None
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
        self._quitting = False
        self._fixed: dict[str, Any] = {}
        self._drained: set[str] = set()
        self._statistics = Statistics(environment)

    # --- the life of the process ----------------------------------------------------------------

    def init(self) -> None:
        """Bind to the runner; start the reference agent where no host was named."""
        runner, options = self._environment.runner, self._options
        if isinstance(runner, WorkerRunner):
            runner.register_message("voicesim-drain", self._drain_worker, concurrent=True)
            if runner.worker_state != STATE_INIT:  # joined a run: told so before anyone listened
                self.start()
            return
        if isinstance(runner, MasterRunner):
            runner.register_message("voicesim-drained", self._worker_drained)
        if not options.headless:
            leave_as_text(options)
        elif not options.run_time:
            options.run_time = self._workload.run_time_s
        if self._environment.host:
            options.allow_host = [*(options.allow_host or []), host_of(self._environment.host)]
        else:
            day = date.fromisoformat(options.start_date) if options.start_date else None
            self._agent = ReferenceAgent(day).__enter__()
            self._environment.host = self._agent.origin
            options.target = options.target or "reference"
            log.info("no host named: ringing the reference agent at %s", self._agent.origin)
        self._fixed = command_line_only(options)
        self._check()

    def _check(self) -> None:
        """End at once where what was typed is wrong; audit the agent of a run that begins next."""
        options = self._options
        try:
            job, _ = make_job(self._typed(), self._workload)
            load_target(options.target)
            self._page = open_page(options, self._look)
            if options.headless and not self._refused():  # Locust's run time is not running yet
                self._audit = make_audit(job, options)
        except ConfigError as error:
            self._stop_agent()
            for message in error.messages:
                sys.stderr.write(f"voicesim: {message}\n")
            sys.exit(USAGE)
        except KeyboardInterrupt:
            self._stop_agent()
            sys.exit(UNSURE)

    def quitting(self) -> None:
        """End the run that there is, so that Locust finds our exit code, and the agent.

        Asked a second time (Ctrl-C twice) calls in progress are cut.
        """
        again, self._quitting = self._quitting, True
        try:
            if again:
                self._cut()
                self._close_page()
            self._end_run()
            if self._page:
                self._page.wait_until_read()
        except KeyboardInterrupt:
            self._cut()
            self._end_run()
        self._close_page()
        self._stop_agent()

    def _close_page(self) -> None:
        if self._page:
            self._page.close()

    def _look(self) -> Snapshot | None:
        """The run as it is, up to this instant where it is all in this process."""
        if self._station and self._desk:
            self._desk.report("local", self.report(), self._age_s)
        return self._shown.snapshot(self._age_s) if self._shown else None

    def _end_run(self) -> None:
        if isinstance(self._environment.runner, WorkerRunner):
            self._drain_worker(self._environment)
        else:
            self.stopping()

    def _stop_agent(self) -> None:
        if self._agent:
            self._agent.__exit__(None, None, None)
            self._agent = None

    # --- a run ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open a run: the master (or only process) its desk, every process that calls a station."""
        self._closer = None
        self._stopped = False
        self._drained.clear()
        self._statistics.forget_names()
        runner, options = self._environment.runner, self._options
        try:
            if isinstance(runner, WorkerRunner):
                if options.run_id:  # the master may have refused the run
                    self._open_station(runner.worker_index, options.run_age_s)
                return
            vars(options).update(self._fixed)
            options.run_id, options.run_age_s = "", 0.0
            trouble = self._refused() or self._open_desk()
            if trouble:
                self._give_up(*trouble)
            elif not isinstance(runner, MasterRunner):
                self._open_station(0, 0.0)
        except Exception as error:
            log.exception("the run could not be opened")
            self._give_up(USAGE, f"the run could not be opened: {error!r}")

    def _open_desk(self) -> tuple[int, str] | None:
        """Begin to add up; what there is to be said against what was typed, if anything."""
        options = self._options
        try:
            seed = seed_of(options)
            options.run_seed = secrets.randbits(32) if seed is None else seed
            chosen = self._typed()
            job, gates = make_job(chosen, self._workload)
        except ConfigError as error:
            return USAGE, "; ".join(error.messages)
        audit = self._audit if options.headless else make_audit(job, options)
        if self._stopped:
            return UNSURE, "the run was stopped before it began"
        now = _now()
        plan = Plan(
            job=job,
            gates=gates,
            users=users(self._workload),
            run_time_s=run_time_s(self._workload),
            grace_s=self._grace_s,
            folder=Path(options.reports),
            redactor=Redactor(known_secrets(load_target(options.target))),
            audit=audit,
            build=chosen.build,
        )
        options.run_id = f"{now:%Y%m%d-%H%M%S}-{chosen.seed:08x}"
        self._desk = self._shown = Desk(plan, options.run_id, now.isoformat())
        self._began = now.timestamp()
        gevent.spawn(self._tell_progress, self._desk)
        gevent.spawn(self._watch_workers, self._desk)
        return None

    def _open_station(self, stream: int, age_s: float) -> None:
        """Begin to let calls arrive, in a run that is ``age_s`` old."""
        options = self._options
        job, _ = make_job(self._typed(), self._workload)
        target = load_target(options.target)
        self._station = Station(job, stream, self._webhook, self._call, age_s)
        self._lookups = None
        if target and target.lookup:
            run = Run(job.seed, self._station.crosstalk)
            self._lookups = Lookups(target.lookup, self._environment.host or "", run)
        self._station.open(hold=options.hold_arrivals)

    def _give_up(self, code: int, why: str) -> None:
        """There is no run: ``code`` is how the process ends."""
        runner = self._environment.runner
        if isinstance(runner, WorkerRunner):
            runner.send_message("voicesim-drained", {"error": why})
            return
        log.error("%s", why)
        if self._desk:
            self._desk.over = True
        self._desk = self._station = None
        self._environment.process_exit_code = code
        if runner is not None:
            gevent.spawn(runner.quit if self._options.headless else runner.stop)

    def _watch_workers(self, desk: Desk) -> None:
        """Tell the desk which workers there are and which are missing, while the run is on."""
        runner = self._environment.runner
        while isinstance(runner, MasterRunner) and self._desk is desk:
            age_s = self._options.run_age_s = self._age_s
            for client in runner.clients.all:
                if client.state == STATE_MISSING:
                    desk.missed(client.id, age_s)
                elif client.state != STATE_INIT:
                    desk.joined(client.id, age_s)
            gevent.sleep(WATCH_S)

    @property
    def _age_s(self) -> float:
        """Seconds since the run began."""
        return _now().timestamp() - self._began

    def _tell_progress(self, desk: Desk) -> None:
        """Say every few seconds how far the run is, as long as it is this one."""
        while True:
            gevent.sleep(PROGRESS_S)
            if self._desk is not desk or self._closer is not None:
                return
            if self._station:
                desk.report("local", self.report(), self._age_s)
            log.info("%s", desk.progress())

    def token(self, persona: str, change: int) -> None:
        """A user came or went."""
        if self._station:
            self._station.token(persona, change)

    def spawned(self) -> None:
        """All users are there."""
        if self._station and self._options.hold_arrivals:
            self._station.release()

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

    def _close(self, desk: Desk) -> None:
        desk.draining = True
        try:
            runner = self._environment.runner
            if isinstance(runner, MasterRunner):
                self._drain_workers(runner, desk)
            elif self._station:
                self._drain_station(self._grace_s)
                desk.report("local", self.report(), self._age_s)
                desk.workers_drained(["local"])
                if self._station.error:
                    desk.note("worker-failed", f"calls stopped: {self._station.error!r}")
            result, judged = desk.close(_now().isoformat(), self._age_s)
        except Exception:
            log.exception("the run could not be judged")
            self._environment.process_exit_code = USAGE
            return
        finally:
            desk.over = True
            self._desk = self._station = None
        self._environment.process_exit_code = judged.verdict.exit_code
        push(self._options.push_gateway, result, judged)
        shown = (result, judged, desk.folder)
        if self._options.headless:  # Locust prints its own tables yet: the verdict comes last
            self._environment.events.quit.add_listener(lambda **_: print_verdict(*shown))
        else:
            print_verdict(*shown)

    def _cut(self) -> None:
        """Calls in progress shall end now."""
        runner = self._environment.runner
        if isinstance(runner, MasterRunner):
            runner.send_message("voicesim-drain", {"grace_s": 0.0})
        elif self._station:
            self._station.cut()

    def report(self) -> Report:
        """What this process counted since its last report."""
        return {"run": self._options.run_id, **self._station.report()} if self._station else {}

    def reported(self, worker: str, report: Report) -> None:
        """Add up a worker's report, unless it is about another run."""
        if self._desk and report and report["run"] == self._desk.run_id:
            self._desk.report(worker, report, self._age_s)

    # --- draining -------------------------------------------------------------------------------

    def _drain_station(self, grace_s: float) -> None:
        if self._station:
            self._station.drain(grace_s)
            if self._lookups:
                self._lookups.finish(self._station.tally)

    def _drain_worker(self, environment: Environment, msg: Any = None, **_: object) -> None:
        """Finish or cut this worker's calls, then send the last counts and say so."""
        runner = environment.runner
        if not isinstance(runner, WorkerRunner):
            return
        told: dict[str, float] = (msg and msg.data) or {}
        if self._closer is None:
            grace_s = told.get("grace_s", self._grace_s)
            self._closer = gevent.spawn(self._close_worker, runner, grace_s)
        elif self._station and "grace_s" in told:
            self._station.cut()
        self._closer.join()

    def _close_worker(self, runner: WorkerRunner, grace_s: float) -> None:
        error: BaseException | None = None
        if self._station:
            self._drain_station(grace_s)
            error = self._station.error
            runner._send_stats()
        runner.send_message("voicesim-drained", {"error": repr(error) if error else ""})
        self._station = None

    def _worker_drained(self, environment: Environment, msg: Any, **_: object) -> None:
        del environment
        self._drained.add(msg.node_id)
        if msg.data.get("error") and self._desk:
            self._desk.note("worker-failed", f"a worker stopped: {msg.data['error']}")

    def _drain_workers(self, runner: MasterRunner, desk: Desk) -> None:
        """Ask every worker to drain, those too that join meanwhile, and wait for them."""
        asked: set[str] = set()
        with gevent.Timeout(self._grace_s + WORKER_ANSWERS_S, False):
            while True:
                waiting = [
                    client.id
                    for client in runner.clients.all
                    if client.id not in self._drained and client.state != STATE_MISSING
                ]
                for worker in set(waiting) - asked:
                    runner.send_message("voicesim-drain", client_id=worker)
                    asked.add(worker)
                if not waiting:
                    break
                gevent.sleep(0.05)
        desk.workers_drained(self._drained)
        desk.lose_the_rest(self._age_s)

    # --- told by the station --------------------------------------------------------------------

    def _webhook(self, url: str, kind: Kind, answer: Answer) -> None:
        self._statistics.webhook(url, kind, answer)

    def _call(self, record: CallRecord) -> None:
        self._statistics.call(record)
        if self._lookups and self._station:
            self._lookups.look_up(record, self._station.tally)

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
        host, options = self._environment.host or "", self._options
        if not HostRule(frozenset(options.allow_host or ())).allows(host):
            return USAGE, f"{host!r} is not called: neither this machine nor named by --allow-host"
        profile = load_target(options.target)
        trouble = unreachable(host, profile.health_path if profile else None)
        return (FAIL, trouble) if trouble else None


_hooks: dict[int, Hooks] = {}
_installed: list[Workload] = []


def of(environment: Environment) -> Hooks:
    """The hooks of a Locust environment."""
    return _hooks[id(environment)]


def users(workload: Workload) -> int:
    """How many users the run is asked for."""
    return _asked("num_users") or workload.users


def run_time_s(workload: Workload) -> float:
    """How long the run is asked to be (s)."""
    return float(_asked("run_time") or workload.run_time_s)


def _asked(name: str) -> Any:
    for hooks in _hooks.values():
        return getattr(hooks._options, name, None)
    return None


def install(workload: Workload, *, shaped: bool) -> None:
    """Listen to Locust's events on behalf of ``workload``; the last one installed counts."""
    if _installed:
        _installed[:] = [workload]
        return
    _installed.append(workload)
    events.init_command_line_parser.add_listener(
        lambda parser: add_options(parser, _installed[-1], shaped=shaped)
    )
    events.init.add_listener(_init)


def _init(environment: Environment, **_: object) -> None:
    hooks = _hooks[id(environment)] = Hooks(environment, _installed[-1])
    on = environment.events
    on.test_start.add_listener(lambda **_: hooks.start())
    on.spawning_complete.add_listener(lambda **_: hooks.spawned())
    on.test_stopping.add_listener(lambda **_: hooks.stopping())
    on.quitting.add_listener(lambda **_: hooks.quitting())
    if isinstance(environment.runner, WorkerRunner):
        on.report_to_master.add_listener(lambda data, **_: data.update(voicesim=hooks.report()))
    if isinstance(environment.runner, MasterRunner):
        on.worker_report.add_listener(
            lambda client_id, data, **_: hooks.reported(client_id, data.get("voicesim") or {})
        )
    hooks.init()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - when a run began and ended is the wall's to say
