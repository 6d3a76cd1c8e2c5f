from voicesim.twilio.vocabulary import ELEMENTS, LIBRARY, PLACES, RESPONSE, SSML


def test_an_element_may_differ_from_place_to_place() -> None:
    dialled = ELEMENTS["Dial"].children["Sip"]
    referred = ELEMENTS["Refer"].children["Sip"]
    assert dialled.name == referred.name == "Sip"
    assert "username" in dialled.attributes
    assert not referred.attributes


def test_gather_holds_only_what_is_heard() -> None:
    assert set(ELEMENTS["Gather"].children) == {"Say", "Play", "Pause"}
    assert not ELEMENTS["Gather"].has_text


def test_ssml_is_spoken_and_nests() -> None:
    assert {element.name for element in ELEMENTS.values() if element.spoken} == SSML
    prosody = ELEMENTS["Say"].children["prosody"]
    assert prosody.children["prosody"] is prosody


def test_what_only_the_documentation_knows_is_apart() -> None:
    assert "callReason" in ELEMENTS["Dial"].attributes
    assert "callReason" not in LIBRARY["Dial"].attributes


def test_each_name_is_one_string() -> None:
    kept: dict[str, str] = {}
    for element in ELEMENTS.values():
        for name, same in element.attributes.items():
            assert name is same
            assert kept.setdefault(name, name) is name


def test_every_element_has_its_place() -> None:
    assert PLACES["Say"] == ("Gather", "Prompt", "Response")
    assert PLACES["Sip"] == ("Dial", "Refer")
    assert set(PLACES) == {element.name for element in ELEMENTS.values()} - {RESPONSE.name}
    assert all(PLACES.values())
