"""The pieces that an utterance is made of."""

from typing import NamedTuple


class Part(NamedTuple):
    """A piece of an utterance; ``field`` names the fact it tells ("" for none)."""

    text: str
    field: str = ""
