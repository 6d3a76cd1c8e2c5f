"""Locust's events bound to a run: options, start, reports from workers, drain, verdict.

Facts about Locust 2.47 that this rests on (read in its runners.py and main.py): ``test_stopping``
fires before users are stopped and may block; a worker's listener for a message that blocks must be
concurrent; on SIGTERM and SIGINT ``quitting`` fires before the runner is stopped, and the exit code
is read between the two; options that Locust does not know itself travel to the workers with every
spawn message.
"""

import logging
import re
import secrets
import sys
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]
from locust import events
from locust.env import Environment
from locust.runners import STATE_MISSING, MasterRunner, WorkerRunner

from voicesim.base.errors import ConfigError
from voicesim.base.hosts import HostRule, host_of
from voicesim.base.redact import Redactor
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.line.reference import ReferenceAgent
from voicesim.output.verdict import print_verdict
from voicesim.swarm.desk import Desk, Plan, Report
from voicesim.swarm.job import Options, known_secrets, load_target, make_job
from voicesim.swarm.lookups import Lookups, unreachable
from voicesim.swarm.options import add_options
from voicesim.swarm.station import Station
from voicesim.traffic.workload import Workload

log = logging.getLogger("voicesim")

WORKER_ANSWERS_S = 25.0
"""How long the master waits, beyond the grace, for a worker to say that it is drained."""
PROGRESS_S = 10.0
USAGE, FAIL = 2, 1
MAX_NAMES = 100
"""Rows of Locust's statistics that agents' paths may make; the rest share one."""
_ID = re.compile(r"[A-Z]{2}[0-9a-f]{32}|[0-9a-fA-F-]{16,}|\d{4,}")


