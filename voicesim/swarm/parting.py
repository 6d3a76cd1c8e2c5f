"""A worker's last words are on their way before its process is gone."""

from locust.rpc.zmqrpc import Client

LAST_WORDS_S = 5.0
"""How long a worker that ends waits for a master that does not take in what it said last. After
this many seconds of silence Locust's master takes it for missing, whatever comes then."""


def part(client: Client) -> None:
    """Close a worker's connection once all that was said is sent, or ``LAST_WORDS_S`` are over.

    ZeroMQ sends in a thread of its own, and what that has not sent when the process exits is gone:
    on a busy machine the last counts and that the worker is drained, so that the master waits for
    it in vain, and its calls are lost.
    """
    client.close(linger=round(LAST_WORDS_S * 1000))
    client.socket.context.term()
