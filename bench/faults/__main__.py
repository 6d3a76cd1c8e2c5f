"""Is every fault found, and named rightly, and is no good agent blamed? ``make bench-faults``.

Every fault of the reference agent in a run of its own, and CLEAN runs of the agent as it is, with
different seeds and the same settings. What names a fault rightly stands in expected.py. Prints and,
when everything was run, writes docs/finding-faults.md; exits 1 when a fault was missed or a clean
agent blamed.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from expected import EXPECTED, WORKLOAD, WORKLOADS
from judging import Found, alarms, found_by
from report import DOCUMENT, document
from run import Ran, run

from voicesim.reference.faults import FAULTS

CLEAN = 50
MOST_CALLS = 300
AT_ONCE = 2
FAULT_SEED, CLEAN_SEED = 1000, 2000


def one_fault(at: int, name: str) -> Found:
    """Run one fault."""
    found = found_by(name, run(name, FAULT_SEED + at, WORKLOAD[name]), MOST_CALLS)
    tell(name, f"found by {found.by} after {found.after} calls" if found.by else "MISSED", found.of)
    return found


def one_clean(at: int) -> tuple[int, Ran]:
    """Run one clean agent."""
    seed = CLEAN_SEED + at
    ran = run("", seed, WORKLOADS[at % len(WORKLOADS)])
    blamed = alarms(ran)
    tell(
        f"clean, seed {seed}", "BLAMED: " + "; ".join(blamed) if blamed else "not blamed", ran.calls
    )
    return seed, ran


def tell(what: str, came: str, calls: int) -> None:
    """Say how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {what}: {came} ({calls} calls)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/faults", description=__doc__)
    parser.add_argument("--only", nargs="*", help="these faults alone; writes nothing")
    parser.add_argument("--clean", type=int, default=CLEAN, help="clean runs (%(default)s)")
    given = parser.parse_args()
    names = list(FAULTS) if given.only is None else given.only
    unknown = [name for name in names if name not in EXPECTED]
    if unknown:
        parser.error(f"nothing is known of {', '.join(unknown)}")
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults = list(pool.map(one_fault, map(list(FAULTS).index, names), names))
        clean = list(pool.map(one_clean, range(given.clean)))
    text, good = document(faults, clean, time.monotonic() - began)
    print(text)
    if given.only is None and given.clean == CLEAN:
        Path(DOCUMENT).write_text(text, encoding="utf-8")
        print(f"written to {DOCUMENT}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
