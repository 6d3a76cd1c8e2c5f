"""Runs the command line as a user would, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

VOICESIM = (sys.executable, "-m", "voicesim")
ROOT = Path(__file__).parents[2]
SECRETS = ("VOICESIM_TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err


def start(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if name not in SECRETS}
    return subprocess.Popen(
        [*VOICESIM, *arguments],
        cwd=ROOT,  # the package beside these tests, whatever is installed
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean | environment,
    )


def finish(process: "subprocess.Popen[str]") -> Ran:
    out, err = process.communicate(timeout=100)
    return Ran(process.returncode, out, err)


def voicesim(*arguments: str, **environment: str) -> Ran:
    return finish(start(*arguments, **environment))
