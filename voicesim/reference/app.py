"""The agent's web server: Twilio's webhooks, and the look-up routes."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from voicesim.reference import dialogue, errands, status
from voicesim.reference.answers import Answer, Input
from voicesim.reference.faults import Fault, Turn
from voicesim.reference.languages import Language, language_of
from voicesim.reference.lookup import Lookup
from voicesim.reference.settings import Settings
from voicesim.reference.states import Call, State
from voicesim.reference.store import Store, Transaction
from voicesim.reference.twiml import render
from voicesim.reference.webhook import Params, RefusedError, read_params

_LOG = logging.getLogger(__name__)
_MAX_ID_CHARS = 64
_MAX_VALUE_CHARS = 200


@dataclass(slots=True)
class Stats:
    """What this process has counted since it started."""

    calls: int = 0
    webhooks: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            ("voice", "gather", "noinput", "dialled", "status"), 0
        )
    )
    refused: int = 0
    appointments: int = 0

    def shown(self) -> dict[str, Any]:
        """Give the counts as the look-up shows them."""
        return {
            "calls": self.calls,
            "webhooks": dict(self.webhooks),
            "refused": self.refused,
            "appointments": self.appointments,
        }


class Agent:
    """The webhooks of one running agent."""

    def __init__(self, settings: Settings, store: Store, fault: Fault) -> None:
        self.stats = Stats()
        self._fault = fault
        self._settings = settings
        self._store = store
        self._validator = RequestValidator(settings.auth_token)

    def webhook(self, kind: str) -> Callable[[Request], Awaitable[Response]]:
        """Make the endpoint for one kind of webhook."""

        async def endpoint(request: Request) -> Response:
            await self._fault.arrives(request)
            try:
                checked = self._fault.checks_signature
                params = await read_params(request, self._validator, checked=checked)
                call_sid = params.get("CallSid", "")
                if not 0 < len(call_sid) <= _MAX_ID_CHARS:
                    raise RefusedError(400, "CallSid missing")
            except RefusedError as refused:
                return self._refuse(refused)
            self.stats.webhooks[kind] += 1
            if kind == "status":
                return self._status(call_sid, params)
            turn = Turn(kind, params, request.cookies)
            return self._fault.replaces(turn) or self._turn(turn, call_sid, request)

        return endpoint

    async def unknown(self, request: Request) -> Response:
        """Answer a webhook that does not exist; who cannot sign does not even learn that."""
        try:
            await read_params(request, self._validator)
        except RefusedError as refused:
            return self._refuse(refused)
        return self._refuse(RefusedError(404, "no such webhook"))

    def _refuse(self, refused: RefusedError) -> Response:
        self.stats.refused += 1
        return PlainTextResponse(f"{refused.text}\n", refused.status)

    def _turn(self, turn: Turn, call_sid: str, request: Request) -> Response:
        token = request.headers.get("I-Twilio-Idempotency-Token", "")[:_MAX_VALUE_CHARS]
        language = language_of(request.query_params.get("language", ""))
        try:
            with self._store.transaction(self._settings.today()) as transaction:
                body = transaction.answer(call_sid, token) if token else None
                if body is None:
                    body, is_new = self._answer(turn, call_sid, transaction, language)
                    if token:
                        transaction.keep_answer(call_sid, token, body)
                else:
                    self._fault.repeated(call_sid, transaction)
                    is_new = False
        except Exception:  # a caller on the line is told so, whatever it was
            _LOG.exception("%s webhook of %r", turn.kind, call_sid)
            body = render(Answer(language.texts.trouble, hangs_up=True), language)
        else:
            self.stats.calls += is_new
            self.stats.appointments += transaction.added
        return self._fault.sends(Response(body, media_type="text/xml"))

    def _answer(
        self, turn: Turn, call_sid: str, transaction: Transaction, language: Language
    ) -> tuple[str, bool]:
        """Give the TwiML, and whether the call was not known before."""
        call = self._call(call_sid, turn.params, transaction)
        call.language, call.front_desk = language.code, self._settings.front_desk
        is_new = call.state is State.NEW
        self._fault.begins(turn, call, transaction)
        if turn.kind == "voice":
            answer = dialogue.greet(call)
        elif turn.kind == "noinput":
            answer = dialogue.silence(call)
        elif turn.kind == "dialled":
            answer = errands.dialled(call, turn.params.get("DialCallStatus", ""))
        else:
            book, today = self._fault.book(transaction), self._settings.today()
            answer = dialogue.listen(call, _input(turn.params), book, today)
        answer = self._fault.says(turn, call, answer, transaction)
        transaction.save(call)
        return render(answer, language), is_new

    def _call(self, call_sid: str, params: Params, transaction: Transaction) -> Call:
        call = transaction.call(call_sid)
        if call is None:
            account_sid = params.get("AccountSid", "")[:_MAX_VALUE_CHARS]
            call = Call(call_sid, account_sid, test=self._settings.is_test(account_sid))
        call.caller = call.caller or params.get("From", "")[:_MAX_VALUE_CHARS]
        call.status = status.later(call.status, params.get("CallStatus", "").strip().lower())
        return call

    def _status(self, call_sid: str, params: Params) -> Response:
        try:
            with self._store.transaction() as transaction:
                call = self._call(call_sid, params, transaction)
                seconds = status.seconds(params.get("CallDuration", ""))
                call.duration_s = call.duration_s if seconds is None else seconds
                transaction.save(call)
        except SQLAlchemyError:
            _LOG.exception("database")
        return Response(status_code=204)


def _input(params: Params) -> Input:
    try:
        confidence = float(params["Confidence"])
    except (KeyError, ValueError):
        confidence = None
    return Input(params.get("SpeechResult", ""), params.get("Digits", ""), confidence)


async def _healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def build(settings: Settings, store: Store, fault: Fault | None = None) -> Starlette:
    """Make the agent's ASGI application; it closes the store when it ends."""
    agent = Agent(settings, store, fault or Fault())
    lookup = Lookup(settings, store, agent.stats)
    both = ["GET", "POST"]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        yield
        store.close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/twilio/gather", agent.webhook("gather"), methods=both),
            Route("/twilio/voice", agent.webhook("voice"), methods=both),
            Route("/twilio/noinput", agent.webhook("noinput"), methods=both),
            Route("/twilio/dialled", agent.webhook("dialled"), methods=both),
            Route("/twilio/status", agent.webhook("status"), methods=["POST"]),
            Route("/twilio/{rest:path}", agent.unknown, methods=both),
            Route("/healthz", _healthz),
            *lookup.routes(),
        ],
    )
