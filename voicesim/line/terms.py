"""How HTTP is spoken where Twilio's pages are silent; every choice may be made otherwise."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class LineTerms:
    """The choices, the default first (docs/twilio.md says what each stands for)."""

    bad_override: Literal["default", "nearest"] = "default"
    """A number that a URL overrides a limit with, and which is out of range."""
    unknown_override: Literal["ends", "default"] = "ends"
    """An ``rp`` or ``e`` that Twilio does not know: the request fails, or it is passed over."""
    refused_connection: Literal["final", "retried"] = "final"
    """Whether ``ct`` tries a refused connection again, too."""
    retry_pause_s: float = 0.0
    """From a try that failed to the next one."""
    redirect_overrides: Literal["ignored", "taken"] = "ignored"
    """Overrides in the fragment of a redirect's Location."""
    total_timeout: Literal["11205", "11203"] = "11205"
    """The code of 15 s without an answer where the URL overrides nothing."""
    host_names: Literal["strict", "any"] = "strict"
    """Whether a host name must be one by RFC 2396, or is looked up whatever it is."""
    raw_characters: Literal["refused", "encoded"] = "refused"
    """A space, or another character that a URL holds only encoded: 11100, or it is encoded."""
    login_user: Literal["call", "url"] = "call"
    """Who a URL names logs in at that origin for the whole call, or with that URL alone."""
    login_choice: Literal["strongest", "first"] = "strongest"
    """Which of several logins that an answer asks for."""
    callback_login: Literal["kept", "anew"] = "kept"
    """Whether a request beside the call goes out logged in, or is asked first."""
    wss_port: Literal["signed", "dropped"] = "signed"
    """The port of a ``wss`` URL in its signature."""
