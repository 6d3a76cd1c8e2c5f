"""HTTP/1.1 as bytes: the request as it is sent, the answer as it arrives, bounded in every way.

geventhttpclient's own client reads headers without bound; only its parser (llhttp) is used.
"""

from geventhttpclient._parser import HTTPParseError, HTTPResponseParser

from voicesim.line.hop import BODY_LIMIT, HEADER_LIMIT, Hop
from voicesim.line.urls import Url

_WIRE_LIMIT = 1 << 20  # bytes of one answer, framing included; chunk extensions have no other end


class HopError(Exception):
    """Ends a hop; becomes its HopFailure."""

    def __init__(
        self, code: str, message: str, *, connecting: bool = False, limit: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.connecting = connecting
        self.limit = limit


class Response(HTTPResponseParser):
    """One answer while it arrives. The underscored methods are called by the parser."""

    __slots__ = ("_field", "_value", "body", "complete", "headers", "status", "wire")

    def __init__(self) -> None:
        super().__init__()
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = bytearray()
        self.complete = False
        self.wire = 0
        self._field = ""
        self._value: str | None = None

    def _on_message_begin(self) -> bool:
        return self.complete  # a second answer to one request is a violation

    def _on_status(self, _text: str) -> None:
        pass

    def _on_header_field(self, text: str) -> None:
        if self.status:
            return  # a trailer
        if self._value is not None:
            self._flush()
        self._field += text

    def _on_header_value(self, text: str) -> None:
        if not self.status:
            self._value = text if self._value is None else self._value + text

    def _flush(self) -> None:
        self.headers.append((self._field, self._value or ""))
        self._field, self._value = "", None

    def _on_headers_complete(self) -> bool:
        if self._field:
            self._flush()
        status = self.get_code()
        if status < 200:
            self.headers.clear()  # 100 Continue and the like: the answer is still to come
        else:
            self.status = status
        return False

    def _on_body(self, data: bytearray) -> None:
        self.body += data  # who feeds stops at the first block that is too long

    def _on_message_complete(self) -> None:
        self.complete = self.status > 0

    @property
    def too_long(self) -> bool:
        """Whether the body goes beyond BODY_LIMIT; the rest is not read."""
        return len(self.body) > BODY_LIMIT

    def take(self, data: bytes) -> bool:
        """Feed what was received; return whether that is enough. Raises HopError."""
        self.wire += len(data)
        try:
            self.feed(data)
        except HTTPParseError as error:
            if self.complete:  # the answer was whole; what came behind it only costs the connection
                return True
            raise HopError("11206", self._violation(data, str(error.args[0]))) from None
        if self.complete or self.too_long:
            return True
        if not data:
            raise HopError("11206", self._violation(data, ""))
        if not self.status and self.wire > HEADER_LIMIT:
            raise HopError("11206", f"sent more than {HEADER_LIMIT} bytes of headers")
        if self.wire > _WIRE_LIMIT:
            raise HopError("11206", f"sent {_WIRE_LIMIT} bytes without ending its answer")
        return False

    def _violation(self, data: bytes, reason: str) -> str:
        if data:
            return f"answered with what is not valid HTTP ({reason})"
        part = "body" if self.status else "headers"
        return f"closed the connection in the middle of its {part}"


def request_bytes(hop: Hop, url: Url) -> bytes:
    """Write the whole request, with its Content-Length."""
    lines = [f"{hop.method} {url.request_target} HTTP/1.1", *map(": ".join, hop.headers)]
    if hop.body or hop.method != "GET":
        lines.append(f"Content-Length: {len(hop.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + hop.body
