"""What a Content-Encoding made of a body, undone: gzip and deflate, never larger than asked for."""

import zlib

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def decoded(body: bytes, encoding: str, limit: int) -> bytes:
    """The body as it was meant, at most one byte more than ``limit``.

    ValueError says why there is none, as the rest of a sentence that begins with the URL.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding not in _WINDOWS:
        raise ValueError(f"answered in the encoding {encoding[:40]!a}, though only gzip is taken")
    unpacked = _inflate(body, encoding, limit)
    if unpacked is None:
        raise ValueError(f"announced {encoding}, but its body is not")
    return unpacked


def _inflate(data: bytes, encoding: str, limit: int) -> bytes | None:
    """Unpack ``data``; None when it is broken."""
    window = _WINDOWS[encoding]
    if encoding == "deflate" and (data[0] & 0x0F != 8 or int.from_bytes(data[:2], "big") % 31):
        window = -15  # deflate without the zlib wrapper, which many servers send
    out = b""
    while data and len(out) <= limit:
        unpacker = zlib.decompressobj(window)
        try:
            out += unpacker.decompress(data, limit + 1 - len(out))
        except zlib.error:
            return None
        if not unpacker.eof:
            return out if len(out) > limit else None
        data = unpacker.unused_data  # gzip may have several members
    return out
