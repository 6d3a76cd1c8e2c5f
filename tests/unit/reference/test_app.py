"""Routes, signatures, retries, records and counts."""

import asyncio
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import sqlalchemy as sa
from starlette.requests import Request
from twilio.request_validator import RequestValidator

from voicesim.reference.languages import ENGLISH
from voicesim.reference.store import Store
from voicesim.reference.webhook import RefusedError, read_body

ALL = "Hi, this is Jane Doe, my number is 555 010 4477, I'd like to come on Tuesday at 3 pm"
HOST = "agent.example.com"
FORM = "application/x-www-form-urlencoded"
TOKEN = "a-token-for-tests"
LIVE = "AC" + "f" * 32
PARAMS = {"CallSid": "CA1", "AccountSid": "AC1", "From": "+12125550100"}


def sign(url: str, params: dict[str, str] | None = None, token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, params or {}))


# --- signatures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/twilio/voice", "/twilio/gather", "/twilio/noinput", "/twilio/status", "/twilio/x"]
)
@pytest.mark.parametrize("signature", [None, "", "wrong", "é", sign(f"http://{HOST}/", PARAMS)])
def test_who_is_not_twilio_is_refused(agent: Any, path: str, signature: str | None) -> None:
    headers = {"Content-Type": FORM}
    headers |= {} if signature is None else {"X-Twilio-Signature": signature}
    answer = agent.send("POST", path, body=urlencode(PARAMS).encode(), headers=headers)
    assert answer.status == 403
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text) < 80
    assert agent.send("GET", "/calls/CA1").status == 404
    assert agent.get("/stats")["refused"] == 1


def test_a_changed_parameter_is_refused(agent: Any) -> None:
    signature = sign(f"http://{HOST}/twilio/voice", PARAMS)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
    body = urlencode(PARAMS | {"From": "+12125550199"}).encode()
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 403


def test_a_shared_keys_signature_is_taken_as_what_its_settings_say(agent: Any) -> None:
    url = f"http://{HOST}/twilio/voice"
    signature = RequestValidator(TOKEN).compute_signature(url, PARAMS, "HMAC_SHA256")
    headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
    body = urlencode(PARAMS).encode()
    settings = "X-Twilio-Webhooks-Signature-Settings"
    for told, status in (("key=k,algorithm=HMAC_SHA256", 200), ("key=k,algorithm=MD5", 403)):
        more = {settings: told}
        answer = agent.send("POST", "/twilio/voice", body=body, headers=headers | more)
        assert answer.status == status
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 403


def test_another_token_is_refused(agent: Any) -> None:
    signature = sign(f"http://{HOST}/twilio/voice", PARAMS, token="other")
    headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
    body = urlencode(PARAMS).encode()
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 403


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (f"http://{HOST}/twilio/voice", {}),
        (f"https://{HOST}/twilio/voice", {"X-Forwarded-Proto": "https"}),
        (f"https://{HOST}/twilio/voice", {"X-Forwarded-Proto": "https, http"}),
        (
            "https://public.example.com/twilio/voice",
            {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "public.example.com"},
        ),
        ("http://localhost:8080/twilio/voice", {"Host": "localhost:8080"}),
    ],
)
def test_the_url_is_the_one_twilio_called(agent: Any, url: str, headers: dict[str, str]) -> None:
    lines = headers | {"Content-Type": FORM, "X-Twilio-Signature": sign(url, PARAMS)}
    body = urlencode(PARAMS).encode()
    assert agent.send("POST", "/twilio/voice", body=body, headers=lines).status == 200
    lines["X-Forwarded-Host"] = "elsewhere.example.com"
    assert agent.send("POST", "/twilio/voice", body=body, headers=lines).status == 403


def test_a_query_is_signed_as_it_stands(agent: Any) -> None:
    query = "tenant=a%20b&x=%C3%A9"
    signature = sign(f"http://{HOST}/twilio/voice?{query}", PARAMS)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
    body = urlencode(PARAMS).encode()
    assert agent.send("POST", "/twilio/voice", query, body, headers).status == 200


@pytest.mark.parametrize("host", ["[::1", "a:b", "", "x" * 300, "ho st"])
def test_a_host_that_makes_no_url_is_refused(agent: Any, host: str) -> None:
    headers = {"Content-Type": FORM, "X-Twilio-Signature": "x", "Host": host}
    body = urlencode(PARAMS).encode()
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 403


