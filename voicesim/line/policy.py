"""What is the same for every webhook of a run: who signs, what may be called, how long it takes."""

import hashlib
from dataclasses import dataclass, field, replace

from voicesim.base.hosts import HostRule
from voicesim.call.events import HttpState, SendWebhook
from voicesim.line.exchange import Exchange as Exchange
from voicesim.line.hop import Headers
from voicesim.line.hop import Hop as Hop
from voicesim.line.hop import HopAnswer as HopAnswer
from voicesim.line.hop import HopFailure as HopFailure
from voicesim.line.hop import HopResult as HopResult
from voicesim.line.limits import Limits as Limits
from voicesim.line.login import User
from voicesim.line.terms import LineTerms
from voicesim.line.urls import BadUrlError, Url, encoded, is_host_name, parse, shown
from voicesim.twilio.signature import Signer

_UNDERSCORE = (
    "cannot be called: Twilio takes no host name with an underscore in it; if the agent has that"
    " name only here, say --sign-as https://its.public.name"
)
_NO_NAME = (
    "cannot be called: between its dots a host name has letters, digits and hyphens, and no hyphen"
    " first or last; if the agent has that name only here, say --sign-as https://its.public.name"
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What is the same for every webhook of a run.

    ``signer`` None sends requests unsigned. ``hosts`` judges every address before it is dialled.
    ``route`` (public origin, dial origin), such as ("https://agent.example.com",
    "http://127.0.0.1:8000"), calls an agent at an address it does not know of: webhooks,
    signatures, cookies and answers speak of the public origin, and only the dialling goes to the
    other one, with the headers a reverse proxy would add. ``credentials`` are an origin and the
    headers that open it (an API key): they go there and nowhere else. Raises ValueError when an
    origin is none. ``repeats`` is the share of webhooks that are sent once more, with the same
    idempotency token, as if the first answer had been lost: what Twilio does where the URL asks
    for retries. ``logins`` are origins with the user and password for each, for agents that ask for
    a login; what an agent's own URLs say comes before them. ``terms`` settle what Twilio's pages
    leave open.
    """

    signer: Signer | None
    hosts: HostRule = field(default_factory=HostRule)
    route: tuple[str, str] | None = None
    limits: Limits = field(default_factory=Limits)
    credentials: tuple[str, Headers] | None = field(default=None, repr=False)
    repeats: float = 0.0
    logins: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    terms: LineTerms = field(default_factory=LineTerms)
    _route: tuple[Url, Url] | None = field(init=False, repr=False, compare=False, default=None)
    _opens: tuple[Url, Headers] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.route is not None:
            public, dial = (_origin(text) for text in self.route)
            object.__setattr__(self, "_route", (public, dial))
        if self.credentials is not None:
            origin, headers = self.credentials
            object.__setattr__(self, "_opens", (_origin(origin), headers))

    def exchange(self, webhook: SendWebhook) -> Exchange:
        """Begin one webhook."""
        return Exchange(self, webhook)

    def repeated(self, webhook: SendWebhook) -> bool:
        """Whether this webhook is sent once more: always the same ones, the token says which."""
        if not (self.repeats and webhook.steers and webhook.token):
            return False
        draw = int.from_bytes(hashlib.sha256(webhook.token.encode()).digest()[:8])
        return draw < self.repeats * 2**64

    def dialled(self, url: Url) -> Url:
        """Where a request to ``url`` goes."""
        if self._route is not None and url.origin == self._route[0].origin:
            return url.at(self._route[1])
        return url

    def credentials_for(self, url: Url) -> Headers:
        """The headers that open ``url``."""
        if self._opens is not None and url.origin == self._opens[0].origin:
            return self._opens[1]
        return ()

    def as_sent(self, url: str) -> str:
        """What becomes of a URL of the agent's, as it wrote it, before it is read."""
        return encoded(url) if self.terms.raw_characters == "encoded" else url

    def flaw(self, url: Url) -> str:
        """Why Twilio would not look for the host of ``url``; "" where it would."""
        if "_" in url.host:
            return _UNDERSCORE
        strict = self.terms.host_names == "strict"
        return _NO_NAME if strict and not is_host_name(url.host) else ""

    def state_of(self, webhook: SendWebhook) -> HttpState:
        """What a webhook brings with it of the call: cookies and logins."""
        state = webhook.state
        if webhook.steers or not state.logins or self.terms.callback_login == "kept":
            return state
        asked = tuple(one._replace(challenge=(), used=0) for one in state.logins)
        return replace(state, logins=asked)

    def user_for(self, url: Url) -> User | None:
        """Who logs in at ``url``."""
        users = (User(*login[1:]) for login in self.logins if parse(login[0]).origin == url.origin)
        return next(users, None)


def _origin(text: str) -> Url:
    url = parse(text)
    if url.target not in ("", "/"):
        raise BadUrlError(f"{shown(text)} must be an origin: scheme, host and port, without a path")
    return Url(url.scheme, url.host, url.port, "")
