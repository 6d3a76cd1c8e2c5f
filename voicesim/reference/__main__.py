"""Starts the reference agent: ``python -m voicesim.reference --port N``."""

import argparse
import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from voicesim.reference import faults
from voicesim.reference.app import build
from voicesim.reference.settings import SettingsError, from_environment
from voicesim.reference.store import Store

USAGE_ERROR = 2
_PARENT_LOOK_S = 0.5


class _Server(uvicorn.Server):
    """uvicorn, which says when it is ready and may follow its parent."""

    def __init__(self, config: uvicorn.Config, url: str, parent: int | None) -> None:
        super().__init__(config)
        self._url = url
        self._parent = parent
        self._watch: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to serve, then tell."""
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"listening on {self._url}", flush=True)  # noqa: T201 - the one line promised
        if self._parent is not None:
            self._watch = asyncio.create_task(self._end_with_parent(self._parent))

    async def _end_with_parent(self, parent: int) -> None:
        while os.getppid() == parent:
            await asyncio.sleep(_PARENT_LOOK_S)
        self.should_exit = True


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m voicesim.reference",
        description=__doc__,
        epilog=f"faults, each with the value it has unless another is given:\n{faults.described()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, required=True, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to bind (%(default)s)")
    parser.add_argument("--db", default="voicesim-reference.sqlite", help="SQLite file")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="break the agent on purpose, to see that it is found out; several at once",
    )
    parser.add_argument(
        "--exit-with-parent", action="store_true", help="end when the starting process is gone"
    )
    return parser.parse_args(argv)


def _bound(host: str, port: int) -> socket.socket:
    """Bind the address; OSError or OverflowError say why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio switches Nagle's algorithm off only where it is; with it
    # on, every answer waits some 40 ms for the client's acknowledgement of its headers.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(2048)
    except BaseException:
        bound.close()
        raise
    return bound


def _fail(message: str) -> int:
    print(f"voicesim.reference: {message}", file=sys.stderr)  # noqa: T201 - a program's last word
    return USAGE_ERROR


def main(argv: Sequence[str] | None = None) -> int:
    """Run the agent until it is told to end; give the exit code."""
    parent = os.getppid()
    arguments = _arguments(argv)
    try:
        fault = faults.parse(arguments.fault)
        settings = from_environment(os.environ, arguments.host)
        bound = _bound(arguments.host, arguments.port)
    except (SettingsError, faults.FaultError) as error:
        return _fail(str(error))
    except (OSError, OverflowError) as error:
        return _fail(f"cannot listen on {arguments.host}:{arguments.port}: {error}")
    with bound:
        try:
            store = Store(arguments.db)
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            return _fail(f"cannot use {arguments.db} as database: {cause}")
        host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
        config = uvicorn.Config(
            build(settings, store, fault),
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=75,  # Twilio's connections live longer than uvicorn's 5 s
            timeout_graceful_shutdown=3,
        )
        url = f"http://{host}:{bound.getsockname()[1]}"
        server = _Server(config, url, parent if arguments.exit_with_parent else None)
        # uvicorn raises the signal that ended it once more; what it then meets ends nothing.
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: None)
        asyncio.run(server.serve(sockets=[bound]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
