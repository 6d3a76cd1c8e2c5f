"""What is recorded can be fetched: by its id alone, as long as it was."""

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicesim.call.terms import Terms
from voicesim.line import recordings
from voicesim.line.recordings import answer, terms_for
from voicesim.twilio.callback_fields import LONGEST_RECORDED_S, recorded_s, recording_sid

FOLDER = "/2010-04-01/Accounts/AC1/Recordings"
UNIQUE = "0123456789abcdef" * 2


def fetch(path: str, method: str = "GET") -> tuple[str, dict[str, str], bytes]:
    told: list[tuple[str, dict[str, str]]] = []
    body = answer(
        {"PATH_INFO": path, "REQUEST_METHOD": method},
        lambda status, headers: told.append((status, dict(headers))),
    )
    return *told[0], b"".join(body)


@given(st.integers(0, LONGEST_RECORDED_S))
def test_an_id_tells_how_long_the_recording_is(duration_s: int) -> None:
    assert recorded_s(recording_sid(UNIQUE, duration_s)) == duration_s


def test_what_is_longer_than_a_call_may_be_is_cut_and_foreign_ids_tell_nothing() -> None:
    assert recorded_s(recording_sid(UNIQUE, LONGEST_RECORDED_S + 1)) == LONGEST_RECORDED_S
    for foreign in (f"RE{UNIQUE[:28]}ffff", "RE12", "", f"CA{UNIQUE}", f"RE{UNIQUE.upper()}"):
        assert recorded_s(foreign) is None


@pytest.mark.parametrize("kind", ["", ".wav"])
def test_a_wav_is_as_long_as_was_recorded(kind: str) -> None:
    status, headers, body = fetch(f"{FOLDER}/{recording_sid(UNIQUE, 7)}{kind}")
    assert (status, headers["Content-Type"]) == ("200 OK", "audio/x-wav")
    assert int(headers["Content-Length"]) == len(body)
    with wave.open(io.BytesIO(body)) as sound:
        assert sound.getnframes() / sound.getframerate() == 7
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)


def test_an_mp3_is_whole_frames_that_last_at_least_as_long() -> None:
    _, headers, body = fetch(f"{FOLDER}/{recording_sid(UNIQUE, 7)}.mp3")
    assert headers["Content-Type"] == "audio/mpeg"
    assert int(headers["Content-Length"]) == len(body)
    frames = body.split(b"\xff\xe3")[1:]
    assert {len(frame) for frame in frames} == {286}
    assert 7 <= len(frames) * 576 / 8000 < 7.1


def test_head_has_no_body_and_nothing_else_is_served() -> None:
    status, headers, body = fetch(f"{FOLDER}/{recording_sid(UNIQUE, 7)}", "HEAD")
    assert (status, int(headers["Content-Length"]) > 7 * 16_000, body) == ("200 OK", True, b"")
    for path in ("/", FOLDER, f"{FOLDER}/RE1", f"/x/{recording_sid(UNIQUE, 7)}"):
        assert fetch(path)[0] == "404 Not Found"
    assert fetch(f"{FOLDER}/{recording_sid(UNIQUE, 7)}.ogg")[0] == "404 Not Found"
    assert fetch(f"{FOLDER}/{recording_sid(UNIQUE, 7)}", "POST")[0] == "404 Not Found"


def test_only_an_agent_on_this_machine_is_given_an_address_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(recordings.VARIABLE, raising=False)
    monkeypatch.setattr(recordings, "_own", lambda: "http://127.0.0.1:7")
    assert terms_for("http://localhost:8080/voice").recordings == "http://127.0.0.1:7"
    assert terms_for("https://agent.example/voice").recordings == "https://api.twilio.com"
    assert terms_for("https://agent.example/voice", Terms(play_s=9)) == Terms(play_s=9)
    assert terms_for("http://localhost:8080/voice", Terms(play_s=9)).play_s == 9
    monkeypatch.setenv(recordings.VARIABLE, "http://sim.example:8091/")
    assert terms_for("https://agent.example/voice").recordings == "http://sim.example:8091"
