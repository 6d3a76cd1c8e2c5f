"""The reference agent as a process beside ours: started, found, used for look-ups, ended."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from voicesim.base.errors import ConfigError

READY = "listening on "
TODAY_VARIABLE = "VOICESIM_AGENT_TODAY"


class ReferenceAgent:
    """A reference agent on a free port of loopback, with a database of its own, while entered.

    ``today`` is the day it takes it to be, ``faults`` how it is broken on purpose (NAME[=VALUE]).
    """

    def __init__(self, today: date | None = None, faults: Sequence[str] = ()) -> None:
        self._faults = [option for fault in faults for option in ("--fault", fault)]
        self._environment = {} if today is None else {TODAY_VARIABLE: today.isoformat()}
        self._folder = TemporaryDirectory(prefix="voicesim-")
        self._process: subprocess.Popen[str] | None = None
        self.origin = ""

    def __enter__(self) -> Self:
        """Start it and wait until it says where it listens."""
        database = Path(self._folder.name) / "agent.sqlite"
        command = [sys.executable, "-m", "voicesim.reference", "--port", "0", "--db", str(database)]
        command += ["--exit-with-parent", *self._faults]
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
