from importlib.resources import files
from pathlib import PurePath

import pytest

from voicesim.base.errors import ConfigError
from voicesim.caller.models import Goal, Style
from voicesim.config.callers import parse_catalogue, parse_persona, parse_scenario

SCENARIOS = {
    *("quick_booking", "detailed_booking", "unclear_speech", "international_caller"),
    *("reschedule_request", "elderly_caller", "empty_speech", "very_long_speech"),
    *("special_characters", "numbers_only", "keypad", "changes_mind"),
    *("cancel_appointment", "opening_hours", "asks_for_person", "wrong_number"),
    *("late_callbacks", "nobody_answers", "survey"),
    *("menu_sales", "menu_support", "menu_billing", "menu_opening_hours"),
}
PERSONAS = {
    *("standard", "hurried", "elderly", "unclear_speech", "quiet", "angry", "silent"),
    *("international", "international_in", "international_de", "international_mx"),
    *("international_fr", "dtmf_only", "verbose"),
}


def _texts(kind: str) -> dict[str, str]:
    folder = files("voicesim") / "data" / kind
    found = (path for path in folder.iterdir() if path.name.endswith(".toml"))
    return {f"{kind}/{path.name}": path.read_text(encoding="utf-8") for path in found}


def _mistakes(kind: str, name: str, *changes: tuple[str, str]) -> list[str]:
    """What is said of a shipped file with ``changes`` made to its text."""
    file = f"{kind}/{name}.toml"
    text = _texts(kind)[file]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    parse = parse_persona if kind == "personas" else parse_scenario
    with pytest.raises(ConfigError) as caught:
        parse(text, file)
    assert str(caught.value) == "\n".join(caught.value.messages)
    return caught.value.messages


def test_everything_shipped_parses() -> None:
    catalogue = parse_catalogue(_texts("personas"), _texts("scenarios"))
    assert set(catalogue.personas) == PERSONAS
    assert set(catalogue.scenarios) == SCENARIOS
    quick = catalogue.scenarios["quick_booking"]
    assert (quick.goal, quick.style, quick.persona) == (Goal.BOOK, Style.ALL_AT_ONCE, "standard")
    assert catalogue.personas["unclear_speech"].recogniser.word_error_rate == 0.35
    assert catalogue.personas["elderly"].pace == 0.8


def test_shares_that_do_not_add_up_are_told_beside_all_else() -> None:
    messages = _mistakes(
        "personas",
        "elderly",
        ("pace = 0.8", "pace = 7"),
        ("patience = 6", "patience = 0"),
        ('country = "US"', 'country = "QQ"'),
        ('locale = "en_US"', 'locale = "en_QQ"'),
        ("substitutions = 0.73", "substitutions = 0.93"),
    )
    assert sorted(message.split(": ")[1] for message in messages) == [
        *("country", "locale", "pace", "patience", "recogniser"),
    ]


def test_a_scenarios_persona_is_looked_for_whatever_else_is_wrong() -> None:
    scenarios = _texts("scenarios")
    file = "scenarios/quick_booking.toml"
    wrong = scenarios[file].replace('goal = "book"', 'goal = "buy"')
    wrong = wrong.replace('persona = "standard"', 'persona = "standart"')
    with pytest.raises(ConfigError) as caught:
        parse_catalogue(_texts("personas"), {file: wrong})
    assert [message.split(": ")[1] for message in caught.value.messages] == ["goal", "persona"]
    assert caught.value.messages[1].endswith("did you mean 'standard'?")