def test_repeated_and_empty_parameters_are_signed_too(agent: Any) -> None:
    signature = sign(f"http://{HOST}/twilio/voice", {"CallSid": "CA1", "X": "12", "FromCity": ""})
    body = b"CallSid=CA1&X=1&X=1&FromCity="
    headers = {"Content-Type": FORM, "X-Twilio-Signature": signature}
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 403
    signature = sign(f"http://{HOST}/twilio/voice", {"CallSid": "CA1", "X": "1", "FromCity": ""})
    headers["X-Twilio-Signature"] = signature
    assert agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 200


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/gather", "/twilio/noinput"])
def test_webhooks_may_be_get(agent: Any, path: str) -> None:
    query = urlencode(PARAMS | {"SpeechResult": "José García & co"}, quote_via=quote)
    signature = sign(f"http://{HOST}{path}?{query}")
    answer = agent.send("GET", path, query, headers={"X-Twilio-Signature": signature})
    assert answer.twiml.find("Gather") is not None
    assert agent.send("GET", path, query).status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/twilio/voice"), ("DELETE", "/twilio/status"), ("POST", "/calls/CA1")],
)
def test_other_methods_are_not_allowed(agent: Any, method: str, path: str) -> None:
    assert agent.send(method, path).status == 405


def test_an_unknown_webhook(agent: Any) -> None:
    assert agent.webhook("/twilio/nonsense", PARAMS).status == 404


# --- bodies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", json.dumps(PARAMS).encode(), 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", b"CallSid=CA1", 415),
        (FORM, b"a=" + b"x" * 1_100_000, 413),
        (FORM, b"&".join(b"a=1" for _ in range(2000)), 400),
        (FORM, b"\xff\xfe\x00", 403),
        (FORM, b'{"CallSid": "CA1"}', 403),
        (FORM, b"%zz=%", 403),
    ],
)
def test_bad_bodies_are_refused_cleanly(agent: Any, kind: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": kind, "X-Twilio-Signature": "x"}
    answer = agent.send("POST", "/twilio/voice", body=body, headers=headers)
    assert answer.status == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("params", [{}, {"CallSid": ""}, {"CallSid": "C" * 65}, {"callsid": "CA1"}])
@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/gather", "/twilio/status"])
def test_a_webhook_without_a_call_is_refused(agent: Any, path: str, params: dict[str, str]) -> None:
    assert agent.webhook(path, params).status == 400
    assert agent.get("/stats")["refused"] == 1
    assert sum(agent.get("/stats")["webhooks"].values()) == 0


def test_a_body_cut_off_is_refused(agent: Any) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(RefusedError):
        asyncio.run(read_body(request))


# --- retries --------------------------------------------------------------------------------------


def test_a_repeated_webhook_gets_the_same_answer_and_changes_nothing(agent: Any) -> None:
    call = agent.call()
    first = call.ring(token="t1")
    assert call.ring(token="t1").body == first.body
    second = call.say("I'd like an appointment", token="t2")
    assert call.say("I'd like an appointment", token="t2").body == second.body
    assert call.seen["turns"] == 1
    assert call.seen["state"] == "name"
    assert call.ring(token="t1").body == first.body  # also a late one
    assert agent.get("/stats")["calls"] == 1
    webhooks = agent.get("/stats")["webhooks"]
    assert webhooks == {"voice": 3, "gather": 2, "noinput": 0, "dialled": 0, "status": 0}


def test_a_repeated_yes_books_once(agent: Any) -> None:
    call = agent.call()
    call.talk(ALL)
    first = call.say("yes", token="t3")
    assert "is confirmed for" in first.said
    assert call.say("yes", token="t3").body == first.body
    assert len(agent.get("/appointments")) == 1
    assert agent.get("/stats")["appointments"] == 1


def test_a_token_belongs_to_its_call(agent: Any) -> None:
    agent.call("CA1").ring(token="t")
    agent.call("CA1").say(ALL, token="u")
    assert "How can I help you?" in agent.call("CA2").ring(token="u").said


def test_a_restart_loses_nothing(make_agent: Callable[..., Any], tmp_path: Path) -> None:
    path = str(tmp_path / "agent.sqlite")
    before = make_agent(path)
    call = before.call()
    call.talk(ALL)
    answer = call.say("no", token="t")
    before.store.close()
    after = make_agent(path)
    call.agent = after
    assert call.say("no", token="t").body == answer.body
    assert "Wednesday, March 4th" in call.say("Wednesday").said
    assert call.say("yes").hangs_up
    assert after.get("/appointments")[0]["date"] == "2026-03-04"
    assert after.get("/stats")["calls"] == 0  # counts are this process's own


def test_the_file_is_in_wal_mode(make_agent: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "agent.sqlite"
    make_agent(str(path)).call().ring()
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    assert path.with_name("agent.sqlite-wal").exists()


def test_no_webhook_waits_for_the_disk(agent: Any) -> None:
    with agent.store.transaction() as transaction:
        pragma = transaction._connection.exec_driver_sql("PRAGMA synchronous")
        assert pragma.scalar() == 1  # NORMAL


def test_a_broken_database_is_no_5xx(agent: Any, caplog: pytest.LogCaptureFixture) -> None:
    with agent.store.transaction() as transaction:
        transaction._connection.exec_driver_sql("DROP TABLE calls")
    call = agent.call()
    with caplog.at_level(logging.CRITICAL):
        assert call.ring().said == ENGLISH.texts.trouble
        assert call.last.hangs_up
        assert call.status("completed").status == 204
    assert agent.get("/stats")["calls"] == 0


# --- status callbacks -----------------------------------------------------------------------------


def test_a_status_callback_is_kept(agent: Any) -> None:
    call = agent.call()
    call.talk(ALL, "yes")
    answer = call.status("completed", CallDuration="42", SequenceNumber="3")
    assert (answer.status, answer.body) == (204, b"")
    assert (call.seen["status"], call.seen["duration_s"]) == ("completed", 42)
    assert call.seen["state"] == "booked"


def test_status_callbacks_may_come_in_any_order(agent: Any) -> None:
    call = agent.call()
    call.status("completed", SequenceNumber="3", CallDuration="7")
    call.status("in-progress", SequenceNumber="2")
    call.status("ringing", SequenceNumber="1")
    assert call.seen["status"] == "completed"
    assert call.seen["duration_s"] == 7
    assert call.seen["state"] == "new"
    assert agent.get("/stats")["calls"] == 0
    assert "How can I help you?" in call.ring().said
    assert call.seen["status"] == "completed"
    assert agent.get("/stats")["calls"] == 1


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("ringing", "in-progress", "in-progress"),
        ("in-progress", "ringing", "in-progress"),
        ("busy", "completed", "busy"),
        ("ringing", "no-answer", "no-answer"),
        ("ringing", "nonsense", "ringing"),
        ("ringing", "Completed", "completed"),
    ],
)
def test_the_status_further_along_is_kept(agent: Any, first: str, then: str, kept: str) -> None:
    call = agent.call()
    call.status(first)
    call.status(then)
    assert call.seen["status"] == kept


