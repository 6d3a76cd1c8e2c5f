"""``voicesim run`` and ``voicesim agent``: each becomes the program that does it."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from voicesim import data
from voicesim.cli import options, typed

_LOOPBACK = "127.0.0.1"


def run(
    workload: Annotated[
        str, typer.Argument(help="Who calls, how often, how long: a name or a .toml file.")
    ] = "peak_hour",
    host: Annotated[
        str, typer.Option(help="The agent; without one the reference agent is started.")
    ] = "",
    users: Annotated[int | None, typer.Option("--users", "-u", min=1, help="Rate tokens.")] = None,
    spawn_rate: Annotated[
        float | None, typer.Option("--spawn-rate", "-r", min=0.1, help="Users a second at first.")
    ] = None,
    time: Annotated[str, typer.Option("--time", "-t", help="How long: 60s, 5m ...")] = "",
    time_scale: Annotated[
        float | None, typer.Option(min=0, help="Wall seconds a second of a call takes.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that let callers ring.")] = 1,
    gates: Annotated[str, typer.Option(help="Pass rules: a name or a .toml file.")] = "",
    target: Annotated[str, typer.Option(help="How to look into the agent: name or file.")] = "",
    sign_as: options.SignAs = "",
    allow_host: options.AllowHost = None,
    fallback_url: options.FallbackUrl = "",
    signature: options.Algorithm = "",
    shared_key: options.SharedKey = "",
    assume: options.Assume = None,
    repeat_webhooks: Annotated[
        float, typer.Option(min=0, max=100, help="Of a hundred webhooks, so many are sent twice.")
    ] = 0.0,
    seed: Annotated[int | None, typer.Option(min=0, help="Repeats a run's callers.")] = None,
    no_audit: Annotated[
        bool, typer.Option("--no-audit", help="Leave out the signature audit before the run.")
    ] = False,
    output: Annotated[str, typer.Option(help="Folder for reports.")] = "reports",
    build: Annotated[str, typer.Option(help="Which build of the agent this is.")] = "",
    metrics_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Serve Prometheus there; 0 for any port.")
    ] = None,
    push_gateway: Annotated[str, typer.Option(help="Where the result is pushed at the end.")] = "",
) -> None:
    """Let many callers ring at once, judge the agent, and write a report."""
    given = {
        "--host": host,
        "--users": users,
        "--spawn-rate": spawn_rate,
        "--run-time": time or None,
        "--time-scale": time_scale,
        "--gates": gates,
        "--target": target,
        "--sign-as": sign_as,
        "--fallback-url": fallback_url,
        "--signature": signature,
        "--shared-key": shared_key,
        "--repeat-webhooks": repeat_webhooks or None,
        "--seed": seed,
        "--reports": output,
        "--build": build,
        "--metrics-port": metrics_port,
        "--push-gateway": push_gateway,
        "--processes": workers if workers > 1 else None,
    }
    if workers > 1:  # a port of its own: two runs on one machine are two
        given |= dict.fromkeys(("--master-bind-port", "--master-port"), _free_port())
        given["--master-bind-host"] = _LOOPBACK
    os.environ["VOICESIM_WORKLOAD"] = known(workload)
    locustfile = Path(data.__file__).parents[1] / "swarm" / "locustfile" / "named_workload.py"
    command = [sys.executable, "-m", "locust", "-f", str(locustfile), "--headless"]
    command += ["--only-summary", "--stop-timeout", "0"]
    for name, value in given.items():
        if value not in (None, ""):
            command += [name, str(value)]
    if no_audit:
        command.append("--no-audit")
    for name in allow_host or []:
        command += ["--allow-host", name]
    for text in assume or []:
        command += ["--assume", text]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - becomes Locust: signals and exit code are its


def agent(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = 8080,
    db: Annotated[str, typer.Option(help="Its database; default: voicesim-reference.sqlite.")] = "",
    fault: Annotated[
        list[str] | None, typer.Option(help="Break it on purpose: NAME[=VALUE]; repeatable.")
    ] = None,
) -> None:
    """Run the reference agent, a booking line to ring while there is no other."""
    command = [sys.executable, "-m", "voicesim.reference", "--port", str(port)]
    if db:
        command += ["--db", db]
    for name in fault or []:
        command += ["--fault", name]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - becomes the agent: signals reach it


def _free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.create_server((_LOOPBACK, 0)) as server:
        port: int = server.getsockname()[1]
        return port


def known(workload: str) -> str:
    """``workload`` as Locust's process finds it: a name, or the whole path of a file."""
    path = Path(workload)
    if path.suffix == ".toml" and path.exists():
        return str(path.absolute())  # what a link is to may be called otherwise
    known = {Path(file).stem: Path(file).stem for file in data.texts("workloads")}
    return typed.pick("workload", workload, known)
