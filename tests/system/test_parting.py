"""What a worker says last arrives, however late the network takes it."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgpack  # type: ignore[import-untyped]
import pytest
import zmq

from tests.system.stack import wait
from tests.system.swarm import FILES, free_port, said, start

SIGTERM_BIT = 1 << (signal.SIGTERM - 1)
Master = zmq.Socket[bytes]


@pytest.mark.parametrize("there", [True, False], ids=["late", "gone"])
def test_a_workers_last_words_outlive_it(there: bool) -> None:
    """Its master hears nothing for a while as it ends; one that is gone is not waited for long.

    Told to end again and again it is as patient.
    """
    port = free_port()
    worker = start(
        "-f", str(FILES / "peak_hour.py"), "--worker", "--master-host", "127.0.0.1",
        "--master-port", str(port),
    )  # fmt: skip
    with listening(port) as master:
        name = heard(master, "client_ready")
        master.send_multipart([name, msgpack.dumps(("ack", {"index": 0}, name.decode()))])
        wait(lambda: catches_sigterm(worker.pid), 30)
    wait(lambda: not connected(port), 10)
    for _ in range(6):
        worker.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            worker.wait(0.4)
    if there:
        with listening(port) as master:
            heard(master, "voicesim-drained")
            heard(master, "quit")
    assert "Traceback" not in said(worker, 30)
    assert worker.returncode == 0


@contextmanager
def listening(port: int) -> Iterator[Master]:
    """Locust's master as far as the network goes; its connections are closed at the end."""
    with zmq.Context() as network, network.socket(zmq.ROUTER) as master:
        master.setsockopt(zmq.LINGER, 0)
        master.bind(f"tcp://127.0.0.1:{port}")
        yield master


def heard(master: Master, kind: str) -> bytes:
    """Wait until a worker says ``kind``; its name."""
    while True:
        assert master.poll(30_000), f"nothing came where {kind} was to come"
        name, message = master.recv_multipart()
        if msgpack.loads(message)[0] == kind:
            return name


def catches_sigterm(pid: int) -> bool:
    """Whether SIGTERM does not just kill the process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return any(
        int(line.split()[1], 16) & SIGTERM_BIT for line in lines if line.startswith("SigCgt:")
    )


def connected(port: int) -> bool:
    """Whether a socket is connected with ``port``, though the other side may have closed."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return any(row[2].endswith(f":{port:04X}") and row[3] in ("01", "08") for row in rows)
