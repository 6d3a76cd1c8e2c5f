"""A cache of what was worked out from texts, which a hostile agent cannot fill.

A thousand entries are little while an agent's URLs and prompts are of usual length; of sixty
kilobytes each they are hundreds of megabytes. What is long is worked out anew each time.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
LONGEST = 1024
"""Characters, or bytes, of what is kept."""


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``most`` results of a function of texts, bytes or short tuples of these."""

    def decorate(work: Callable[P, T]) -> Callable[P, T]:
        kept = cast("Callable[P, T]", lru_cache(maxsize=most)(work))

        @wraps(work)
        def short(*args: P.args, **kwargs: P.kwargs) -> T:
            for text in args:
                if len(text) > LONGEST:  # type: ignore[arg-type]
                    return work(*args, **kwargs)
            return kept(*args, **kwargs)

        return short

    return decorate


class _Kept(dict[str, T]):
    """What was worked out of each text; emptied when it is full."""

    def __init__(self, work: Callable[[str], T], most: int) -> None:
        self._work: Callable[[str], T] = work
        self._most = most

    def __missing__(self, text: str) -> T:
        worked_out = self._work(text)
        if len(text) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[text] = worked_out
        return worked_out


def kept(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Keep up to ``most`` results of a function of one text: a look-up costs next to nothing."""

    def decorate(work: Callable[[str], T]) -> Callable[[str], T]:
        return _Kept(work, most).__getitem__

    return decorate
