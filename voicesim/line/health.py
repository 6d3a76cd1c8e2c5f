"""Whether an agent is there at all, and well, before anybody rings."""

from collections.abc import Mapping

import requests

from voicesim.line.named import origin_of

TIMEOUT_S = 5.0
HEALTH_PATH = "/healthz"
ILL = frozenset({500, 502, 503, 504})


def unreachable(
    host: str, health_path: str | None, headers: Mapping[str, str] | None = None
) -> str:
    """Why the agent at ``host`` cannot be tested, or "".

    At a path of its own it must answer 2xx. Without one /healthz is tried: an agent that does not
    know it is taken as well, one that says there that it is ill is not.
    """
    url = origin_of(host) + (health_path or HEALTH_PATH)
    try:
        answer = requests.get(url, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
    except requests.RequestException as error:
        return f"{origin_of(host)} is unreachable: {type(error).__name__}; is the agent running?"
    status = answer.status_code
    if status in ILL or (health_path and not 200 <= status <= 299):
        return f"{url} says that the agent is not healthy: status {status}"
    return ""