def test_five_mistakes_give_five_messages() -> None:
    messages = _mistakes(
        "personas",
        "elderly",
        ("pace = 0.8", "pace = 7"),
        ("\nbarge_in_rate = 0.0", "\nbarge_in_rat = 0.0"),
        ('locale = "en_US"', "locale = 3"),
        ('name = "elderly"', 'name = "old"'),
    )
    assert sorted(messages) == [
        "personas/elderly.toml: barge_in_rat: is not known; did you mean 'barge_in_rate'?",
        "personas/elderly.toml: barge_in_rate: is missing; add it",
        "personas/elderly.toml: locale: must be a text in quotes (is 3)",
        "personas/elderly.toml: name: must be the file's name, 'elderly' (is 'old')",
        "personas/elderly.toml: pace: must be between 0.2 and 3 (is 7)",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pace = 0.8", 'pace = "fast"', "pace: must be a number (is 'fast')"),
        ("patience = 6", "patience = 0", "patience: must be between 1 and 50 (is 0)"),
        (
            "confidence_mean = 0.85",
            "confidence_mean = 1.0",
            "recogniser.confidence_mean: must be more than 0 and less than 1 (is 1.0)",
        ),
        (
            "word_error_rate = 0.036",
            "word_error_rate = -1",
            "recogniser.word_error_rate: must be between 0 and 0.8 (is -1)",
        ),
        ('name = "elderly"', 'name = "old"', "name: must be the file's name, 'elderly' (is 'old')"),
        (
            'country = "US"',
            'country = "XX"',
            "country: has no safe numbers here; take one of US, CA, GB, AU, FR, DE, IE, IN, MX, ES",
        ),
        (
            'country = "US"',
            'country = "usa"',
            "country: must look like ^[A-Z]{2}$ (is 'usa')",
        ),
        (
            'country = "US"',
            'country = "US"\nlanguages = ["en", "xx"]',
            "languages.1: must be 'en', 'es', 'fr' or 'de' (is 'xx')",
        ),
        (
            'country = "US"',
            'country = "US"\nlanguages = []',
            "languages: must not be empty; leave it out for the default",
        ),
        (
            'locale = "en_US"',
            'locale = "en_USA"',
            "locale: Faker has no locale 'en_USA'; did you mean 'en_US'?",
        ),
        (
            'pace = "JSHR',
            'paces = "JSHR',
            'sources."pace": is missing; say where it comes from, or "assumption"',
        ),
        ("pace = 0.8", "pace = 0,8", "is not TOML: "),
        ("[recogniser]", "[recognizer]", "recogniser: is missing; add it"),
    ],
)
def test_a_mistake_in_a_persona(old: str, new: str, message: str) -> None:
    messages = _mistakes("personas", "elderly", (old, new))
    separator = ": "
    assert any(found.startswith(f"personas/elderly.toml{separator}{message}") for found in messages)


@pytest.mark.parametrize(
    ("name", "old", "new", "messages"),
    [
        (
            "numbers_only",
            'goal = "odd_input"',
            'goal = "buy"',
            [
                "goal: must be 'book', 'reschedule', 'cancel', 'opening_hours', 'person',"
                " 'wrong_number', 'survey', 'menu' or 'odd_input' (is 'buy')"
            ],
        ),
        (
            "opening_hours",
            'persona = "standard"',
            'persona = "standard"\nchanges_mind = true',
            ["changes_mind: is for the goals book and reschedule; take it out"],
        ),
        (
            "quick_booking",
            'goal = "book"',
            'goal = "odd_input"',
            ["odd: is missing; the goal odd_input needs at least one [[odd]]"],
        ),
        (
            "numbers_only",
            'goal = "odd_input"',
            'goal = "book"',
            ["odd: is for the goal odd_input only; take it out"],
        ),
        (
            "menu_sales",
            'seeks = "sales"',
            "",
            [
                "seeks: is missing; the goal menu needs one of sales, support, billing, "
                "opening_hours"
            ],
        ),
        (
            "menu_sales",
            'goal = "menu"',
            'goal = "survey"',
            ["seeks: is for the goal menu only; take it out"],
        ),
        (
            "menu_sales",
            'seeks = "sales"',
            'seeks = "sale"',
            ["seeks: must be 'sales', 'support', 'billing' or 'opening_hours' (is 'sale')"],
        ),
        (
            "very_long_speech",
            "times = 65",
            "times = 0",
            ["odd.1.times: must be between 1 and 10000 (is 0)"],
        ),
        (
            "very_long_speech",
            "times = 65",
            "time = 65",
            ["odd.1.time: is not known; did you mean 'times'?"],
        ),
        (
            "empty_speech",
            "confidence = 0.0",
            "confidence = 2",
            ["odd.0.confidence: must be between 0 and 1 (is 2)"],
        ),
        (
            "detailed_booking",
            'reasons = ["a dental cleaning", "a check-up", "a follow-up visit", "a consultation"]',
            "reasons = []",
            ["reasons: must not be empty; leave it out for the default"],
        ),
        ("quick_booking", 'persona = "standard"', "", ["persona: is missing; add it"]),
        (
            "quick_booking",
            'persona = "standard"',
            'persona = "standard"\nnetwork = {dial_statuses = [], dial_ring_s = -1, wait_s = 3}',
            [
                "network.dial_ring_s: must be between 0 and 3600 (is -1)",
                "network.wait_s: is not known; did you mean 'queue_wait_s'?",
                "network.dial_statuses: must not be empty; leave it out",
            ],
        ),
        ("quick_booking", '"Books an', '"" # "', ["description: must not be empty"]),
    ],
)
def test_a_mistake_in_a_scenario(name: str, old: str, new: str, messages: list[str]) -> None:
    expected = [f"scenarios/{name}.toml: {message}" for message in messages]
    assert _mistakes("scenarios", name, (old, new)) == expected


