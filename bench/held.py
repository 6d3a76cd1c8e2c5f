"""Twenty thousand calls in progress in one process, in real time: bytes a call, scheduling lag.

Run by ``make bench``. A station as every worker has one, against the static server; its calls come
in fast and then stay, each in its own conversation. Bytes are those by which the resident memory
grew. Lag is of arrivals, from when a call was to ring until it rang: of those while the calls came
in, and of those that replaced the ones that ended.
"""

import gevent.monkey

gevent.monkey.patch_all()  # as Locust does

import gc  # noqa: E402
import os  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from dataclasses import replace  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402
import static  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent / "turn"))

import ours  # noqa: E402

from voicesim.results.tally import Tally  # noqa: E402
from voicesim.swarm.job import Options, make_job  # noqa: E402
from voicesim.swarm.station import Station  # noqa: E402

CALLS = 20_000
TOKENS, STAYING = 40, 10
"""Rate tokens while the calls come in, and when they are there."""
COMING_S = 35.0
STAY_S = 15.0
LIMIT_S = 60.0


def resident() -> int:
    """Resident bytes of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


class Pauses:
    """How long Python's garbage collector stopped everything."""

    def __init__(self):
        self.longest_s = self.total_s = self._began = 0.0
        gc.callbacks.append(self._note)

    def _note(self, phase, _):
        if phase == "start":
            self._began = time.perf_counter()
        else:
            passed_s = time.perf_counter() - self._began
            self.total_s += passed_s
            self.longest_s = max(self.longest_s, passed_s)


def lag(tally: Tally) -> str:
    """The scheduling lag that ``tally`` counted."""
    lags = tally.counts().lags.get((False,))
    if lags is None:
        return "none"
    p50, p99 = (lags.percentile_s(percent) * 1000 for percent in (50, 99))
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {lags.max_s * 1000:.1f} ms"


class Watched(Station):
    """A station that knows how many calls it has."""

    def __init__(self, job):
        self.calls = self.webhooks = 0
        super().__init__(job, 0, self.on_webhook, self.on_call)

    def started(self, plan, lag_s):
        super().started(plan, lag_s)
        self.calls += 1

    def on_webhook(self, *_):
        self.webhooks += 1

    def on_call(self, _):
        self.calls -= 1


def main() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    with static.running(port) as server:
        per_min = 60 * CALLS / COMING_S / TOKENS
        each = {"calls_per_user_per_min": per_min, "warm_up_s": 0, "time_scale": 1.0}
        workload = ours.FOUND.model_copy(update=each)
        job, _ = make_job(Options(server.origin, 1, pool=256), workload)
        pauses = Pauses()
        station = Watched(replace(job, workload=workload))
        before = resident()
        station.open()
        began = time.monotonic()
        station.token("standard", TOKENS)
        while station.calls < CALLS and time.monotonic() - began < LIMIT_S:
            gevent.sleep(0.1)
        coming = Tally(job.counting)
        coming.merge(station.tally.delta())
        reached, reached_s = station.calls, time.monotonic() - began
        held = (resident() - before) / reached
        station.token("standard", STAYING - TOKENS)
        station.webhooks, cpu = 0, time.process_time()
        gevent.sleep(STAY_S)
        cpu = time.process_time() - cpu
        staying = Tally(job.counting)
        staying.merge(station.tally.delta())
        stayed = station.calls
    print(
        f"{reached} calls in progress after {reached_s:.0f} s, {held:.0f} bytes of resident memory"
        f" each; {stayed} after {STAY_S:.0f} s more, with {station.webhooks / STAY_S:.0f}"
        f" webhooks/s at {100 * cpu / STAY_S:.0f} % of a core"
    )
    print(f"scheduling lag while they came: {lag(coming)}; after: {lag(staying)}")
    print(
        f"the garbage collector paused it for {pauses.longest_s * 1000:.0f} ms at most,"
        f" {pauses.total_s:.2f} s in all"
    )
    sys.stdout.flush()
    os._exit(int(reached < CALLS))  # nobody waits for twenty thousand conversations to end


if __name__ == "__main__":
    main()
