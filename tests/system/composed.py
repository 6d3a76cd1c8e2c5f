"""The services of docker-compose.yml as plain processes: everything but Docker itself.

Command, environment, mounts and health check are the file's. What Docker would do is done by a
table: a service's name and port become a free port of loopback, a mount a copy in a folder.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests import compose
from tests.system.stack import wait
from tests.system.swarm import free_port

PORTS = ("5557", "8080", "8089", "9090", "9091", "9093", "9646")
FLAG = "--web.listen-address=127.0.0.1:"
IMAGES = {  # what an image starts when the file says only options; Debian's programs here
    "prometheus": ["prometheus", FLAG + "9090"],
    "pushgateway": ["prometheus-pushgateway", FLAG + "9091"],
    "alertmanager": ["prometheus-alertmanager", FLAG + "9093"],
}


def wheel_venv(folder: Path) -> Path:
    """A Python that has voicesim from a wheel, as the image has it, and what it needs from here.

    The checkout is not to be seen there: the paths that pip adds for it are not followed.
    """
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    environment = os.environ | {"PIP_CONSTRAINT": str(compose.ROOT / "constraints.txt")}
    wheel = ["wheel", "--no-deps", "--wheel-dir", str(folder / "wheel"), str(compose.ROOT)]
    subprocess.run([*pip, *wheel], check=True, env=environment)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    (built,) = (folder / "wheel").glob("*.whl")
    packages = next((folder / "venv" / "lib").glob("python*")) / "site-packages"
    shutil.unpack_archive(built, packages, "zip")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


class Composed:
    """Services of the file, run until the block ends; ``log`` of each is a file in the folder."""

    def __init__(self, folder: Path, python: Path, variables: Mapping[str, str]) -> None:
        self._folder = folder
        self._python = python
        self._services: dict[str, Any] = compose.read(variables)["services"]
        self._running: dict[str, tuple[str, subprocess.Popen[str]]] = {}
        self.ports = {port: str(free_port()) for port in PORTS}

    def __enter__(self) -> "Composed":
        return self

    def __exit__(self, *_: object) -> None:
        for _, process in self._running.values():
            process.terminate()
        for _, process in self._running.values():
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, service: str, number: int = 1) -> None:
        """Start one, in a folder of its own that is what the container would see."""
        name = f"{service}-{number}"
        root = self.root(name)
        self._mount(service, root)
        environment = {
            key: self._here(value, root)
            for key, value in self._services[service].get("environment", {}).items()
        }
        command = IMAGES.get(service, []) + self._services[service]["command"]
        work = root / "var" / "lib" / "voicesim"
        work.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(
                self._command(command, root),
                cwd=work,
                env={"PATH": os.environ["PATH"], "HOME": str(root / "tmp")} | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
            )
        self._running[name] = (service, process)

    def root(self, name: str) -> Path:
        """The folder that stands for a container's root."""
        return self._folder / name

    def log(self, name: str) -> str:
        """What a service said."""
        return (self._folder / f"{name}.log").read_text()

    def wait_until_healthy(self, name: str, seconds: float = 40) -> None:
        """Until its health check says so; AssertionError with its log if it does not."""
        service, process = self._running[name]

        def looked() -> bool:
            assert process.poll() is None, self.log(name)
            return self.healthy(service)

        try:
            wait(looked, seconds)
        except AssertionError as error:
            check = self.check(service)
            said = f"{check.args} gave {check.returncode}, {check.stdout!r}, {check.stderr!r}"
            sockets = Path("/proc/net/tcp").read_text()
            log = self.log(name)
            raise AssertionError(f"{name} is not healthy: {said}\n{log}\n{sockets}") from error

    def healthy(self, service: str) -> bool:
        """What the service's health check says."""
        return self.check(service).returncode == 0

    def check(self, service: str) -> "subprocess.CompletedProcess[bytes]":
        """The service's health check, done once."""
        kind, *test = self._services[service]["healthcheck"]["test"]
        assert kind == "CMD"
        if test[0] == "awk":  # a port in hexadecimal
            hexadecimal = f"{int(self.ports['5557']):04X}"
            test = [part.replace("15B5", hexadecimal) for part in test]
        command = self._command(test, self._folder)
        return subprocess.run(command, capture_output=True, timeout=10)

    def _command(self, command: Sequence[str], root: Path) -> list[str]:
        ours = {"locust": [str(self._python), "-m", "locust"], "python": [str(self._python)]}
        first, *rest = command
        return [*ours.get(first, [first]), *(self._here(part, root) for part in rest)]

    def _here(self, text: str, root: Path) -> str:
        """``text`` with ports and hosts of this machine, and paths under ``root``."""
        names = "|".join(self._services)
        for port, free in self.ports.items():
            text = re.sub(rf"\b(?:(?:{names}):)?{port}\b", lambda m, free=free: (
                f"127.0.0.1:{free}" if ":" in m[0] else free), text)  # fmt: skip
        text = re.sub(rf"(?<=-host=)(?:{names})$", "127.0.0.1", text)
        return re.sub(r"(?<==)/(?=\w)", f"{root}/", text)

    def _mount(self, service: str, root: Path) -> None:
        (root / "tmp").mkdir(parents=True)
        for volume in self._services[service].get("volumes", ()):
            source, target = volume.split(":")[:2]
            inside = root / target.lstrip("/")
            inside.parent.mkdir(parents=True, exist_ok=True)
            found = compose.ROOT / source
            if source.startswith(".") and found.is_dir():
                shutil.copytree(found, inside)
            elif source.startswith(".") and found.is_file():
                shutil.copyfile(found, inside)
            else:
                inside.mkdir(parents=True, exist_ok=True)
        for file in (root / "etc").rglob("*.yml") if (root / "etc").exists() else ():
            if "targets" in file.parts:
                file.write_text(self._here(file.read_text(), root))
        if service in ("master", "worker"):
            script = "import voicesim; print(*voicesim.__path__)"
            package = subprocess.check_output([self._python, "-c", script], cwd=root, text=True)
            (root / "locustfiles").symlink_to(Path(package.strip()) / "locustfiles")
