"""``voicesim``: rings a phone agent's webhooks and says how it went.

Exit codes: 0 pass, 1 the agent failed (unreachable included), 2 usage or configuration,
3 inconclusive.
"""

import os
import sys
import traceback
from typing import Annotated, Any

import typer

from voicesim import __version__
from voicesim.base.errors import ConfigError
from voicesim.cli.audits import audit
from voicesim.cli.calls import call
from voicesim.cli.explain import explain
from voicesim.cli.explore import explore
from voicesim.cli.exports import export
from voicesim.cli.personas import personas
from voicesim.cli.recordings import recordings
from voicesim.cli.runs import agent, run
from voicesim.cli.sign import sign
from voicesim.cli.twiml import twiml
from voicesim.cli.typed import PASS, UNSURE, USAGE
from voicesim.cli.verify import verify
from voicesim.output.printing import complain

USAGE_ERROR: Any = typer.BadParameter.__bases__[0]
"""What typer raises for a wrong command line: it carries a click of its own."""
app = typer.Typer(
    help="Everything around a phone agent except the agent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line.

    The user's mistakes are one line each on stderr and exit code 2. What breaks within voicesim is
    exit code 3: it says nothing about the agent.
    """
    try:
        sys.exit(app(standalone_mode=False) or PASS)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except USAGE_ERROR as error:
        complain([" ".join(error.format_message().split())])
        sys.exit(USAGE)
    except ConfigError as error:
        complain(error.messages)
        sys.exit(USAGE)
    except (typer.Abort, KeyboardInterrupt):
        complain(["interrupted"])
        sys.exit(UNSURE)
    except OSError as error:
        complain([f"could not go on: {error}"])
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is to be flushed there
        sys.exit(UNSURE)
    except Exception:  # anything else is our own mistake
        traceback.print_exc()
        sys.exit(UNSURE)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"voicesim {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Everything around a phone agent except the agent."""
    del version


for command in (
    *(call, audit, explore, run, agent, recordings, personas, export),
    *(twiml, sign, verify, explain),
):
    app.command()(command)