class Hooks:
    """What one Locust process knows of voicesim: between runs, and of the run there is."""

    def __init__(self, environment: Environment, workload: Workload) -> None:
        self._environment = environment
        self._workload = workload
        self._agent: ReferenceAgent | None = None
        self._station: Station | None = None
        self._lookups: Lookups | None = None
        self._desk: Desk | None = None
        self._began = 0.0
        self._closing = False
        self._drained: set[str] = set()
        self._names: set[str] = set()

    # --- the life of the process ----------------------------------------------------------------

    def init(self) -> None:
        """Bind to the runner; start the reference agent where no host was named."""
        runner, options = self._environment.runner, self._options
        if isinstance(runner, WorkerRunner):
            runner.register_message("voicesim-drain", self._drain_worker, concurrent=True)
            return
        if isinstance(runner, MasterRunner):
            runner.register_message("voicesim-drained", self._worker_drained)
        if options.headless and not options.run_time:
            options.run_time = self._workload.run_time_s
        if self._environment.host:
            options.allow_host = [*(options.allow_host or []), host_of(self._environment.host)]
        else:
            day = date.fromisoformat(options.start_date) if options.start_date else None
            self._agent = ReferenceAgent(day).__enter__()
            self._environment.host = self._agent.origin
            options.target = options.target or "reference"
            log.info("no host named: ringing the reference agent at %s", self._agent.origin)
        try:
            make_job(self._typed(), self._workload)
            load_target(options.target)
        except ConfigError as error:
            self._stop_agent()
            for message in error.messages:
                sys.stderr.write(f"voicesim: {message}\n")
            sys.exit(USAGE)

    def quitting(self) -> None:
        """End the run that there is, so that Locust finds our exit code, and the agent."""
        if isinstance(self._environment.runner, WorkerRunner):
            self._drain_worker(self._environment)
        else:
            self.stopping()
        self._stop_agent()

    def _stop_agent(self) -> None:
        if self._agent:
            self._agent.__exit__(None, None, None)
            self._agent = None

    # --- a run ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open a run: the master (or only process) its desk, every process that calls a station."""
        self._closing = False
        self._drained.clear()
        self._names.clear()
        runner, options = self._environment.runner, self._options
        if not isinstance(runner, WorkerRunner):
            options.run_seed = secrets.randbits(32) if options.seed is None else options.seed
            if not self._admitted():
                if runner is not None:
                    gevent.spawn(runner.quit if options.headless else runner.stop)
                return
        typed = self._typed()
        job, gates = make_job(typed, self._workload)
        now = _now()
        if not isinstance(runner, WorkerRunner):
            plan = Plan(
                job=job,
                gates=gates,
                users=users(self._workload),
                run_time_s=run_time_s(self._workload),
                grace_s=self._grace_s,
                folder=Path(options.reports),
                redactor=Redactor(known_secrets(load_target(options.target))),
            )
            self._desk = Desk(plan, f"{now:%Y%m%d-%H%M%S}-{typed.seed:08x}", now.isoformat())
            self._began = now.timestamp()
            gevent.spawn(self._tell_progress, self._desk)
        if not isinstance(runner, MasterRunner):
            target = load_target(options.target)
            self._lookups = Lookups(target, job.target.url) if target and target.lookup else None
            stream = runner.worker_index if isinstance(runner, WorkerRunner) else 0
            self._station = Station(job, stream, self._webhook, self._call)
            self._station.open(hold=options.hold_arrivals)

    def _tell_progress(self, desk: Desk) -> None:
        """Say every few seconds how far the run is, as long as it is this one."""
        while True:
            gevent.sleep(PROGRESS_S)
            if self._desk is not desk or self._closing:
                return
            if self._station:
                desk.report("local", self.report())
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
        """Drain and judge the run that there is; once."""
        if self._desk is None or self._closing or not self._environment.runner:
            return
        self._closing = True
        runner = self._environment.runner
        if isinstance(runner, MasterRunner):
            self._drain_workers(runner)
        elif self._station:
            self._drain_station()
            self._desk.report("local", self.report())
            self._desk.workers_drained(["local"])
            self._station_failed("local", self._station)
        ended = _now()
        result, judged = self._desk.close(ended.isoformat(), ended.timestamp() - self._began)
        self._environment.process_exit_code = judged.verdict.exit_code
        shown = (result, judged, self._desk.folder)
        self._desk = self._station = None
        if self._options.headless:  # Locust prints its own tables yet: the verdict comes last
            self._environment.events.quit.add_listener(lambda **_: print_verdict(*shown))
        else:
            print_verdict(*shown)

    def report(self) -> Report:
        """What this process counted since its last report."""
        station = self._station
        if station is None:
            return {}
        return {
            "counts": station.tally.delta(),
            "curve": [list(step) for step in station.curve],
            "queue": station.longest_queue,
            "at": station.clock(),
        }

    def reported(self, worker: str, report: Report) -> None:
        """Add up a worker's report."""
        if self._desk and report:
            self._desk.report(worker, report)

    # --- draining -------------------------------------------------------------------------------

    def _drain_station(self) -> None:
        if self._station:
            self._station.drain(self._grace_s)
            if self._lookups:
                self._lookups.finish()

    def _drain_worker(self, environment: Environment, **_: object) -> None:
        """Finish or cut this worker's calls, then send the last counts and say so."""
        runner = environment.runner
        if not isinstance(runner, WorkerRunner) or self._station is None or self._closing:
            return
        self._closing = True
        self._drain_station()
        error = self._station.error
        runner._send_stats()
        runner.send_message("voicesim-drained", {"error": repr(error) if error else ""})
        self._station = None

    def _worker_drained(self, environment: Environment, msg: Any, **_: object) -> None:
        del environment
        self._drained.add(msg.node_id)
        if msg.data.get("error") and self._desk:
            self._desk.note("worker-failed", f"a worker stopped: {msg.data['error']}")

    def _drain_workers(self, runner: MasterRunner) -> None:
        runner.send_message("voicesim-drain")
        with gevent.Timeout(self._grace_s + WORKER_ANSWERS_S, False):
            while any(
                client.id not in self._drained
                for client in runner.clients.all
                if client.state != STATE_MISSING
            ):
                gevent.sleep(0.05)
        if self._desk:
            self._desk.workers_drained(self._drained)
            self._desk.lose_the_rest(_now().timestamp() - self._began)

    def _station_failed(self, name: str, station: Station) -> None:
        if station.error and self._desk:
            self._desk.note("worker-failed", f"{name} stopped: {station.error!r}")

    # --- told by the station --------------------------------------------------------------------

    def _webhook(self, url: str, kind: Kind, answer: Answer) -> None:
        error = Exception(answer.failure.code) if answer.failure else None
        self._environment.events.request.fire(
            request_type="HOOK",
            name=self._name(url, kind),
            response_time=answer.elapsed_s * 1000,
            response_length=len(answer.body),
            exception=error,
            context={},
        )

    def _name(self, url: str, kind: Kind) -> str:
        path = "/" + url.split("?", 1)[0].split("/", 3)[-1] if url.count("/") > 2 else "/"
        name = f"{_ID.sub('*', path)[:80]} ({kind})"
        if name not in self._names:
            if len(self._names) >= MAX_NAMES:
                return f"other paths ({kind})"
            self._names.add(name)
        return name

    def _call(self, record: CallRecord) -> None:
        good = record.outcome is Outcome.GOAL_REACHED
        self._environment.events.request.fire(
            request_type="CALL",
            name=f"{record.scenario} ({record.persona})",
            response_time=record.response_total_s * 1000,
            response_length=0,
            exception=None if good else Exception(record.outcome.value),
            context={},
        )
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
        options = self._options
        seed: int | None = getattr(options, "run_seed", options.seed)
        return Options(
            host=self._environment.host or "",
            seed=seed or 0,
            time_scale=options.time_scale,
            allow_host=tuple(options.allow_host or ()),
            sign_as=options.sign_as or "",
            voice_path=options.voice_path,
            status_path=options.status_path or "",
            gates=options.gates or "",
            target=options.target or "",
            start_date=options.start_date or "",
            pool=options.pool,
        )

    def _admitted(self) -> bool:
        """Whether the host may be called and is there; if not, says why and sets the exit code."""
        host, options = self._environment.host or "", self._options
        if not HostRule(frozenset(options.allow_host or ())).allows(host):
            log.error(
                "%r is not called: it is neither this machine nor named by --allow-host", host
            )
            self._environment.process_exit_code = USAGE
            return False
        profile = load_target(options.target)
        trouble = unreachable(host, profile.health_path if profile else None)
        if trouble:
            log.error("%s", trouble)
            self._environment.process_exit_code = FAIL
            return False
        return True


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
