"""The headers of Twilio's requests.

Source: captured requests and Twilio's own webhook emulator (plugin-webhook). Messaging webhooks
carry their content type without a charset; voice webhooks carry it with one.
"""

SIGNATURE = "X-Twilio-Signature"
SIGNATURE_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
"""Only on requests that were signed with a shared key: which, and with what algorithm."""
IDEMPOTENCY_TOKEN = "I-Twilio-Idempotency-Token"  # noqa: S105 - a header's name
"""A UUID, the same for every try of one request."""

FORM_CONTENT_TYPE = "application/x-www-form-urlencoded; charset=UTF-8"
"""Content-Type of a POST's form body; a GET has none."""

CONSTANT: tuple[tuple[str, str], ...] = (
    ("User-Agent", "TwilioProxy/1.1"),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip"),
    ("X-Home-Region", "us1"),
)
"""What every request carries."""
