"""What a process that lets callers ring has of a run: its station, look-ups, statistics."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from locust.env import Environment

from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord
from voicesim.line.looking import Run
from voicesim.line.recordings import terms_for
from voicesim.swarm.job import load_target, make_job
from voicesim.swarm.lookups import Lookups
from voicesim.swarm.options import typed
from voicesim.swarm.station import Station
from voicesim.swarm.statistics import Statistics
from voicesim.traffic.workload import Workload


class Calling:
    """A station bound to Locust's environment, from open to close; without one nothing happens."""

    def __init__(self, environment: Environment, workload: Workload) -> None:
        self._environment = environment
        self._workload = workload
        self._statistics = Statistics(environment)
        self._lookups: Lookups | None = None
        self._run_id = ""
        self.station: Station | None = None

    def open(self, options: Namespace, stream: int, age_s: float) -> None:
        """Begin to let the calls of ``stream`` arrive, in a run that is ``age_s`` old."""
        run_id = self._run_id = options.run_id
        host = self._environment.host or ""
        job, _ = make_job(typed(options, host), self._workload)
        job = replace(job, terms=terms_for(host, job.terms))
        self._statistics.begin(job.hide)
        target = load_target(options.target)
        station = Station(job, stream, self._webhook, self._call, age_s)
        lookups = None
        if target and target.lookup:
            lookups = Lookups(target.lookup, host, Run(job.seed, job.today, station.crosstalk))
        if self._run_id == run_id:  # nobody ended the run while the agent was looked into
            self.station, self._lookups = station, lookups
            station.open(hold=options.hold_arrivals)

    def token(self, persona: str, change: int) -> None:
        """A user came or went."""
        if self.station:
            self.station.token(persona, change)

    def release(self) -> None:
        """Let tokens that were held count."""
        if self.station:
            self.station.release()

    def report(self) -> dict[str, Any]:
        """What was counted since the last report, and of which run; {} when there is none."""
        return {"run": self._run_id, **self.station.report()} if self.station else {}

    def drain(self, grace_s: float) -> BaseException | None:
        """Finish or cut the calls; what went wrong, if anything did."""
        if not self.station:
            self._run_id = ""
            return None
        self.station.drain(grace_s)
        if self._lookups:
            self._lookups.finish(self.station.tally)
        return self.station.error

    def cut(self) -> None:
        """End the calls of a drain that goes on."""
        if self.station:
            self.station.cut()
        if self._lookups:
            self._lookups.cut()

    def close(self) -> None:
        """The run is over."""
        self.station, self._run_id = None, ""

    def _webhook(self, url: str, kind: Kind, answer: Answer) -> None:
        self._statistics.webhook(url, kind, answer)

    def _call(self, record: CallRecord) -> None:
        self._statistics.call(record)
        if self._lookups and self.station:
            self._lookups.look_up(record, self.station.tally)
