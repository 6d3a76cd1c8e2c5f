"""HTTP as Twilio speaks it, without I/O: one webhook becomes hops, their results an Answer.

Whoever drives an Exchange carries each Hop to the network and hands its result back, until an
Answer comes. Nothing an agent answers, and no URL it names, raises here: it is a finding.

Source: Twilio's voice/twiml and webhook pages and its error dictionary, as named beside the rules.
"""

import hashlib
import zlib
from dataclasses import dataclass, field

from voicesim.base.findings import Finding, Level
from voicesim.base.hosts import HostRule
from voicesim.call.events import Answer, SendWebhook
from voicesim.line.cookies import Jar
from voicesim.line.hop import BODY_LIMIT, Headers, out_of_time
from voicesim.line.hop import Hop as Hop
from voicesim.line.hop import HopAnswer as HopAnswer
from voicesim.line.hop import HopFailure as HopFailure
from voicesim.line.hop import HopResult as HopResult
from voicesim.line.traces import trace_in
from voicesim.line.urls import BadUrlError, Url, parse, shown
from voicesim.twilio import headers as names
from voicesim.twilio.fields import form_encode
from voicesim.twilio.signature import Signer

FORWARDED_FOR = "192.0.2.1"
"""The client address a routed request claims: one set aside for documentation (RFC 5737)."""

TWILIO_WAITS_S = 15.0
"""So long Twilio waits for a webhook in all; what takes longer is a finding, even where we wait."""

