"""Hostile agents for MINUTES: ``python -m fuzz --minutes 10``. Exits 1 when anything gave way.

Every case has a number and is repeated by it: ``python -m fuzz --case N`` (engine), ``--wire N``.
"""

import argparse
import gc
import sys
import time
import traceback

from fuzz import engine, wire

EVERY = 40
"""So many cases of the engine come to one of the wire."""
GROWTH_BYTES = 32 << 20
SETTLED = 1000
"""Cases after which caches are full."""


class Fuzz:
    """What was tried, and what gave way."""

    def __init__(self, first: int, port: int) -> None:
        self.case = first
        self.port = port
        self.engine = self.wire = 0
        self.failed: list[str] = []
        self.slowest = (0.0, 0)
        self.largest = (0, 0)
        self.settled = 0

    def step(self) -> None:
        """One case of the engine, and now and then one of the wire."""
        case, self.case = self.case, self.case + 1
        try:
            took = engine.run(case)
        except Exception:  # that is what is looked for
            self._fail(f"--case {case}", traceback.format_exc())
        else:
            self._weigh(case, took)
        self.engine += 1
        if self.engine % EVERY == 0:
            self._wire(case)
        if self.engine == SETTLED:
            gc.collect()
            self.settled = engine.resident()

    def _weigh(self, case: int, took: engine.Took) -> None:
        self.slowest = max(self.slowest, (took.seconds, case))
        self.largest = max(self.largest, (took.extra, case))
        if took.seconds > engine.limit_s(case):
            self._fail(f"--case {case}", f"took {took.seconds:.2f} s of processor time")
        if took.extra > engine.EXTRA_BYTES:
            self._fail(f"--case {case}", f"took {took.extra >> 20} MiB more")

    def _wire(self, case: int) -> None:
        self.wire += 1
        try:
            seconds = wire.run(self.port, case)
        except Exception:
            self._fail(f"--wire {case}", traceback.format_exc())
            return
        if seconds > wire.DEADLINE_S + wire.LATE_S:
            self._fail(
                f"--wire {case}", f"hops of {wire.DEADLINE_S} s came back after {seconds:.2f} s"
            )

    def _fail(self, case: str, why: str) -> None:
        self.failed.append(case)
        print(f"python -m fuzz {case}: {why}", flush=True)

    @property
    def grown(self) -> int:
        """Bytes held now beyond what was held once caches were full."""
        gc.collect()
        return engine.resident() - self.settled if self.settled else 0

    def told(self) -> str:
        """How far it is."""
        return (
            f"{self.engine} agents, {self.wire * wire.AT_ONCE} hops; slowest"
            f" {self.slowest[0]:.2f} s (case {self.slowest[1]}), most memory in passing"
            f" {self.largest[0] / 2**20:.1f} MiB (case {self.largest[1]}), held now"
            f" {engine.resident() >> 20} MiB, grown {self.grown / 2**20:.1f} MiB;"
            f" {len(self.failed)} gave way"
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--first", type=int, default=0, help="the first case")
    parser.add_argument("--case", type=int, help="this one of the engine alone")
    parser.add_argument("--wire", type=int, help="this one of the wire alone")
    given = parser.parse_args()
    if given.case is not None:
        print(engine.run(given.case))
        return 0
    if given.wire is not None:
        with wire.server() as port:
            print(f"{wire.run(port, given.wire):.2f} s")
        return 0
    with wire.server() as port:
        return go_on(Fuzz(given.first, port), given.minutes)


def go_on(fuzz: Fuzz, minutes: float) -> int:
    """Try one case after another for so long; the exit code."""
    began = told = time.monotonic()
    while time.monotonic() < began + minutes * 60:
        fuzz.step()
        if time.monotonic() > told + 60:
            told = time.monotonic()
            print(fuzz.told(), flush=True)
    if fuzz.grown > GROWTH_BYTES:
        fuzz.failed.append("growth")
        print(f"grew by {fuzz.grown >> 20} MiB", flush=True)
    print(fuzz.told())
    return 1 if fuzz.failed else 0


if __name__ == "__main__":
    sys.exit(main())
