"""What these agents have in common: signatures are checked, TwiML is answered, hops reach them."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import VoiceResponse

from voicesim.line.hop import Hop, HopAnswer, HopResult

TOKEN = "other-styles"


def signed(app: Flask) -> Flask:
    """Have ``app`` turn away what Twilio did not sign."""
    validator = RequestValidator(TOKEN)

    @app.before_request
    def check() -> None:
        sent = request.form.to_dict() if request.method == "POST" else {}
        asked = request.query_string.decode()  # as it came: request.url is quoted anew
        url = f"{request.base_url}?{asked}" if asked else request.base_url
        if not validator.validate(url, sent, request.headers.get("X-Twilio-Signature", "")):
            abort(403)

    return app


def twiml(response: VoiceResponse) -> Response:
    return Response(str(response), mimetype="text/xml")


def in_process(app: Flask) -> Callable[[Hop], HopResult]:
    """``app`` as it answers hops, without a socket; cookies are the line's business."""
    client = app.test_client(use_cookies=False)

    def answer(hop: Hop) -> HopResult:
        parts = urlsplit(hop.url)
        got = client.open(
            parts.path or "/",
            method=hop.method,
            base_url=f"{parts.scheme}://{parts.netloc}",
            query_string=parts.query,
            headers=[(key, value) for key, value in hop.headers if key.lower() != "host"],
            data=hop.body,
        )
        headers = tuple((key.lower(), value) for key, value in got.headers)
        return HopAnswer(got.status_code, headers, got.data, 0.0)

    return answer
