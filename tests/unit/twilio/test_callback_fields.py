"""What is sent beside a call, field by field."""

from voicesim.twilio import callback_fields as fields
from voicesim.twilio.fields import Party, base_fields, rfc2822


def test_a_leg_has_every_field_of_a_call_and_its_parent() -> None:
    caller, called = Party("+15005550006", "Springfield"), Party("+15005550009")
    given = {"call_sid": "CA1", "account_sid": "AC1", "call_status": "ringing"}
    leg = fields.leg_fields(parent="CA0", caller=caller, called=called, **given)
    base = dict(base_fields(caller=caller, called=called, **given))
    assert dict(leg) == {**base, "Direction": "outbound-dial", "ParentCallSid": "CA0"}
    assert list(leg) == sorted(leg)


def test_a_recording_names_its_url_once_it_is_there() -> None:
    about = (("AccountSid", "AC1"), ("CallSid", "CA1"))
    told = {
        status: dict(
            fields.recording_status(
                about,
                sid="RE1",
                url="https://r.test",
                status=status,
                duration_s=4,
                at_unix_s=0.0,
                source="DialVerb",
            )
        )
        for status in ("in-progress", "completed", "absent")
    }
    assert {status: said["RecordingStatus"] for status, said in told.items()} == {
        status: status for status in told
    }
    assert ["RecordingUrl" in said for said in told.values()] == [False, True, False]
    assert told["completed"]["RecordingStartTime"] == rfc2822(0.0)
    assert not {"From", "To", "CallStatus"} & set(told["completed"])


def test_who_was_never_in_a_queue_has_no_time_in_it() -> None:
    assert fields.queue_result("queue-full") == (("QueueResult", "queue-full"),)
    assert fields.queue_result("leave", queue="QU1", waited_s=7) == (
        ("QueueResult", "leave"),
        ("QueueSid", "QU1"),
        ("QueueTime", "7"),
    )
