"""``voicesim sign``: the signature Twilio would put on a request."""

import sys
from typing import Annotated

import typer

from voicesim.cli import options, typed
from voicesim.line.assumed import SIGNATURES, assumed
from voicesim.line.named import auth_token, signable_url
from voicesim.twilio import headers
from voicesim.twilio.signature import HMAC_SHA1, Signer, settings

URL_HELP = "The URL as typed in at Twilio; of a websocket its wss URL."
FIELDS_HELP = "The fields of a form body, name=value each; none for a GET."
ALGORITHM_HELP = "HMAC_SHA1, or HMAC_SHA256 for a shared key."


def sign(
    url: Annotated[str, typer.Argument(help=URL_HELP)],
    fields: Annotated[list[str] | None, typer.Argument(help=FIELDS_HELP)] = None,
    algorithm: Annotated[str, typer.Option(help=ALGORITHM_HELP)] = HMAC_SHA1,
    key: Annotated[
        str, typer.Option(help="The shared key's id; prints the headers instead of the signature.")
    ] = "",
    assume: options.Assume = None,
) -> None:
    """Print the X-Twilio-Signature of a request; the token is VOICESIM_TWILIO_AUTH_TOKEN."""
    name = typed.algorithm(algorithm)
    line = assumed(assume or [], SIGNATURES).line
    signer = Signer(auth_token(signable_url(url)), name, wss_port=line.wss_port)
    signature = signer.sign(url, typed.fields(fields or []))
    if key:
        sys.stdout.write(f"{headers.SIGNATURE}: {signature}\n")
        sys.stdout.write(f"{headers.SIGNATURE_SETTINGS}: {settings(key, name)}\n")
    else:
        sys.stdout.write(f"{signature}\n")