@pytest.mark.parametrize("duration", ["", "-1", "1.5", "abc", "9" * 30, "٣"])
def test_an_odd_duration_is_ignored(agent: Any, duration: str) -> None:
    call = agent.call()
    call.status("completed", CallDuration="5")
    assert call.status("completed", CallDuration=duration).status == 204
    assert call.seen["duration_s"] == 5


# --- looking up -----------------------------------------------------------------------------------


def test_health(agent: Any) -> None:
    assert agent.get("/healthz") == {"status": "ok"}


def test_a_call_looked_up(agent: Any) -> None:
    call = agent.call()
    call.talk(ALL)
    assert call.seen == {
        "call_sid": call.sid,
        "state": "confirm",
        "from": "+12125550100",
        "understood": {
            "name": "Jane Doe",
            "phone": "5550104477",
            "day": "Tuesday",
            "date": "2026-03-03",
            "time": "15:00",
        },
        "appointment_id": None,
        "turns": 1,
        "status": "in-progress",
        "duration_s": None,
        "test": True,
    }
    call.say("yes")
    assert call.seen["appointment_id"] == agent.get("/appointments")[0]["id"]


def test_an_unknown_call(agent: Any) -> None:
    answer = agent.send("GET", "/calls/CA404")
    assert answer.status == 404
    assert answer.json == {"error": "no such call"}


def test_appointments_listed(agent: Any) -> None:
    agent.call().talk(ALL, "yes")
    agent.add(name="José García", time="10:30", date="2026-03-06")
    assert agent.get("/appointments") == [
        {
            "id": 1,
            "name": "Jane Doe",
            "phone": "5550104477",
            "date": "2026-03-03",
            "day": "Tuesday",
            "time": "15:00",
            "call_sid": "CA" + "1" * 32,
            "test": True,
        },
        {
            "id": 2,
            "name": "José García",
            "phone": "5550104477",
            "date": "2026-03-06",
            "day": "Friday",
            "time": "10:30",
            "call_sid": None,
            "test": True,
        },
    ]


