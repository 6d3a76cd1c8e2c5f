"""Agents in many styles are not blamed; broken in one place, each is found there and named."""

import pytest

from tests.unit.explore.agents import STYLES
from tests.unit.explore.dialogues import Fields, errors, found

SPIN = "<Redirect>/spin</Redirect>"
DEFECTS = {
    "a server error": (500, "11217"),
    "a dead link": ("<Redirect>/nowhere</Redirect>", "11217"),
    "a loop": (SPIN, "goes-on-alone"),
    "a placeholder": ("<Say>Thank you, undefined. Goodbye.</Say>", "placeholder-read"),
}
KNOWN = [name for name in STYLES if name not in ("a pin", "a pizza", "a queue with a tape")]
"""Those in which the broken step was surely offered and more is expected of it."""


def broken(name: str, instead: str | int) -> dict[str, tuple[str, ...]]:
    """The ERRORs of the agent that answers ``instead`` where it is broken."""
    style = STYLES[name]

    def agent(path: str, fields: Fields) -> str | int:
        if path == "/nowhere":
            return 404
        if path == "/spin":
            return SPIN
        return instead if style.breaks(path, fields) else style.agent(path, fields)

    return errors(agent)


@pytest.mark.parametrize("name", STYLES)
def test_a_sound_agent_is_not_blamed(name: str) -> None:
    warned = {("cut-off", "WARNING")} if name == "a queue with a tape" else set()
    assert set(found(STYLES[name].agent)) - warned == set()


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("name", STYLES)
def test_a_defect_is_found_at_its_place(name: str, defect: str) -> None:
    instead, code = DEFECTS[defect]
    met = broken(name, instead)
    assert set(met) == {code}
    assert met[code][-1] == STYLES[name].way


@pytest.mark.parametrize("name", KNOWN)
def test_being_cut_off_at_what_was_offered_is_found(name: str) -> None:
    met = broken(name, "<Hangup/>")
    assert {code: way[-1] for code, way in met.items()} == {"cut-off": STYLES[name].way}


@pytest.mark.parametrize("name", ["keys or words", "counted tries", "two languages", "marks"])
def test_an_option_that_leads_straight_back_is_found(name: str) -> None:
    met = broken(name, "<Redirect>/voice</Redirect>")
    assert {code: way[-1] for code, way in met.items()} == {"option-unhandled": STYLES[name].way}