def test_mistakes_of_all_files_come_together() -> None:
    personas, scenarios = _texts("personas"), _texts("scenarios")
    personas["personas/standard.toml"] = "name ="
    file = "scenarios/quick_booking.toml"
    scenarios[file] = scenarios[file].replace('"standard"', '"standart"')
    with pytest.raises(ConfigError) as caught:
        parse_catalogue(personas, scenarios)
    first, second = caught.value.messages
    assert first.startswith("personas/standard.toml: is not TOML: ")
    assert second == f"{file}: persona: there is no persona 'standart'; did you mean 'standard'?"


@pytest.mark.parametrize("other", ["elderly_", "elderly__man", "elderly_man_", "elderly_man"])
def test_two_personas_that_locust_would_take_for_one(other: str) -> None:
    personas, scenarios = _texts("personas"), _texts("scenarios")
    elderly = personas["personas/elderly.toml"]
    mine, yours = "mine/elderly_man.toml", f"yours/{other}.toml"
    for file in (mine, yours):
        name = PurePath(file).stem
        personas[file] = elderly.replace('name = "elderly"', f'name = "{name}"')
    first = "personas/elderly.toml" if other == "elderly_" else mine
    with pytest.raises(ConfigError) as caught:
        parse_catalogue(personas, scenarios)
    (message,) = caught.value.messages
    called = "ElderlyCaller" if other == "elderly_" else "ElderlyManCaller"
    assert message == f"{yours}: name: is {called} to Locust, as {first} is; take another"


def test_the_kinds_of_errors_add_up() -> None:
    assert _mistakes("personas", "elderly", ("deletions = 0.12", "deletions = 0.2")) == [
        "personas/elderly.toml: recogniser: substitutions, deletions and insertions"
        " must add up to 1 (are 1.08)"
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"word_error_rate = 0.036": "word_error_rate = 0.85"},
            ["word_error_rate: must be between 0 and 0.8 (is 0.85)"],
        ),
        (
            {"confidence_mean = 0.85": "confidence_mean = 0.999"},
            ["confidence_mean: 0.97 would come out (is 0.999), {why}"],
        ),
        (
            {"word_error_rate = 0.036": "word_error_rate = 0.2", "mean = 0.85": "mean = 0.97"},
            ["confidence_mean: 0.95 would come out (is 0.97), {why}"],
        ),
        (
            {"mean = 0.85": "mean = 0.05", "tie = 0.5": "tie = 1", "0.036": "0.5"},
            ["confidence_mean: 0.12 would come out (is 0.05), {why}"],
        ),
    ],
)
def test_a_recogniser_does_as_it_is_told_or_the_file_says_why_not(
    changes: dict[str, str], said: list[str]
) -> None:
    why = (
        "since an utterance's own stays between 0.05 and 0.98; lower confidence_tie or"
        " word_error_rate, or write another mean"
    )
    expected = [f"personas/elderly.toml: recogniser.{line.format(why=why)}" for line in said]
    assert _mistakes("personas", "elderly", *changes.items()) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"word_error_rate = 0.036": "word_error_rate = 0.8"},
        {"word_error_rate = 0.036": "word_error_rate = 0"},
        {"mean = 0.85": "mean = 0.95"},
        {"word_error_rate = 0.036": "word_error_rate = 0.2", "mean = 0.85": "mean = 0.9"},
        {"mean = 0.85": "mean = 0.97", "tie = 0.5": "tie = 0"},
    ],
)
def test_a_recogniser_that_can_do_as_it_is_told_is_taken(changes: dict[str, str]) -> None:
    text = _texts("personas")["personas/elderly.toml"]
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    parse_persona(text, "personas/elderly.toml")
