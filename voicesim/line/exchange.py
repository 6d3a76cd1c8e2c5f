"""One webhook on its way: what is sent hop by hop, and what becomes of each result, without I/O.

Whoever drives an Exchange carries each Hop to the network and hands its result back, until an
Answer comes. Nothing an agent answers, and no URL it names, raises here: it is a finding.

Source: Twilio's voice/twiml and webhook pages and its error dictionary, as named beside the rules.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from voicesim.base.findings import Finding, Level
from voicesim.call.events import Answer, SendWebhook
from voicesim.line.cookies import BrokenCookieError, Jar
from voicesim.line.encodings import decoded
from voicesim.line.hop import Headers, Hop, HopAnswer, HopFailure, HopResult, out_of_time
from voicesim.line.limits import TWILIO_WAITS_S, overridden
from voicesim.line.login import MOST_LOGINS, Login, User, authorization, chosen
from voicesim.line.traces import trace_in
from voicesim.line.urls import BadUrlError, Url, fragment_of, parse, shown, user_in
from voicesim.twilio import headers as names
from voicesim.twilio.codes import CODES
from voicesim.twilio.fields import form_encode

if TYPE_CHECKING:
    from voicesim.line.policy import Policy

FORWARDED_FOR = "192.0.2.1"
"""The client address a routed request claims: one set aside for documentation (RFC 5737)."""

_NO_URL = Url("http", "", None, "")
_SHOWN = 60
"""Characters of what a caller said that a message shows."""
_FOLLOWED = frozenset({301, 302, 303, 307})
_REFUSED_HINT = (
    ": the agent refused our signature; check the auth token (VOICESIM_TWILIO_AUTH_TOKEN), or say"
    " --sign-as https://its.public.name if it believes to have another address"
)


class Exchange:
    """One webhook until its Answer."""

    __slots__ = (
        "_asked", "_body", "_elapsed_s", "_findings", "_jar", "_limits", "_method", "_params",
        "_policy", "_redirects", "_repeat", "_tries", "_url", "_webhook",
    )  # fmt: skip

    def __init__(self, policy: "Policy", webhook: SendWebhook) -> None:
        self._policy = policy
        self._webhook = webhook
        self._method = webhook.method.upper()
        self._params = webhook.fields
        self._url = _NO_URL
        self._body = b""
        self._jar = Jar(policy.state_of(webhook))
        self._repeat = policy.repeated(webhook)
        self._elapsed_s = 0.0
        self._redirects = 0
        self._tries = 0
        self._asked = False
        self._limits = policy.limits
        self._findings: list[Finding] = []

    def begin(self) -> Hop | Answer:
        """The first request; an Answer at once when the URL cannot or may not be called."""
        try:
            self._url = parse(self._policy.as_sent(self._webhook.url))
        except BadUrlError as error:
            return self._fail("11100", f"{shown(self._webhook.url)} cannot be called: {error}.")
        if flaw := self._policy.flaw(self._url):
            return self._fail("11100", f"{self._shown} {flaw}.")
        if self._method != "GET":
            self._body = form_encode(self._params).encode()
        if "@" in self._webhook.url:
            self._remember(user_in(self._webhook.url))
        fragment = fragment_of(self._webhook.url)
        if fragment and (refused := self._override(fragment)):
            return refused
        lost = self._jar.unsent(self._url)
        if lost:
            self._found("cookie-not-sent", Level.WARNING, f"{self._shown} is not sent {lost}.")
        return self._hop()

    def _override(self, fragment: str) -> Answer | None:
        """Take the limits that the URL itself sets; an Answer where Twilio would not call it."""
        self._limits, complaints = overridden(self._limits, fragment, self._policy.terms)
        for code, message in complaints:
            if code in CODES:
                return self._fail(code, f"{self._shown} {message}.")
            level = Level.NOTICE if code == "not-carried" else Level.WARNING
            self._found(code, level, f"{self._shown} {message}.")
        return None

    def _again(self) -> Hop | Answer:
        """Send the webhook once more: what came the first time is lost, cookies and all."""
        self._repeat, self._jar = False, Jar(self._policy.state_of(self._webhook))
        self._method, self._params = self._webhook.method.upper(), self._webhook.fields
        self._redirects = self._tries = 0
        self._asked, self._limits = False, self._policy.limits
        self._findings, self._body = [], b""
        message = "was sent once more, as if its first answer had been lost"
        self._found("repeated", Level.NOTICE, f"{shown(self._webhook.url)} {message}.")
        return self.begin()

    def received(self, result: HopResult) -> Hop | Answer:
        """Take what the latest hop brought; return the next hop or the end."""
        self._elapsed_s += max(result.elapsed_s, 0.0)
        if isinstance(result, HopFailure):
            return self._failed(result)
        status = result.status
        trace = trace_in(result.body)
        if trace:
            message = f"{self._shown} answered with a stack trace ({trace}, status {status})"
            why = "it shows strangers what is within"
            self._found("leaks-trace", Level.ERROR, f"{message}: {why}.")
        try:
            for complaint in self._jar.store(self._url, result.headers):
                self._found("cookie-not-kept", Level.WARNING, f"{self._shown} {complaint}.")
        except BrokenCookieError as error:
            return self._fail("11206", f"{self._shown} {error}.", status)
        if 200 <= status <= 299:
            return self._again() if self._repeat else self._answered(result)
        if 300 <= status <= 399:
            return self._redirected(result)
        if 400 <= status <= 599:
            return self._refused(result)
        return self._fail("11206", f"{self._shown} answered with the status {status}.", status)

    def _refused(self, answer: HopAnswer) -> Hop | Answer:
        """Log in where that is asked for, else try again where the URL says so, else give up."""
        status = answer.status
        login = None if status != 401 or self._asked else self._login(answer)
        if login is not None:
            self._keep(login)
            self._asked = True
            self._tries -= 1  # what a login costs is no retry
            return self._hop()
        if self._may_retry(f"{status // 100}xx"):
            return self._retry(f"answered with status {status}")
        hint = self._hint(answer) if status in (401, 403) else self._input()
        return self._fail("11217", f"{self._shown} answered with status {status}{hint}.", status)

    def _remember(self, named: tuple[str, str] | None) -> None:
        """Keep who the webhook's URL names: a relative URL in what it answers names them, too."""
        known = [one for one in self._jar.state.logins if one.origin == self._url.origin]
        if named and not any(one.challenge or one.user == named for one in known):
            self._keep(Login(self._url.origin, User(*named), ()))

    def _keep(self, login: Login) -> None:
        others = [one for one in self._jar.state.logins if one.origin != login.origin]
        kept = (*others[1 - MOST_LOGINS :], login)
        self._jar.state = replace(self._jar.state, logins=kept)

    def _login(self, refusal: HopAnswer) -> Login | None:
        """The login that a 401 asks for; None where it asks for none we know, or nobody is named.

        A user in the webhook's own URL counts there alone; then who was named for the run; then who
        is logged in, or was named there earlier in the call.
        """
        terms = self._policy.terms
        asks = _all(refusal.headers, "www-authenticate")
        challenge = chosen(asks, first=terms.login_choice == "first")
        if challenge is None:
            return None
        origin = self._url.origin
        first = parse(self._policy.as_sent(self._webhook.url))
        named = user_in(self._webhook.url) if first.origin == origin else None
        anywhere = terms.login_user == "call"
        logins = (one for one in self._jar.state.logins if one.origin == origin)
        known = (one.user for one in logins if anywhere or one.challenge)
        user = User(*named) if named else self._policy.user_for(self._url) or next(known, None)
        return None if user is None else Login(origin, user, challenge)

    def _hint(self, refusal: HopAnswer) -> str:
        """What to look at when the agent answers 401 or 403."""
        asks = _all(refusal.headers, "www-authenticate")
        if self._asked:
            return ": it refused the login"
        if asks and chosen(asks) is None:
            return ": it asks for a login that is neither Basic nor Digest"
        if asks:
            return ": it asks for a login; name one in the URL, https://user:password@host/..."
        if self._policy.signer is None:
            return ""
        slash = "" if self._url.target else "; also try the URL with a final slash"
        return _REFUSED_HINT + slash

    def _input(self) -> str:
        """What the caller did before the agent failed."""
        for name, value in self._params:
            if name in ("Digits", "SpeechResult"):
                return f" to {name} {_quoted(value)}"
        return ""

    # --- requests -------------------------------------------------------------------------------

    def _hop(self, pause_s: float = 0.0) -> Hop | Answer:
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
        limits = self._limits
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
            read_s=limits.read_s if limits.read_s and limits.read_s < left_s else None,
            pause_s=pause_s,
        )

    def _headers(self, target: Url, *, routed: bool) -> Headers:
        headers = [("Host", target.netloc), *names.CONSTANT]
        if self._webhook.token:
            headers.append((names.IDEMPOTENCY_TOKEN, self._webhook.token))
        if self._policy.signer is not None:
            params = () if self._method == "GET" else self._params
            signature = self._policy.signer.sign(target.text, params)
            headers.append((names.SIGNATURE, signature))
            if self._policy.signer.settings:
                headers.append((names.SIGNATURE_SETTINGS, self._policy.signer.settings))
        headers += self._policy.credentials_for(target)
        if self._jar.state.logins:
            headers += self._logged_in(target)
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

    def _logged_in(self, target: Url) -> Headers:
        """The Authorization for ``target``, once a 401 has asked for one in this call."""
        logins = self._jar.state.logins
        login = next((one for one in logins if one.origin == target.origin), None)
        if login is None or not login.challenge:
            return ()
        counted = tuple(one._replace(used=one.used + (one is login)) for one in logins)
        self._jar.state = replace(self._jar.state, logins=counted)
        salt = f"{self._webhook.token} {self._tries}"
        value = authorization(login, self._method, target.request_target, salt)
        return (("Authorization", value),)

    # --- results --------------------------------------------------------------------------------

    def _may_retry(self, cause: str) -> bool:
        """Whether the request may be tried again upon ``cause``, as Twilio's rp calls it."""
        limits = self._limits
        left = self._tries <= limits.retries and self._elapsed_s < limits.total_s
        return left and cause in limits.retried

    def _retry(self, why: str) -> Hop | Answer:
        """Send the same request once more, with the same idempotency token."""
        self._found("retried", Level.NOTICE, f"{self._shown} {why}, and is asked again.")
        pause_s = self._policy.terms.retry_pause_s
        self._elapsed_s += pause_s
        return self._hop(pause_s)

    def _failed(self, failure: HopFailure) -> Hop | Answer:
        """A time-out of connecting or reading is tried again where the policy says so."""
        terms = self._policy.terms
        refused = failure.code == "11202" and terms.refused_connection == "retried"
        if failure.code == "11205" or refused:
            if self._may_retry("ct" if failure.connecting else failure.limit):
                return self._retry(failure.message)
            set_here = self._limits.overridden or terms.total_timeout == "11203"
            if failure.limit == "tt" and set_here:
                failure = failure._replace(code="11203")
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
        if self._redirects >= self._limits.redirects:
            return self._fail(
                "11215",
                f"{shown(self._webhook.url)} was redirected more than"
                f" {self._limits.redirects} times, in the end from {self._shown}.",
                status,
            )
        try:
            self._url = self._url.joined(self._policy.as_sent(location))
        except BadUrlError as error:
            message = f"{self._shown} redirected to {shown(location)}, which cannot be called:"
            return self._fail("11100", f"{message} {error}.", status)
        if flaw := self._policy.flaw(self._url):
            return self._fail("11100", f"{self._shown} {flaw}.", status)
        taken = self._policy.terms.redirect_overrides == "taken"
        if taken and (refused := self._override(fragment_of(location))):
            return refused
        self._redirects += 1
        self._tries = 0
        self._asked = False
        self._params = ()
        self._body = b""
        if status != 307:
            self._method = "GET"
        return self._hop()

    def _answered(self, answer: HopAnswer) -> Answer:
        content_type = _first(answer.headers, "content-type").strip()
        if not (content_type.isascii() and content_type.isprintable()):
            content_type = content_type.encode("ascii", "replace").decode()
        if self._elapsed_s > TWILIO_WAITS_S:
            waits = f"Twilio gives up after {TWILIO_WAITS_S:g} s"
            self._found(
                "11205", Level.ERROR, f"{self._shown} took {self._elapsed_s:.1f} s; {waits}."
            )
        in_chunks = not answer.body and _first(answer.headers, "transfer-encoding")
        if in_chunks and self._webhook.steers:
            message = f"{self._shown} announced an answer in chunks, and none came."
            return self._fail("11770", message, answer.status)
        limit = self._limits.body_bytes
        encoding = _first(answer.headers, "content-encoding")
        try:
            body = answer.body if answer.truncated else decoded(answer.body, encoding, limit)
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

    def _found(self, code: str, level: Level, message: str) -> None:
        self._findings.append(Finding(code, level, message, url=self._shown))

    def _fail(self, code: str, message: str, status: int = 0) -> Answer:
        url = shown(self._webhook.url) if self._url is _NO_URL else self._shown
        return self._end(status, "", b"", Finding(code, Level.ERROR, message, url=url))

    def _end(self, status: int, content_type: str, body: bytes, failure: Finding | None) -> Answer:
        return Answer(
            status=status,
            content_type=content_type,
            body=body,
            url=shown(self._webhook.url) if self._url is _NO_URL else self._url.text,
            elapsed_s=self._elapsed_s,
            failure=failure,
            findings=tuple(self._findings),
            state=self._jar.state,
        )


def _quoted(text: str) -> str:
    """What a caller said or pressed, quoted; the beginning of what is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _first(headers: Headers, wanted: str) -> str:
    for name, value in headers:
        if name.lower() == wanted:
            return value
    return ""


def _all(headers: Headers, wanted: str) -> list[str]:
    return [value for name, value in headers if name.lower() == wanted]
