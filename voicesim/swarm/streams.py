"""Which worker counts its calls in which stream: no two workers of a run in the same one."""

from voicesim.caller.names import STREAMS

NONE_LEFT = (
    f"a worker lets no call arrive: there were {STREAMS} in this run already, those that are gone"
    " included"
)


def deal(dealt: dict[str, int], worker: str) -> int | None:
    """The stream of ``worker``, which keeps it; None when all are taken.

    ``dealt`` are the streams of this run by worker, and gains its. One whose worker is gone is not
    dealt out again: its call numbers, and so its callers, would come twice.
    """
    if worker not in dealt:
        if len(dealt) >= STREAMS:
            return None
        dealt[worker] = len(dealt)
    return dealt[worker]
