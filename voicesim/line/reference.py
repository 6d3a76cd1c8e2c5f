"""The reference agent as a process beside ours: started, found, used for look-ups, ended."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import requests

from voicesim.base.errors import ConfigError

READY = "listening on "
TODAY_VARIABLE = "VOICESIM_AGENT_TODAY"
API_TIMEOUT_S = 10


class ReferenceAgent:
    """A reference agent on a free port of loopback, with a database of its own, while entered.

    ``today`` is the day it takes it to be.
    """

    def __init__(self, today: date | None = None) -> None:
        self._environment = {} if today is None else {TODAY_VARIABLE: today.isoformat()}
        self._folder = TemporaryDirectory(prefix="voicesim-")
        self._process: subprocess.Popen[str] | None = None
        self.origin = ""

    def __enter__(self) -> Self:
        """Start it and wait until it says where it listens."""
        database = Path(self._folder.name) / "agent.sqlite"
        command = [sys.executable, "-m", "voicesim.reference", "--port", "0", "--db", str(database)]
        command.append("--exit-with-parent")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for us: calls shall still end properly
            env=os.environ | self._environment,
        )
        stdout = self._process.stdout
        first = stdout.readline() if stdout else ""
        if not first.startswith(READY):
            self._stop()
            raise ConfigError(
                [
                    "the reference agent did not start"
                    " (it needs the extra: pip install 'voicesim[agent]')"
                ]
            )
        self.origin = first.removeprefix(READY).strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it and remove its database."""
        self._stop()

    @property
    def voice_url(self) -> str:
        """Where its webhook is."""
        return f"{self.origin}/twilio/voice"

    def add_appointment(self, *, name: str, phone: str, day: str, time: str) -> None:
        """Set an appointment up, marked as test data."""
        body = {"name": name, "phone": phone, "day": day, "time": time, "test": True}
        answer = requests.post(f"{self.origin}/appointments", json=body, timeout=API_TIMEOUT_S)
        answer.raise_for_status()

    def appointments(self) -> list[dict[str, object]]:
        """All appointments it holds."""
        answer = requests.get(f"{self.origin}/appointments", timeout=API_TIMEOUT_S)
        answer.raise_for_status()
        found: list[dict[str, object]] = answer.json()
        return found

    def remove_test_records(self) -> None:
        """Delete every record marked as test data."""
        for kind in ("appointments", "calls"):
            url = f"{self.origin}/{kind}?test=true"
            requests.delete(url, timeout=API_TIMEOUT_S).raise_for_status()

    def _stop(self) -> None:
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
        self._folder.cleanup()
