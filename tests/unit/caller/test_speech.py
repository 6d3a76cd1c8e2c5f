from statistics import mean

from voicesim.base.draws import Draws
from voicesim.caller.checking import same
from voicesim.caller.models import Odd, Persona
from voicesim.caller.parts import Part
from voicesim.caller.speech import Spoken, utter, utter_odd
from voicesim.config.callers import Catalogue

PARTS = (Part("My name is "), Part("Jane Doe", "name"), Part("."))
LONG = (Part("one two three four five six seven eight nine ten " * 20),)


def _with_rate(persona: Persona, rate: float) -> Persona:
    recogniser = persona.recogniser.model_copy(update={"word_error_rate": rate})
    return persona.model_copy(update={"recogniser": recogniser})


def _say(persona: Persona, seed: int, times: int = 0) -> Spoken:
    return utter(PARTS, persona, Draws(seed, 7), 2, times)


def test_without_errors_all_is_reported_as_meant(calm: Persona) -> None:
    spoken = _say(calm, 1)
    assert spoken.speech.meant == spoken.speech.reported == "My name is Jane Doe."
    assert spoken.reported == {"name": "Jane Doe"}
    assert spoken.speech.duration_s == 2.0  # five words at 2.5 a second


def test_the_same_seed_says_the_same_and_another_another(catalogue: Catalogue) -> None:
    persona = catalogue.personas["unclear_speech"]
    assert _say(persona, 1) == _say(persona, 1)
    assert len({_say(persona, seed).speech.reported for seed in range(20)}) > 5


def test_words_go_wrong_as_often_as_the_persona_says(calm: Persona) -> None:
    meant = LONG[0].text.split()
    for rate in (0.05, 0.35):
        speech = utter(LONG, _with_rate(calm, rate), Draws(1, 1), 0, 0).speech
        reported = (speech.reported or "").split()
        kept = sum(reported.count(word) >= meant.count(word) for word in set(meant))
        assert kept < 10
        assert abs(len(reported) - len(meant)) < 30
    wrong = utter(LONG, _with_rate(calm, 1.0), Draws(1, 1), 0, 0).speech
    assert not set((wrong.reported or "").split()[:3]) & {"four", "six"}


def test_words_of_small_sets_go_wrong_a_tenth_as_often(calm: Persona) -> None:
    persona = _with_rate(calm, 0.35)

    def wrong(field: str, text: str = "Tuesday") -> float:
        spoken = [utter((Part(text, field),), persona, Draws(s, 1), 0, 0) for s in range(4000)]
        return sum(one.reported[field] != text for one in spoken) / len(spoken)

    others = wrong("name")
    assert 0.45 < others < 0.6
    for field in ("day", "time", "old_day", "old_time"):
        assert 0.08 < wrong(field) / others < 0.12
    digit = wrong("phone", "5")
    assert 0.08 < digit / others < 0.12
    assert 0.9 < (1 - wrong("phone", "416-555-0142")) / (1 - digit) ** 10 < 1.1


def test_a_standard_caller_is_rarely_misheard(catalogue: Catalogue) -> None:
    """Name, number, day and time, told once and never read back."""
    persona = catalogue.personas["standard"].model_copy(update={"filler_rate": 0.0})
    told = [("Jane Doe", "name"), ("416-555-0142", "phone"), ("Tuesday", "day"), ("3 pm", "time")]
    parts = tuple(Part(f"{text}, ", field) for text, field in told)
    reports = [utter(parts, persona, Draws(seed, 1), 0, 0).reported for seed in range(2000)]
    wrong = sum(
        any(not same(field, report[field], text) for text, field in told) for report in reports
    )
    assert 0.09 < wrong / len(reports) < 0.16


def test_saying_it_again_is_slower_clearer_and_surer(catalogue: Catalogue) -> None:
    persona = catalogue.personas["unclear_speech"].model_copy(update={"filler_rate": 0.0})

    def says(times: int) -> list[Spoken]:
        return [_say(persona, seed, times) for seed in range(300)]

    first, fourth = says(0), says(3)
    assert fourth[0].speech.duration_s > first[0].speech.duration_s

    def right(spoken: list[Spoken]) -> int:
        return sum(one.speech.reported == one.speech.meant for one in spoken)

    assert right(fourth) > 2 * right(first)
    assert mean(s.speech.confidence or 0 for s in fourth) > mean(
        s.speech.confidence or 0 for s in first
    )


def test_confidence_is_missing_as_often_as_the_persona_says(calm: Persona) -> None:
    missing = calm.recogniser.model_copy(update={"missing_confidence_rate": 1.0})
    persona = calm.model_copy(update={"recogniser": missing})
    assert _say(persona, 1).speech.confidence is None
    values = [_say(calm, seed).speech.confidence for seed in range(200)]
    known = [value for value in values if value is not None]
    assert len(known) == 200
    assert abs(mean(known) - calm.recogniser.confidence_mean) < 0.02


def test_something_is_always_reported(calm: Persona) -> None:
    deaf = _with_rate(calm, 1.0)
    reports = [utter((Part("Yes."),), deaf, Draws(seed, 0), 0, 0).speech for seed in range(99)]
    assert all(speech.reported for speech in reports)
    assert {speech.reported for speech in reports} == {"Yet.", "Yes Yes."}


def test_a_filler_goes_before_and_never_into_a_fact(calm: Persona) -> None:
    persona = calm.model_copy(update={"filler_rate": 1.0})
    assert _say(persona, 1).speech.meant in ("Um, my name is Jane Doe.", "Uh, my name is Jane Doe.")
    day = utter((Part("Tuesday", "day"),), persona, Draws(1, 1), 0, 0)
    assert day.speech.meant.endswith(", Tuesday")
    assert day.reported == {"day": "Tuesday"}


def test_odd_utterances_are_reported_as_written(calm: Persona) -> None:
    absent = utter_odd(Odd(meant="(silence)"), calm)
    assert (absent.reported, absent.confidence) == (None, None)
    empty = utter_odd(Odd(meant="(mumble)", reported="", confidence=0.0), calm)
    assert (empty.reported, empty.confidence) == ("", 0.0)
    long = utter_odd(Odd(meant="a b ", reported="a b ", times=1000), calm)
    assert len(long.reported or "") == 4000
    assert long.duration_s == 10.0
