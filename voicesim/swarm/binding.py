"""Binds each Locust environment of this process to its hooks."""

from locust import events
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from voicesim.swarm import admission
from voicesim.swarm.hooks import Hooks
from voicesim.swarm.options import add_options
from voicesim.swarm.parting import part
from voicesim.traffic.workload import Workload

_hooks: dict[int, Hooks] = {}
_installed: list[Workload] = []


def of(environment: Environment) -> Hooks:
    """The hooks of a Locust environment."""
    return _hooks[id(environment)]


def install(workload: Workload, *, shaped: bool) -> None:
    """Listen to Locust's events on behalf of ``workload``; the last one installed counts."""
    if _installed:
        _installed[:] = [workload]
        return
    _installed.append(workload)
    events.init_command_line_parser.add_listener(
        lambda parser: add_options(parser, _installed[-1], shaped=shaped)
    )
    events.init.add_listener(_init)


def _init(environment: Environment, **_: object) -> None:
    workload = _installed[-1]
    hooks = _hooks[id(environment)] = Hooks(environment, workload)
    runner, on = environment.runner, environment.events

    def begin() -> None:
        hooks.interrupts.waiting = False
        hooks.interrupts.take()  # Locust took SIGTERM meanwhile

    def start() -> None:
        if admission.admits(environment, workload):
            hooks.start()

    hooks.interrupts.take()
    on.test_start.add_listener(lambda **_: begin())
    on.test_start.add_listener(lambda **_: start())
    on.spawning_complete.add_listener(lambda **_: hooks.spawned())
    on.test_stopping.add_listener(lambda **_: hooks.stopping())
    on.quitting.add_listener(lambda **_: hooks.quitting())
    if isinstance(runner, WorkerRunner):
        on.report_to_master.add_listener(
            lambda data, **_: data.update(voicesim=hooks.calling.report())
        )
        on.quit.add_listener(lambda **_: part(runner.client))
    if isinstance(runner, MasterRunner):
        on.worker_connect.add_listener(lambda client_id, **_: hooks.connected(client_id))
        on.worker_report.add_listener(
            lambda client_id, data, **_: hooks.reported(
                client_id, admission.believed(runner, hooks.admitted, client_id, data)
            )
        )
        admission.receive(runner, workload, hooks.admitted, hooks.turned_away)
    hooks.init()
    hooks.interrupts.waiting = isinstance(runner, MasterRunner) and not environment.web_ui
    if isinstance(runner, WorkerRunner):
        admission.ask(environment, runner, workload)
