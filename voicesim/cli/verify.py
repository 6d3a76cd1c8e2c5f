"""``voicesim verify``: whether a signature is the one Twilio would have made, and if not, why."""

from typing import Annotated

import typer

from voicesim.cli import options, typed
from voicesim.cli.sign import ALGORITHM_HELP, FIELDS_HELP, URL_HELP
from voicesim.cli.typed import FAIL
from voicesim.line.assumed import SIGNATURES, assumed
from voicesim.line.named import auth_token, signable_url
from voicesim.output.printing import tell
from voicesim.twilio.mismatch import CANNOT_BE_TOLD, differences, matches
from voicesim.twilio.signature import HMAC_SHA1, Signer


def verify(
    url: Annotated[str, typer.Argument(help=URL_HELP)],
    signature: Annotated[str, typer.Argument(help="What X-Twilio-Signature held.")],
    fields: Annotated[list[str] | None, typer.Argument(help=FIELDS_HELP)] = None,
    algorithm: Annotated[str, typer.Option(help=ALGORITHM_HELP)] = HMAC_SHA1,
    assume: options.Assume = None,
) -> None:
    """Check a signature; exit code 1 when it does not match, with what commonly differs."""
    name, token, pairs = (
        typed.algorithm(algorithm),
        auth_token(signable_url(url)),
        typed.fields(fields or []),
    )
    line = assumed(assume or [], SIGNATURES).line
    if matches(Signer(token, name, wss_port=line.wss_port), url, pairs, signature):
        tell(["the signature matches"])
        return
    differs = differences(token, name, url, pairs, signature) or (CANNOT_BE_TOLD,)
    tell(["the signature does not match", *differs])
    raise typer.Exit(FAIL)
