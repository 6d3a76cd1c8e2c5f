"""The options that several commands have."""

from typing import Annotated

import typer

Url = Annotated[str, typer.Argument(help="The agent's voice webhook, as typed in at Twilio.")]
SignAs = Annotated[
    str, typer.Option(help="The public origin the agent believes it has: https://its.name")
]
To = Annotated[str, typer.Option(help="The agent's number.")]
StatusCallback = Annotated[str, typer.Option(help="Where status callbacks go; URL or path.")]
FallbackUrl = Annotated[
    str, typer.Option(help="Asked for a document where the webhook fails; URL or path.")
]
Algorithm = Annotated[str, typer.Option(help="HMAC_SHA1, or HMAC_SHA256 under a shared key.")]
SharedKey = Annotated[str, typer.Option(help="The id of that key, as the agent knows it.")]
Method = Annotated[str, typer.Option(help="POST or GET, as set at Twilio.")]
AllowHost = Annotated[
    list[str] | None, typer.Option(help="A further host that may be called; repeatable.")
]
Assume = Annotated[
    list[str] | None,
    typer.Option(help="NAME=VALUE: how Twilio is played where its pages are silent; repeatable."),
]
TimeScale = Annotated[
    float,
    typer.Option(min=0, max=10, help="Wall seconds a second of the call takes: 1 real, 0 none."),
]
StartDate = Annotated[str, typer.Option(help="The day it is (YYYY-MM-DD); today.")]
