"""How documents are read where Twilio's pages are silent: one choice each, the default first.

docs/twilio.md says what each stands for; ``--assume NAME=VALUE`` makes another one.
"""

from typing import Final, Literal, NamedTuple


class Reading(NamedTuple):
    """The choices; one object serves all documents of a run."""

    bad_value: Literal["default", "skipped", "ends"] = "default"
    """A value that is not taken: the default is used, its element skipped, or the call ended."""
    value_error: Literal["ends", "warns"] = "ends"
    """An ERROR about a value: the whole document is given up, or only the value."""
    empty_value: Literal["default", "error"] = "default"
    """An empty value whose code is an ERROR: 12200 and the default, or that ERROR."""
    loose_value: Literal["default", "error"] = "default"
    """A loose spelling (``1`` for true, commas in a list) whose code is an ERROR: likewise."""
    bad_url: Literal["later", "at_once"] = "later"
    """A Redirect, Play or Stream that leads nowhere: an ERROR when it is reached, or at once."""
    raw_characters: Literal["refused", "encoded"] = "refused"
    """A space, or another character that a URL holds only encoded: the line has the same name."""
    unknown_element: Literal["skipped", "children"] = "skipped"
    """An element that is unknown or out of place: skipped whole, or what is in it is read."""
    words: Literal["any_case", "exact"] = "any_case"
    """Words of values, such as ``GET`` and ``true``."""
    charset: Literal["heeded", "ignored"] = "heeded"
    """A charset in the Content-Type of a document that does not say how it is encoded."""
    doctype: Literal["skipped", "refused"] = "skipped"
    """A ``<!DOCTYPE>`` that declares nothing of its own."""
    long_say: Literal["cut", "whole", "nothing"] = "cut"
    """What is spoken of a Say that is over a limit."""


USUAL: Final = Reading()
