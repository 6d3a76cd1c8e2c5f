"""A webhook as it comes in: its form, its signature, and what is refused."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import ClientDisconnect, Request
from twilio.request_validator import (  # type: ignore[import-untyped]
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

MAX_BODY_BYTES = 1_000_000
MAX_FIELDS = 1000
_FORM = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """The request is none the agent answers; ``status`` is 4xx."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text)
        self.status = status
        self.text = text


Params = ImmutableMultiDict[str, str]
"""The request's parameters; of a repeated name the last value counts."""


async def read_body(request: Request) -> bytes:
    """Read the body, unless it is larger than any honest one."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise RefusedError(413, "body too large")
    except ClientDisconnect:
        raise RefusedError(400, "body not complete") from None
    return bytes(body)


async def read_params(
    request: Request, validator: RequestValidator, *, checked: bool = True
) -> Params:
    """Give the parameters of a request that Twilio has signed, or raise RefusedError.

    Unless it is ``checked``, whoever signed it or did not.
    """
    signature = request.headers.get("X-Twilio-Signature", "")
    if checked and not signature:
        raise RefusedError(403, "signature missing")
    if request.method == "POST":
        signed = params = _form(request, await read_body(request))
    else:
        signed, params = ImmutableMultiDict[str, str](), _fields(request.url.query)
    algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
    if checked and not _is_valid(validator, believed_url(request), signed, signature, algorithm):
        raise RefusedError(403, "signature invalid")
    return params


def _is_valid(
    validator: RequestValidator, url: str, params: Params, signature: str, algorithm: str
) -> bool:
    try:
        return bool(validator.validate(url, params, signature, algorithm))
    except ValueError:  # a Host header that makes no URL
        return False


def _form(request: Request, body: bytes) -> Params:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise RefusedError(415, f"body must be {_FORM}")
    return _fields(body.decode("utf-8", "replace"))


def _fields(text: str) -> Params:
    try:
        pairs: Sequence[tuple[str, str]] = parse_qsl(
            text, keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise RefusedError(400, "too many fields") from None
    return ImmutableMultiDict(pairs)


def believed_url(request: Request) -> str:
    """Give the URL under which Twilio knows the agent; a proxy in between says what it was."""
    headers = request.headers
    scheme = _first(headers.get("X-Forwarded-Proto")) or request.scope["scheme"]
    host = _first(headers.get("X-Forwarded-Host")) or headers.get("Host", "")
    raw_path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    url = f"{scheme}://{host}{raw_path.decode('latin-1')}"
    return f"{url}?{query.decode('latin-1')}" if query else url


def _first(header: str | None) -> str:
    return (header or "").split(",")[0].strip()
