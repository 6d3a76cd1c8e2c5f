"""One hostile server towards the transport: bytes over real sockets, as they come or dripping."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic

from voicesim.line.hop import Hop, HopAnswer, HopFailure
from voicesim.line.transport import GeventBackend

AT_ONCE = 20
"""Hops of a case."""
DEADLINE_S = 1.0
LATE_S = 2.0
"""What a busy machine may add."""


@contextmanager
def server() -> Iterator[int]:
    """The server in a process of its own: its port."""
    command = [sys.executable, "-m", "fuzz.server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline()) if process.stdout else 0
        finally:
            process.kill()


def run(port: int, case: int) -> float:
    """Make the hops of a case; the seconds until the last of them came back."""
    with closing(GeventBackend()) as backend:
        began = monotonic()
        for number in range(AT_ONCE):
            url = f"http://127.0.0.1:{port}/{case}/{number}"
            headers = (("Host", f"127.0.0.1:{port}"),)
            backend.send(number, Hop("POST", url, headers, b"a=b", DEADLINE_S, DEADLINE_S))
        left = set(range(AT_ONCE))
        until = backend.now() + DEADLINE_S + LATE_S
        while left:
            found = backend.wait(until)
            assert found, f"{len(left)} hops never came back"
            for number, result in found:
                left.discard(number)
                assert isinstance(result, HopAnswer | HopFailure)
                if isinstance(result, HopFailure):
                    assert result.message.isprintable()
        return monotonic() - began
