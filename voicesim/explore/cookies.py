"""Whether a cookie that does not come back matters: the same once more, with it sent all over."""

from dataclasses import dataclass, fields, replace
from typing import Self

from voicesim.base.hosts import host_of
from voicesim.call.events import SendWebhook
from voicesim.line.policy import Exchange, Policy


@dataclass(frozen=True, slots=True)
class Everywhere(Policy):
    """A policy that sends every cookie of a call with each of its webhooks, wherever it is for."""

    @classmethod
    def like(cls, policy: Policy) -> Self:
        """The same but for cookies."""
        return cls(**{f.name: getattr(policy, f.name) for f in fields(policy) if f.init})

    def exchange(self, webhook: SendWebhook) -> Exchange:
        """Begin one webhook."""
        host = host_of(webhook.url)
        kept = webhook.state.cookies
        cookies = tuple((host, "/", name, value, False) for _, _, name, value, _ in kept)
        state = replace(webhook.state, cookies=cookies)  # logged in where it was
        return Exchange(self, webhook._replace(state=state))