GOOD = {"name": "Jane Doe", "phone": "555 010 4477", "day": "Tuesday", "time": "3 pm"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (GOOD | {"name": ""}, "name"),
        (GOOD | {"name": "x" * 101}, "name"),
        (GOOD | {"name": 5}, "name"),
        (GOOD | {"phone": "123"}, "phone"),
        (GOOD | {"day": "someday"}, "day or date"),
        (GOOD | {"date": "2026-02-30"}, "day or date"),
        (GOOD | {"time": "25:00"}, "time"),
        (GOOD | {"test": "yes"}, "test"),
        ({}, "name, phone, day or date, time"),
        ([], "JSON object"),
        (b"{", "JSON"),
        (b"\xff", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"", "JSON"),
    ],
)
def test_an_appointment_that_makes_no_sense(agent: Any, given: Any, wrong: str) -> None:
    answer = agent.post("/appointments", given)
    assert answer.status == 400
    assert wrong in answer.json["error"]
    assert agent.get("/appointments") == []


def test_an_appointment_too_large(agent: Any) -> None:
    assert agent.post("/appointments", b" " * 1_100_000).status == 413


def test_odd_characters_in_an_appointment(agent: Any) -> None:
    body = json.dumps(GOOD | {"name": "A\ud800\x00B"}).encode()
    assert agent.post("/appointments", body).json["name"] == "A B"


def test_only_test_records_are_deleted(make_agent: Callable[..., Any]) -> None:
    agent = make_agent(live_account=LIVE)
    agent.call("CA1").talk(ALL, "yes")
    agent.call("CA2", AccountSid=LIVE).talk(ALL, "yes")
    agent.add()
    agent.add(test=False)
    assert [a["test"] for a in agent.get("/appointments")] == [True, False, True, False]
    for path, deleted in (("/appointments", 2), ("/calls", 1)):
        assert agent.send("DELETE", path).status == 400
        assert agent.send("DELETE", path, "test=false").status == 400
        assert agent.send("DELETE", path, "test=true").json == {"deleted": deleted}
        assert agent.send("DELETE", path, "test=true").json == {"deleted": 0}
    assert [a["test"] for a in agent.get("/appointments")] == [False, False]
    assert agent.send("GET", "/calls/CA1").status == 404
    assert agent.call("CA2").seen["test"] is False


def test_an_id_is_never_given_twice(agent: Any) -> None:
    first = agent.add()["id"]
    agent.send("DELETE", "/appointments", "test=true")
    assert agent.add()["id"] == first + 1


def test_a_deleted_call_leaves_no_answers_behind(agent: Any) -> None:
    call = agent.call()
    call.ring(token="t1")
    call.say("I'd like an appointment", token="t2")
    agent.send("DELETE", "/calls", "test=true")
    assert call.say(ALL, token="t2").said.startswith("Let me read that back.")


def test_without_a_live_account_every_call_is_a_test(agent: Any) -> None:
    agent.call(AccountSid=LIVE).ring()
    assert agent.call().seen["test"] is True


KEYED = [
    ("GET", "/calls/CA1"),
    ("DELETE", "/calls"),
    ("GET", "/appointments"),
    ("POST", "/appointments"),
    ("DELETE", "/appointments"),
    ("GET", "/stats"),
]


@pytest.mark.parametrize(("method", "path"), KEYED)
@pytest.mark.parametrize("given", [None, "", "wrong", "é"])
def test_looking_up_needs_the_key(
    make_agent: Callable[..., Any], method: str, path: str, given: str | None
) -> None:
    agent = make_agent(api_key="a-key")
    headers = {} if given is None else {"X-API-Key": given}
    answer = agent.send(method, path, "test=true", headers=headers)
    assert answer.status == 401
    assert "error" in answer.json


def test_with_the_key_all_is_there_and_webhooks_need_none(make_agent: Callable[..., Any]) -> None:
    agent = make_agent(api_key="a-key")
    agent.call("CA1").talk(ALL)
    assert agent.get("/healthz") == {"status": "ok"}
    for path in ("/calls/CA1", "/appointments", "/stats"):
        assert agent.send("GET", path, headers={"X-API-Key": "a-key"}).status == 200


def test_counts(agent: Any) -> None:
    for n in range(3):
        call = agent.call(f"CA{n}")
        call.ring()
        call.silence()
        call.say(ALL)
        call.say("yes")
        call.status("completed")
    agent.send("POST", "/twilio/voice")
    agent.add()
    assert agent.get("/stats") == {
        "calls": 3,
        "webhooks": {"voice": 3, "gather": 6, "noinput": 3, "dialled": 0, "status": 3},
        "refused": 1,
        "appointments": 4,
    }


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    path = tmp_path / "no.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(sa.exc.DatabaseError):
        Store(str(path))
