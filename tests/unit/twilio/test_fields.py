from urllib.parse import parse_qsl, quote_plus

import pytest

from voicesim.twilio import fields, headers
from voicesim.twilio.fields import Party, base_fields, form_encode


def base() -> list[tuple[str, str]]:
    return base_fields(
        call_sid="CA" + "0" * 32,
        account_sid="AC" + "0" * 32,
        caller=Party("+14155550100", "SAN FRANCISCO", "CA", "94105", "US"),
        called=Party("+14155550123"),
        call_status="ringing",
    )


def test_base_fields_are_complete_and_sent_even_when_blank() -> None:
    sent = dict(base())
    assert len(sent) == len(base()) == 25
    assert list(sent) == sorted(sent)
    assert sent["Caller"] == sent["From"] == "+14155550100"
    assert sent["Called"] == sent["To"] == "+14155550123"
    assert sent["ToCity"] == ""
    assert sent["FromZip"] == sent["CallerZip"] == "94105"
    assert sent["ApiVersion"] == "2010-04-01"
    assert sent["Direction"] == "inbound"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (
            fields.gather_speech("book it", 0.9381859, language="en-US"),
            {"Confidence": "0.9381859", "Language": "en-US", "SpeechResult": "book it"},
        ),
        (fields.gather_speech("", 1.0), {"Confidence": "1.0", "SpeechResult": ""}),
        (fields.gather_speech("x", 0.0), {"Confidence": "0.0", "SpeechResult": "x"}),
        (fields.gather_speech("x", 1e-7), {"Confidence": "0.0000001", "SpeechResult": "x"}),
        (fields.gather_speech(None, 0.5), {"Confidence": "0.5"}),
        (fields.gather_speech("x"), {"SpeechResult": "x"}),
        (fields.gather_speech(None), {}),
        (fields.gather_digits("12*"), {"Digits": "12*"}),
        (fields.gather_empty(speech=True, dtmf=True), {"Digits": "", "SpeechResult": ""}),
        (fields.gather_empty(speech=True, dtmf=False), {"SpeechResult": ""}),
        (fields.gather_empty(speech=False, dtmf=True), {"Digits": ""}),
        (fields.gather_empty(speech=True, dtmf=True, blank=False), {}),
        (
            fields.record_result("https://r/1", 7, digits="hangup", sid="RE1"),
            {
                "Digits": "hangup",
                "RecordingDuration": "7",
                "RecordingSid": "RE1",
                "RecordingUrl": "https://r/1",
            },
        ),
        (
            fields.record_result("https://r/1", 0),
            {"Digits": "", "RecordingDuration": "0", "RecordingUrl": "https://r/1"},
        ),
        (
            fields.dial_result("completed", call_sid="CA1", duration_s=0, bridged=True),
            {
                "DialBridged": "true",
                "DialCallDuration": "0",
                "DialCallSid": "CA1",
                "DialCallStatus": "completed",
            },
        ),
        (
            fields.dial_result("answered"),
            {"DialBridged": "false", "DialCallStatus": "answered"},
        ),
    ],
)
def test_what_each_webhook_adds(added: fields.Fields, expected: dict[str, str]) -> None:
    assert added == tuple(expected.items())
    assert list(expected) == sorted(expected)


AT = 1_795_253_400.9  # a moment before 09:30:01 UTC, 21 November 2026


def test_a_completed_call_tells_its_seconds_and_billed_minutes() -> None:
    assert fields.status_callback("completed", sequence=0, at_unix_s=AT, call_duration_s=10) == (
        ("CallDuration", "10"),
        ("CallbackSource", "call-progress-events"),
        ("Duration", "1"),
        ("SequenceNumber", "0"),
        ("Timestamp", "Sat, 21 Nov 2026 09:30:00 +0000"),
    )


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (3600, 60)])
def test_begun_minutes_are_billed(seconds: int, minutes: int) -> None:
    sent = fields.status_callback("completed", sequence=3, at_unix_s=0, call_duration_s=seconds)
    assert dict(sent)["Duration"] == str(minutes)


def test_other_statuses_tell_less() -> None:
    names = {
        status: {name for name, _ in fields.status_callback(status, sequence=1, at_unix_s=0)}
        for status in ("initiated", "ringing", "in-progress", *fields.TERMINAL_STATUSES)
    }
    assert {status for status, of in names.items() if "CallDuration" in of} == {
        "completed",
        "busy",
        "failed",
        "no-answer",
        "canceled",
    }
    assert {status for status, of in names.items() if "Duration" in of} == {"completed"}


def test_times_are_written_the_same_in_any_locale() -> None:
    assert fields.rfc2822(0) == "Thu, 01 Jan 1970 00:00:00 +0000"


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("", ""),
        ("abcXYZ019", "abcXYZ019"),
        ("a b", "a+b"),
        ("+1415", "%2B1415"),
        ("*-._", "*-._"),
        ("~", "%7E"),
        ("&=%?/#", "%26%3D%25%3F%2F%23"),
        ("é²", "%C3%A9%C2%B2"),
        ("😀", "%F0%9F%98%80"),
        ("\r\n\t\0", "%0D%0A%09%00"),
        ("\ud83d", "%3F"),
    ],
)
def test_forms_are_encoded_as_java_does(value: str, encoded: str) -> None:
    assert form_encode([("N", value)]) == f"N={encoded}"
    assert form_encode([(value, "v")]) == f"{encoded}=v"


def test_every_character_is_encoded_as_a_form_has_it() -> None:
    for code in range(0x180):
        expected = quote_plus(chr(code), safe="*-._").replace("~", "%7E")
        assert form_encode([("N", f"a{chr(code)}b")]) == f"N=a{expected}b"


def test_a_form_decodes_to_what_it_was() -> None:
    sent = [*base(), *fields.gather_speech("Ja, übermorgen um 9 & gern!", 0.81)]
    assert parse_qsl(form_encode(sent), keep_blank_values=True, strict_parsing=True) == sent
    assert form_encode([]) == ""


def test_headers() -> None:
    assert dict(headers.CONSTANT) == {
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "X-Home-Region": "us1",
    }
    assert headers.FORM_CONTENT_TYPE.endswith("charset=UTF-8")
