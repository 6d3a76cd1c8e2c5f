"""Who may not ask Locust's web server for voicesim's page, nor start or stop a run over it.

Locust itself lets every site read its figures; what agents said, and what is called, is nobody
else's business.
"""

from collections.abc import Callable
from socket import gethostname

from flask import abort, request
from locust.web import WebUI

from voicesim.base.hosts import host_of, is_address, is_loopback

CHANGING = frozenset(("locust.swarm", "locust.stop", "locust.reset_stats"))
"""Locust's routes that do something."""
OF_ITSELF = frozenset(("same-origin", "none"))
"""What browsers say (Sec-Fetch-Site) of a request that no other site made."""


def refusing(web_ui: WebUI, blueprint: str) -> Callable[[], None]:
    """To be called before each request: refuses strangers on ``blueprint`` and what changes."""
    bound = host_of(f"//{web_ui.host or ''}")

    def refuse() -> None:
        if request.endpoint not in CHANGING and request.blueprint != blueprint:
            return
        if not _from_here():
            abort(403, f"a page of another site asked, or a proxy hid the name {request.host}")
        if not (web_ui.web_login or _own(bound)):
            abort(403, f"{request.host} is not this machine's name; behind a proxy use --web-login")

    return refuse


def _from_here() -> bool:
    """Whether no script or form of another site asks."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site and request.endpoint in CHANGING:
        return site in OF_ITSELF
    origin = request.headers.get("Origin", "")
    return not origin or origin.partition("//")[2] == request.host


def _own(bound: str) -> bool:
    """Whether who asks from this machine does so by one of its names, or by that of ``bound``.

    Else a site's name was made to lead here (DNS rebinding). Behind a proxy on this machine it
    takes a login to tell.
    """
    if not is_loopback(request.remote_addr or ""):
        return True
    name = host_of(f"//{request.host}")
    return is_loopback(name) or is_address(name) or name in (gethostname().lower(), bound or None)
