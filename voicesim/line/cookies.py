"""The cookies of one call: kept from answer to answer and sent back, as Twilio does.

Source: RFC 6265, without what needs a clock: a call is over before a cookie of any age is. One that
is to be deleted is recognised by Max-Age or by an Expires that lies before the answer's own Date.
"""

import re
from dataclasses import dataclass, replace
from email.utils import mktime_tz, parsedate_tz
from ipaddress import ip_address

from voicesim.call.events import HttpState
from voicesim.line.hop import Headers
from voicesim.line.urls import Url

MOST_COOKIES = 50
LONGEST_COOKIE = 4_096
"""Bytes of name and value together."""

_SHOWN = 60
_LONG_AGO = 1_577_836_800.0  # 2020-01-01: what "now" must be at least, when the answer has no Date
_CONTROL = re.compile(r"[\x00-\x1f\x7f]|[^\x00-\xff]")
_BREAKING = re.compile(r"[\t\r\n\v\f]")
"""In a cookie's name or value, or no name before the "=": 11206 in Twilio's error dictionary."""

Cookie = tuple[str, str, str, str, bool]
"""Domain (".example.com" also for hosts below it, "example.com" for it alone), path, name, value,
and whether it is for https only."""


class BrokenCookieError(ValueError):
    """A cookie that breaks the request at Twilio; the text is the rest of a sentence."""


@dataclass(slots=True)
class Jar:
    """The cookies of one call while a webhook is under way."""

    state: HttpState

    def header(self, url: Url) -> str:
        """The value of the Cookie header for ``url``; "" when none applies."""
        if not self.state.cookies:
            return ""
        fitting = [cookie for cookie in self.state.cookies if _fits(cookie, url)]
        fitting.sort(key=lambda cookie: -len(cookie[1]))  # the more specific path first
        return "; ".join(f"{name}={value}" for _, _, name, value, _ in fitting)

    def unsent(self, url: Url) -> str:
        """Which cookies there are, where none of them goes to ``url``, and why; "" otherwise."""
        cookies = self.state.cookies
        if not cookies or any(_fits(cookie, url) for cookie in cookies):
            return ""
        domain, path, name, _, secure = cookies[0]
        only = f"{domain}{path}" + (" over https" if secure and url.scheme != "https" else "")
        others = f" and {len(cookies) - 1} more" if len(cookies) > 1 else ""
        return f"the cookie {name[:_SHOWN]!r}{others} that this call was given: it is for {only}"

    def store(self, url: Url, headers: Headers) -> list[str]:
        """Take in the Set-Cookie headers of an answer from ``url``.

        Returns why some are not kept, each reason once, as the rest of a sentence that begins with
        the URL. Raises BrokenCookieError for one that Twilio gives up the request for.
        """
        lines = [value for name, value in headers if name.lower() == "set-cookie"]
        if not lines:
            return []
        now = _date(next((value for name, value in headers if name.lower() == "date"), ""))
        complaints: dict[str, None] = {}
        cookies = {(c[0].lstrip("."), c[1], c[2]): c for c in self.state.cookies}
        for line in lines:
            complaint = _take(line, url, max(now or _LONG_AGO, _LONG_AGO), cookies)
            if complaint:
                complaints[complaint] = None
        kept = tuple(cookies.values())
        if kept != self.state.cookies:
            self.state = replace(self.state, cookies=kept)
        return list(complaints)


def _take(line: str, url: Url, now: float, cookies: dict[tuple[str, str, str], Cookie]) -> str:
    """Apply one Set-Cookie line to ``cookies``; return the complaint about it or ""."""
    pair, *rest = line.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    _refuse(pair.strip())
    if _CONTROL.search(line):
        return "set a cookie with a control character in it, which is not kept"
    if not equals:
        return "set a cookie that is no name=value, which is not kept"
    if len(name) + len(value) > LONGEST_COOKIE:
        return f"set a cookie of more than {LONGEST_COOKIE} bytes, which is not kept"
    attributes = {}
    for attribute in rest:
        key, _, content = attribute.partition("=")
        attributes[key.strip().lower()] = content.strip()
    domain = _domain(attributes.get("domain", ""), url.name)
    if not domain:
        return "set a cookie for a domain that is not its own, which is not kept"
    path = attributes.get("path", "")
    if not path.startswith("/"):
        path = url.path.rpartition("/")[0] or "/"
    kept_as = domain.lstrip("."), path, name
    if _gone(attributes, now):
        cookies.pop(kept_as, None)
        return ""
    if kept_as not in cookies and len(cookies) >= MOST_COOKIES:
        return f"set more than {MOST_COOKIES} cookies in one call; the rest are not kept"
    cookies[kept_as] = (domain, path, name, value, "secure" in attributes)
    return ""


def _refuse(pair: str) -> None:
    """Raise BrokenCookieError where Twilio gives up the request for a cookie's name or value."""
    if pair.startswith("="):
        raise BrokenCookieError("set a cookie without a name, which breaks Twilio's request")
    if _BREAKING.search(pair):
        what = "a tab or a line break in its name or value"
        raise BrokenCookieError(f"set a cookie with {what}, which breaks Twilio's request")


def _domain(wanted: str, host: str) -> str:
    """The domain to keep for a cookie from ``host`` that asked for ``wanted``; "" for none."""
    wanted = wanted.lstrip(".").rstrip(".").lower()
    if not wanted or (wanted == host and ("." not in host or _is_address(host))):
        return host
    if "." in wanted and not _is_address(host) and _within(host, wanted):
        return "." + wanted
    return ""


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _fits(cookie: Cookie, url: Url) -> bool:
    domain, path, _, _, secure = cookie
    host = url.name
    if not (_within(host, domain[1:]) if domain.startswith(".") else host == domain):
        return False
    if secure and url.scheme != "https":
        return False
    asked = url.path
    return asked == path or (
        asked.startswith(path) and (path.endswith("/") or asked[len(path)] == "/")
    )


def _gone(attributes: dict[str, str], now: float) -> bool:
    """Whether the attributes say that the cookie is to be deleted. Max-Age wins over Expires."""
    age = attributes.get("max-age", "")
    if re.fullmatch(r"-?[0-9]+", age):
        return age.startswith("-") or not age.strip("0")
    expires = _date(attributes.get("expires", ""))
    return expires is not None and expires <= now


def _date(text: str) -> float | None:
    """Seconds since 1970 of an HTTP date; None when it is none."""
    try:
        parsed = parsedate_tz(text)
        return None if parsed is None else float(mktime_tz(parsed))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
