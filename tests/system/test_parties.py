"""An agent that dials, enqueues and records, over real sockets: every request is signed."""

import io
import threading
import wave
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qsl

import pytest
import requests
from twilio.request_validator import RequestValidator

from tests.system.command import finish, start, voicesim
from voicesim.line.reference import ReferenceAgent

TOKEN = "a-token-of-the-test"
EVENTS = "statusCallbackEvent='initiated ringing answered completed'"
DOCUMENTS = {
    "/voice": "<Dial action='/dialled' record='true' recordingStatusCallback='/recorded'>"
    f"<Number url='/whisper' statusCallback='/leg' {EVENTS}>+15005550009</Number></Dial>",
    "/whisper": "<Say>A call for you.</Say>",
    "/dialled": "<Enqueue action='/left' waitUrl='/wait'>support</Enqueue>",
    "/wait": "<Say>Please hold the line for a moment, somebody will be with you.</Say>",
    "/left": "<Sms statusCallback='/sent'>Thank you.</Sms><Dial action='/over'><Conference"
    " statusCallback='/room' statusCallbackEvent='start end'>room</Conference></Dial>",
    "/over": "<Hangup/>",
    "/message": "<Say>How can I help you? Leave a message.</Say><Record action='/kept'/>",
    "/kept": "<Say>Thank you. Goodbye.</Say><Hangup/>",
}


class Agent(BaseHTTPRequestHandler):
    """Answers DOCUMENTS and keeps what came, and whether it was signed."""

    came: ClassVar[list[tuple[str, dict[str, str], bool]]] = []
    fetched: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        url = f"http://{self.headers['Host']}{self.path}"
        signature = self.headers["X-Twilio-Signature"]
        good = RequestValidator(TOKEN).validate(url, fields, signature)
        self.came.append((self.path, fields, good))
        if "RecordingUrl" in fields and self.path == "/kept":
            self.fetched.append(requests.get(fields["RecordingUrl"], timeout=5).content)
        answer = f"<Response>{DOCUMENTS.get(self.path, '')}</Response>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def origin() -> Iterator[str]:
    Agent.came.clear()
    Agent.fetched.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Agent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_call_that_is_dialled_on_enqueued_and_led_into_a_conference(origin: str) -> None:
    status = ("--status-callback", f"{origin}/status")
    token = {"VOICESIM_TWILIO_AUTH_TOKEN": TOKEN}
    ran = voicesim("call", f"{origin}/voice", "--seed", "3", *status, **token)
    assert "agent_hung_up: the agent hung up" in ran.out, ran.both
    assert all(good for _, _, good in Agent.came)
    counted = Counter(path for path, _, _ in Agent.came)
    waits = counted.pop("/wait")
    assert waits == 5  # it takes 4.8 s, the caller waits 20
    assert counted == {
        **{f"/{once}": 1 for once in ("voice", "whisper", "dialled", "left", "over", "sent")},
        "/recorded": 1,
        "/leg": 4,
        "/room": 2,
        "/status": 1,
    }
    whose = {path: fields.get("CallSid") for path, fields, _ in Agent.came}
    assert whose["/leg"] == whose["/whisper"] != whose["/voice"] == whose["/recorded"]
    said = {path: fields for path, fields, _ in Agent.came}
    assert said["/dialled"]["DialCallStatus"] == "completed"
    assert said["/left"]["QueueResult"] == "bridged"
    assert said["/over"]["DialCallStatus"] == "answered"


def test_an_agent_copes_with_callbacks_that_come_late_and_twice() -> None:
    with ReferenceAgent() as agent:
        status = ("--status-callback", f"{agent.origin}/twilio/status")
        ran = voicesim(
            "call", agent.voice_url, "--scenario", "late_callbacks", "--seed", "1", *status
        )
    assert ran.code == 0, ran.both
    numbers = [line[-1] for line in ran.out.splitlines() if "SequenceNumber=" in line]
    assert numbers == ["2", "0", "1", "3", "3"]


def test_what_a_caller_recorded_can_be_fetched(origin: str) -> None:
    token = {"VOICESIM_TWILIO_AUTH_TOKEN": TOKEN}
    ran = voicesim("call", f"{origin}/message", "--seed", "3", **token)
    [fields] = [fields for path, fields, _ in Agent.came if path == "/kept"]
    [recording] = Agent.fetched
    with wave.open(io.BytesIO(recording)) as sound:
        length_s = sound.getnframes() / sound.getframerate()
    assert length_s == float(fields["RecordingDuration"]) > 0, ran.both


def test_recordings_are_served_to_agents_on_other_machines(origin: str) -> None:
    server = start("recordings", "--port", "0")
    assert server.stdout
    try:
        said = server.stdout.readline()
        base = said.split("VOICESIM_RECORDINGS=")[1].strip()
        token = {"VOICESIM_TWILIO_AUTH_TOKEN": TOKEN, "VOICESIM_RECORDINGS": base}
        ran = voicesim("call", f"{origin}/message", "--seed", "3", **token)
        [fields] = [fields for path, fields, _ in Agent.came if path == "/kept"]
        assert fields["RecordingUrl"].startswith(f"{base}/2010-04-01/"), ran.both
        again = requests.get(f"{fields['RecordingUrl']}.mp3", timeout=5)  # when the call is over
        assert (again.status_code, again.headers["Content-Type"]) == (200, "audio/mpeg")
    finally:
        server.terminate()
        finish(server)