_SHOWN = 60
"""Characters of what a caller said that a message shows."""
_FOLLOWED = frozenset({301, 302, 303, 307})
_ENCODINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_REFUSED_HINT = (
    ": the agent refused our signature; check the auth token (VOICESIM_TWILIO_AUTH_TOKEN), or say"
    " --sign-as https://its.public.name if it believes to have another address"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one webhook; the defaults are Twilio's."""

    connect_s: float = 5.0
    """For each of the tries to connect."""
    total_s: float = TWILIO_WAITS_S
    """For everything: connecting, redirects, reading."""
    connect_tries: int = 2
    redirects: int = 10
    body_bytes: int = BODY_LIMIT


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
    for retries.
    """

    signer: Signer | None
    hosts: HostRule = field(default_factory=HostRule)
    route: tuple[str, str] | None = None
    limits: Limits = field(default_factory=Limits)
    credentials: tuple[str, Headers] | None = field(default=None, repr=False)
    repeats: float = 0.0
    _route: tuple[Url, Url] | None = field(init=False, repr=False, compare=False, default=None)
    _opens: tuple[Url, Headers] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.route is not None:
            public, dial = (_origin(text) for text in self.route)
            object.__setattr__(self, "_route", (public, dial))
        if self.credentials is not None:
            origin, headers = self.credentials
            object.__setattr__(self, "_opens", (_origin(origin), headers))

    def exchange(self, webhook: SendWebhook) -> "Exchange":
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


class Exchange:
    """One webhook until its Answer."""

    __slots__ = (
        "_body", "_elapsed_s", "_findings", "_jar", "_method", "_params", "_policy", "_redirects",
        "_repeat", "_tries", "_url", "_webhook",
    )  # fmt: skip

    def __init__(self, policy: Policy, webhook: SendWebhook) -> None:
        self._policy = policy
        self._webhook = webhook
        self._method = webhook.method.upper()
        self._params = webhook.fields
        self._url = Url("", "", None, "")
        self._body = b""
        self._jar = Jar(webhook.state)
        self._repeat = policy.repeated(webhook)
        self._elapsed_s = 0.0
        self._redirects = 0
        self._tries = 0
        self._findings: list[Finding] = []

    def begin(self) -> Hop | Answer:
        """The first request; an Answer at once when the URL cannot or may not be called."""
        try:
            self._url = parse(self._webhook.url)
        except BadUrlError as error:
            return self._fail("11100", f"{shown(self._webhook.url)} cannot be called: {error}.")
        if self._method != "GET":
            self._body = form_encode(self._params).encode()
        lost = self._jar.unsent(self._url)
        if lost:
            self._found("cookie-not-sent", Level.WARNING, f"{self._shown} is not sent {lost}.")
        return self._hop()

    def _again(self) -> Hop | Answer:
        """Send the webhook once more: what came the first time is lost, cookies and all."""
        self._repeat, self._jar = False, Jar(self._webhook.state)
        self._method, self._params = self._webhook.method.upper(), self._webhook.fields
        self._redirects = self._tries = 0
        self._findings = []
        message = "was sent once more, as if its first answer had been lost"
        self._found("repeated", Level.NOTICE, f"{shown(self._webhook.url)} {message}.")
        self._url, self._body = parse(self._webhook.url), b""
        if self._method != "GET":
            self._body = form_encode(self._params).encode()
        return self._hop()

    def received(self, result: HopResult) -> Hop | Answer:
        """Take what the latest hop brought; return the next hop or the end."""
        self._elapsed_s += max(result.elapsed_s, 0.0)
        if isinstance(result, HopFailure):
            return self._failed(result)
        for complaint in self._jar.store(self._url, result.headers):
            self._warn(f"{self._shown} {complaint}.")
        status = result.status
        trace = trace_in(result.body)
        if trace:
            message = f"{self._shown} answered with a stack trace ({trace}, status {status})"
            why = "it shows strangers what is within"
            self._found("leaks-trace", Level.ERROR, f"{message}: {why}.")
        if 200 <= status <= 299:
            return self._again() if self._repeat else self._answered(result)
        if 300 <= status <= 399:
            return self._redirected(result)
        if 400 <= status <= 599:
            signed = self._policy.signer is not None
            hint = self._hint(result) if signed and status in (401, 403) else self._input()
            return self._fail(
                "11217", f"{self._shown} answered with status {status}{hint}.", status
            )
        return self._fail("11206", f"{self._shown} answered with the status {status}.", status)

    def _hint(self, refusal: HopAnswer) -> str:
        """What to look at when the agent answers 401 or 403."""
        if _first(refusal.headers, "www-authenticate"):
            return ": it asks for a login, and voicesim does not send credentials yet"
        slash = "" if self._url.target else "; also try the URL with a final slash"
        return _REFUSED_HINT + slash

    def _input(self) -> str:
        """What the caller did before the agent failed."""
        for name, value in self._params:
            if name in ("Digits", "SpeechResult"):
                return f" to {name} {_quoted(value)}"
        return ""

    # --- requests -------------------------------------------------------------------------------

    def _hop(self) -> Hop | Answer:
        """The request for the current URL, method and fields."""
        dial = self._policy.dialled(self._url)
        target = self._url
        if self._method == "GET" and self._params:
            query = form_encode(self._params)
            dial, target = dial.with_query(query), target.with_query(query)
        if not self._policy.hosts.allows(dial.text):
            return self._fail(
                "host-not-allowed",
                f"{self._shown} was not called: {dial.name} is neither this machine nor named as a"
                " host that may be called; say --allow-host if it may, or --sign-as if it is the"
                " agent's own public name.",
            )
        limits = self._policy.limits
        left_s = limits.total_s - self._elapsed_s
        if left_s <= 0:
            return self._failed(out_of_time(limits.total_s, 0.0))
        self._tries += 1
        return Hop(
            method=self._method,
            url=dial.text,
            headers=self._headers(target, routed=dial.origin != target.origin),
            body=self._body,
            connect_s=min(limits.connect_s, left_s),
            deadline_s=left_s,
        )

    def _headers(self, target: Url, *, routed: bool) -> Headers:
        headers = [("Host", target.netloc), *names.CONSTANT]
        if self._webhook.token:
            headers.append((names.IDEMPOTENCY_TOKEN, self._webhook.token))
        if self._policy.signer is not None:
            params = () if self._method == "GET" else self._params
            signature = self._policy.signer.sign(target.text, params)
            headers.append((names.SIGNATURE, signature))
        headers += self._policy.credentials_for(target)
        if self._method != "GET":
            headers.append(("Content-Type", names.FORM_CONTENT_TYPE))
        if routed:
            headers.append(("X-Forwarded-Proto", target.scheme))
            headers.append(("X-Forwarded-Host", target.netloc))
            headers.append(("X-Forwarded-For", FORWARDED_FOR))
        cookie = self._jar.header(target)
        if cookie:
            headers.append(("Cookie", cookie))
        return tuple(headers)

    # --- results --------------------------------------------------------------------------------

    def _failed(self, failure: HopFailure) -> Hop | Answer:
        """Connecting is tried again (Twilio's rc=1, rp=ct); nothing else is."""
        timed_out = failure.connecting and failure.code == "11205"
        if timed_out and self._tries < self._policy.limits.connect_tries:
            return self._hop()
        where = ""
        dial = self._policy.dialled(self._url)
        if dial != self._url:
            where = f" (called at {dial.scheme}://{dial.netloc})"
        return self._fail(failure.code, f"{self._shown}{where} {failure.message}.")

    def _redirected(self, answer: HopAnswer) -> Hop | Answer:
        """Follow a redirect: signed for its own URL, without the fields, which Twilio drops.

        301, 302 and 303 become GET; 307 keeps the method, so that a POST has an empty body.
        """
        status = answer.status
        location = _first(answer.headers, "location")
        if status not in _FOLLOWED:
            return self._fail(
                "11216", f"{self._shown} answered with status {status}, not followed.", status
            )
        if not location.strip():
            return self._fail(
                "11216", f"{self._shown} redirected ({status}) without saying where.", status
            )
        if self._redirects >= self._policy.limits.redirects:
            return self._fail(
                "11215",
                f"{shown(self._webhook.url)} was redirected more than"
                f" {self._policy.limits.redirects} times, in the end from {self._shown}.",
                status,
            )
        try:
            self._url = self._url.joined(location)
        except BadUrlError as error:
            message = f"{self._shown} redirected to {shown(location)}, which cannot be called:"
            return self._fail("11100", f"{message} {error}.", status)
        self._redirects += 1
        self._tries = 0
        self._params = ()
        self._body = b""
        if status != 307:
            self._method = "GET"
        return self._hop()

    def _answered(self, answer: HopAnswer) -> Answer:
        content_type = _first(answer.headers, "content-type").strip()
        if not (content_type.isascii() and content_type.isprintable()):
            self._warn(f"{self._shown} sent a Content-Type with characters no header may hold.")
            content_type = content_type.encode("ascii", "replace").decode()
        if self._elapsed_s > TWILIO_WAITS_S:
            waits = f"Twilio gives up after {TWILIO_WAITS_S:g} s"
            self._found(
                "11205", Level.ERROR, f"{self._shown} took {self._elapsed_s:.1f} s; {waits}."
            )
        limit = self._policy.limits.body_bytes
        try:
            body = answer.body if answer.truncated else _decoded(answer, limit)
        except ValueError as error:
            return self._fail("11206", f"{self._shown} {error}.", answer.status)
        if answer.truncated or len(body) > limit:
            return self._fail(
                "11750", f"{self._shown} answered with more than {limit} bytes.", answer.status
            )
        return self._end(answer.status, content_type, body, None)

    # --- ends -----------------------------------------------------------------------------------

    @property
    def _shown(self) -> str:
        return shown(self._url.text)

    def _warn(self, message: str) -> None:
        self._found("11206", Level.WARNING, message)

    def _found(self, code: str, level: Level, message: str) -> None:
        self._findings.append(Finding(code, level, message, url=self._shown))

    def _fail(self, code: str, message: str, status: int = 0) -> Answer:
        url = shown(self._url.text or self._webhook.url)
        return self._end(status, "", b"", Finding(code, Level.ERROR, message, url=url))

    def _end(self, status: int, content_type: str, body: bytes, failure: Finding | None) -> Answer:
        return Answer(
            status=status,
            content_type=content_type,
            body=body,
            url=self._url.text or shown(self._webhook.url),
            elapsed_s=self._elapsed_s,
            failure=failure,
            findings=tuple(self._findings),
            state=self._jar.state,
        )


def _origin(text: str) -> Url:
    url = parse(text)
    if url.target not in ("", "/"):
        raise BadUrlError(f"{shown(text)} must be an origin: scheme, host and port, without a path")
    return Url(url.scheme, url.host, url.port, "")


def _quoted(text: str) -> str:
    """What a caller said or pressed, quoted; the beginning of what is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _first(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def _decoded(answer: HopAnswer, limit: int) -> bytes:
    """The body as it was meant; ValueError says why there is none."""
    encoding = _first(answer.headers, "content-encoding").strip().lower()
    if encoding in ("", "identity") or not answer.body:
        return answer.body
    if encoding not in _ENCODINGS:
        raise ValueError(f"answered in the encoding {encoding[:40]!a}, though only gzip is taken")
    body = _inflate(answer.body, encoding, limit)
    if body is None:
        raise ValueError(f"announced {encoding}, but its body is not")
    return body


def _inflate(data: bytes, encoding: str, limit: int) -> bytes | None:
    """Unpack ``data``, at most one byte more than ``limit``; None when it is broken."""
    window = _ENCODINGS[encoding]
    if encoding == "deflate" and (data[0] & 0x0F != 8 or int.from_bytes(data[:2], "big") % 31):
        window = -15  # deflate without the zlib wrapper, which many servers send
    out = b""
    while data and len(out) <= limit:
        unpacker = zlib.decompressobj(window)
        try:
            out += unpacker.decompress(data, limit + 1 - len(out))
        except zlib.error:
            return None
        if not unpacker.eof:
            return out if len(out) > limit else None
        data = unpacker.unused_data  # gzip may have several members
    return out
