"""The look-up routes: what the agent understood and booked, and how many webhooks it saw."""

import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from voicesim.reference.answers import Appointment
from voicesim.reference.settings import Settings
from voicesim.reference.states import Call
from voicesim.reference.store import Store
from voicesim.reference.understanding.clock import find_time
from voicesim.reference.understanding.day import find_day
from voicesim.reference.understanding.phone import find_phone
from voicesim.reference.understanding.text import clean
from voicesim.reference.webhook import RefusedError, read_body

_MAX_NAME_CHARS = 100


class Counts(Protocol):
    """The agent's own counts."""

    appointments: int

    def shown(self) -> dict[str, Any]:
        """Give them as JSON."""
        ...


class Lookup:
    """Handlers of the look-up routes."""

    def __init__(self, settings: Settings, store: Store, stats: Counts) -> None:
        self._settings = settings
        self._store = store
        self._stats = stats

    def routes(self) -> list[Route]:
        """List the routes."""
        return [
            Route("/calls/{sid}", self._guarded(self._call), methods=["GET"]),
            Route("/calls", self._guarded(self._delete_calls), methods=["DELETE"]),
            Route("/appointments", self._guarded(self._appointments), methods=["GET"]),
            Route("/appointments", self._guarded(self._add), methods=["POST"]),
            Route("/appointments", self._guarded(self._delete_appointments), methods=["DELETE"]),
            Route("/stats", self._guarded(self._shown_stats), methods=["GET"]),
        ]

    def _guarded(
        self, handle: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Let pass who has the key, and turn what is refused into JSON."""
        wanted = self._settings.api_key

        async def endpoint(request: Request) -> Response:
            given = request.headers.get("X-API-Key", "")
            if wanted and not hmac.compare_digest(given.encode(), wanted.encode()):
                return JSONResponse({"error": "X-API-Key missing or wrong"}, 401)
            try:
                return await handle(request)
            except RefusedError as refused:
                return JSONResponse({"error": refused.text}, refused.status)

        return endpoint

    async def _call(self, request: Request) -> Response:
        with self._store.transaction() as transaction:
            call = transaction.call(request.path_params["sid"])
        if call is None:
            raise RefusedError(404, "no such call")
        return JSONResponse(_shown(call))

    async def _shown_stats(self, request: Request) -> Response:
        return JSONResponse(self._stats.shown())

    async def _appointments(self, request: Request) -> Response:
        with self._store.transaction() as transaction:
            return JSONResponse(transaction.appointments())

    async def _add(self, request: Request) -> Response:
        new, test = _wanted(await read_body(request), self._settings.today())
        with self._store.transaction() as transaction:
            added = transaction.appointment(transaction.add_appointment(new, test))
        self._stats.appointments += 1
        return JSONResponse(added, 201)

    async def _delete_calls(self, request: Request) -> Response:
        _must_be_test(request)
        with self._store.transaction() as transaction:
            return JSONResponse({"deleted": transaction.delete_test_calls()})

    async def _delete_appointments(self, request: Request) -> Response:
        _must_be_test(request)
        with self._store.transaction() as transaction:
            return JSONResponse({"deleted": transaction.delete_test_appointments()})


def _must_be_test(request: Request) -> None:
    if request.query_params.get("test") != "true":
        raise RefusedError(400, "only test records can be deleted: ?test=true")


def _shown(call: Call) -> dict[str, Any]:
    return {
        "call_sid": call.call_sid,
        "state": call.state.value,
        "from": call.caller,
        "understood": {
            "name": call.name,
            "phone": call.phone,
            "day": call.day.strftime("%A") if call.day else None,
            "date": call.day.isoformat() if call.day else None,
            "time": call.time,
        },
        "appointment_id": call.appointment_id,
        "turns": call.turns,
        "status": call.status,
        "duration_s": call.duration_s,
        "test": call.test,
    }


def _wanted(body: bytes, today: date) -> tuple[Appointment, bool]:
    """Read an appointment to set up and whether it is a test; all that is wrong is said at once."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(400, "body must be JSON") from None
    if not isinstance(given, dict):
        raise RefusedError(400, "body must be a JSON object")
    text = {key: clean(value) for key, value in given.items() if isinstance(value, str)}
    phone = find_phone(text.get("phone", ""))
    day = find_day(text.get("date") or text.get("day", ""), today, asked=True)
    time = find_time(text.get("time", ""), asked=True)
    name = text.get("name", "")
    test = given.get("test", True)
    wrong = [
        key
        for key, good in {
            "name": 0 < len(name) <= _MAX_NAME_CHARS,
            "phone": phone,
            "day or date": day,
            "time": time,
            "test": isinstance(test, bool),
        }.items()
        if not good
    ]
    if wrong or phone is None or day is None or time is None:
        raise RefusedError(400, f"missing or not understood: {', '.join(wrong)}")
    return Appointment(0, name, phone.value, day.value, time.value), test
