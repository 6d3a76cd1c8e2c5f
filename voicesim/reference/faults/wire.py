"""Faults of the server: slow, failing, answering in another form than Twilio takes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from voicesim.reference.faults.base import Every, Fault, FaultError, Turn, number

_TRACE = """Traceback (most recent call last):
  File "/srv/agent/app.py", line 87, in gather
    call = db.execute("SELECT * FROM calls WHERE sid = ?", (sid,)).one()
sqlalchemy.exc.NoResultFound: No row was found when one was required
"""


class Stall(Fault):
    """Answers nothing at all for SECONDS, once, from AFTER seconds after the first webhook on."""

    default = "2@5"

    def __init__(
        self,
        value: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        seconds, _, after = value.partition("@")
        self._seconds = number(seconds)
        self._after = number(after or "5")
        self._clock, self._sleep = clock, sleep
        self._first: float | None = None
        self._done = False

    async def arrives(self, request: Request) -> None:
        """Hold up the event loop, and with it everything, when it is time."""
        now = self._clock()
        self._first = now if self._first is None else self._first
        if not self._done and now >= self._first + self._after:
            self._done = True
            self._sleep(self._seconds)


class Latency(Fault):
    """Takes SECONDS longer for every webhook."""

    default = "3.5"

    def __init__(self, value: str) -> None:
        self._seconds = number(value)

    async def arrives(self, request: Request) -> None:
        """Wait; other webhooks are not held up."""
        await asyncio.sleep(self._seconds)


class Errors(Fault):
    """Answers every N-th webhook with status 500."""

    default = "10"

    def __init__(self, value: str) -> None:
        self._every = Every(value)

    def replaces(self, turn: Turn) -> Response | None:
        """Fail."""
        return PlainTextResponse("Internal Server Error\n", 500) if self._every.now() else None


class Drip(Fault):
    """Sends every answer in small pieces, over SECONDS in all."""

    default = "4"
    _PIECES = 20

    def __init__(self, value: str) -> None:
        self._seconds = number(value)

    def sends(self, response: Response) -> Response:
        """Send the body piece by piece."""
        body = bytes(response.body)
        size = max(1, -(-len(body) // self._PIECES))

        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(body), size):
                await asyncio.sleep(self._seconds * size / len(body))
                yield body[at : at + size]

        return StreamingResponse(pieces(), response.status_code, media_type=response.media_type)


class Malformed(Fault):
    """Cuts off the end of every N-th answer, so that it is no XML."""

    default = "5"

    def __init__(self, value: str) -> None:
        self._every = Every(value)

    def sends(self, response: Response) -> Response:
        """Cut."""
        if not self._every.now():
            return response
        return Response(bytes(response.body)[:-12], media_type=response.media_type)


class ContentType(Fault):
    """Sends TwiML under the media type TYPE."""

    default = "application/json"

    def __init__(self, value: str) -> None:
        if value.count("/") != 1:
            raise FaultError(f"{value!r} is no media type")
        self._type = value

    def sends(self, response: Response) -> Response:
        """Call it something else."""
        return Response(bytes(response.body), media_type=self._type)


class UnknownVerb(Fault):
    """Begins every answer with a verb that Twilio does not know."""

    def sends(self, response: Response) -> Response:
        """Put it first."""
        body = bytes(response.body).replace(b"<Response>", b"<Response><Speak>Hi.</Speak>", 1)
        return Response(body, media_type=response.media_type)


class LeaksTrace(Fault):
    """Answers every N-th thing said with status 500 and its stack trace."""

    default = "15"

    def __init__(self, value: str) -> None:
        self._every = Every(value)

    def replaces(self, turn: Turn) -> Response | None:
        """Fail, and tell how."""
        if turn.kind != "gather" or not self._every.now():
            return None
        return PlainTextResponse(_TRACE, 500)


class DigitsFail(Fault):
    """Answers with status 500 when something else than digits 0 to 9 is pressed."""

    def replaces(self, turn: Turn) -> Response | None:
        """Fail on a star or a pound."""
        digits = turn.params.get("Digits", "")
        failed = bool(digits) and not digits.isdecimal()
        return PlainTextResponse("Internal Server Error\n", 500) if failed else None


class AcceptsUnsigned(Fault):
    """Serves requests without a signature, or with a wrong one."""

    checks_signature = False


class RefusesBlank(Fault):
    """Refuses correctly signed requests with a field that is blank."""

    def replaces(self, turn: Turn) -> Response | None:
        """Refuse, as who drops blank fields before it computes the signature."""
        if all(value for _, value in turn.params.multi_items()):
            return None
        return PlainTextResponse("signature invalid\n", 403)
