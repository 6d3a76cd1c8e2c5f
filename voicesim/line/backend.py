"""What the driver needs of the network: a clock, and a way to send hops and wait for results."""

from typing import Protocol

from voicesim.line.hop import Hop, HopResult


class Backend(Protocol):
    """Carries hops. The real one is transport.GeventBackend, the fake one fake.FakeBackend."""

    @property
    def pending(self) -> int:
        """How many hops were sent whose results were not handed out yet."""

    def now(self) -> float:
        """The backend's clock, in seconds from some fixed point."""

    def send(self, id: int, hop: Hop) -> None:  # noqa: A002 - the contract's name
        """Start ``hop``; its result comes out of ``wait`` under ``id``."""

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        """The results that are there, as soon as there is at least one.

        Empty when the clock reaches ``until`` first. With ``until`` None only a result ends the
        wait; then it is empty at once when nothing is pending.
        """

    def close(self) -> None:
        """Give up everything pending and free what is held."""
