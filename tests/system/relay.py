"""A TCP proxy in user space that delays and stalls: relay.py LISTEN CONNECT, run as a program.

An address is PORT on loopback, or the path of a Unix socket: a pair of relays joined by such a path
leads from one network namespace into another. Says what it did when it is told to end.
"""

import argparse
import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CHUNK = 65536


@dataclass
class Line:
    """How late things arrive: ``delay_s``, and ``stall_s`` long in every ``every_s`` not at all."""

    delay_s: float = 0.0
    stall_s: float = 0.0
    every_s: float = 5.0
    began: float = field(default_factory=time.monotonic)
    carried: int = 0
    """Bytes."""
    held: int = 0
    """Pieces that came to a stall."""

    def free_at(self, now: float) -> float:
        """When what would arrive at ``now`` arrives."""
        phase = (now - self.began) % self.every_s
        stalled = self.stall_s and phase > self.every_s - self.stall_s
        return now + (self.every_s - phase if stalled else 0.0)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def read() -> None:
            while True:
                piece = await reader.read(CHUNK)
                queue.put_nowait((time.monotonic() + self.delay_s, piece))
                if not piece:
                    return

        reading = asyncio.create_task(read())
        try:
            while True:
                due, piece = await queue.get()
                free = self.free_at(max(due, time.monotonic()))
                self.held += free > max(due, time.monotonic()) + 0.001
                await asyncio.sleep(max(0.0, free - time.monotonic()))
                if not piece:
                    return
                writer.write(piece)
                self.carried += len(piece)
                await writer.drain()
        except ConnectionError:
            return
        finally:
            reading.cancel()
            writer.close()


async def serve(listen: str, connect: str, line: Line) -> None:
    async def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await dial(connect)
        except OSError:
            writer.close()
            return
        await asyncio.gather(line.carry(reader, far_writer), line.carry(far_reader, writer))

    if listen.isdigit():
        server = await asyncio.start_server(accepted, "127.0.0.1", int(listen))
    else:
        server = await asyncio.start_unix_server(accepted, listen)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with server:
        print("ready", flush=True)
        await ended.wait()
    print(line.carried, line.held, flush=True)


async def dial(address: str) -> Stream:
    if address.isdigit():
        return await asyncio.open_connection("127.0.0.1", int(address))
    return await asyncio.open_unix_connection(address)


# --- for tests ----------------------------------------------------------------------------------


@dataclass
class Relay:
    """One that runs; the figures are there when it has ended."""

    process: "subprocess.Popen[str]"
    carried: int = 0
    held: int = 0


@contextmanager
def relay(
    listen: object, connect: object, line: Line | None = None, inside: Sequence[str] = ()
) -> Iterator[Relay]:
    """A relay while the block is entered, ``inside`` a namespace."""
    line = line or Line()
    command = [*inside, sys.executable, str(Path(__file__)), str(listen), str(connect)]
    timing = [str(line.delay_s), str(line.stall_s), str(line.every_s)]
    process = subprocess.Popen([*command, *timing], stdout=subprocess.PIPE, text=True)
    made = Relay(process)
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield made
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=10)
        made.carried, made.held = (int(figure) for figure in out.split())


@contextmanager
def namespace() -> Iterator[tuple[str, ...] | None]:
    """What to put before a command to run it in a network of its own; None where that is denied."""
    ready = "ip link set lo up && echo up && exec sleep 600"
    holder = subprocess.Popen(
        ["unshare", "--map-root-user", "--net", "sh", "-c", ready],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout
        if holder.stdout.readline() == "up\n":
            where = ("--target", str(holder.pid), "--user", "--net", "--preserve-credentials")
            yield ("nsenter", *where)
        else:
            yield None
    finally:
        holder.kill()
        holder.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("listen")
    parser.add_argument("connect")
    parser.add_argument("timing", nargs=3, type=float, help="delay, stall, every (s)")
    told = parser.parse_args()
    asyncio.run(serve(told.listen, told.connect, Line(*told.timing)))


if __name__ == "__main__":
    main()
