"""``voicesim recordings``: what callers left with a Record, for agents on other machines."""

from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.line.recordings import VARIABLE, serve


def recordings(
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0: everywhere.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8091,
) -> None:
    """Serve recordings, until interrupted."""
    server = serve(host, port)
    try:
        server.start()
    except OSError as error:
        raise ConfigError([f"--port: cannot listen at {host}:{port}: {error}"]) from None
    here = f"http://{host}:{server.server_port}"
    typer.echo(f"recordings at {here}; calls name it after: export {VARIABLE}={here}")
    server.serve_forever()
