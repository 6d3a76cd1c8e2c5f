"""Whatever an agent says: a caller never fails, always ends, and repeats itself from its seed."""

from datetime import date
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.making import make_caller
from voicesim.caller.names import names_of
from voicesim.caller.understanding import understand
from voicesim.config.callers import parse_catalogue

TODAY = date(2026, 3, 4)
WORDS = (
    *("what", "is", "your", "name", "phone", "number", "day", "time", "Tuesday", "3 PM", "please"),
    *("press", "1", "2", "for", "to", "book", "booked", "you", "are", "correct", "right", "yes"),
    *("or", "no", "anything else", "goodbye", "not available", "sorry", "again", "416 555 0142"),
    *("?", ".", ",", "I have", "Jane Doe", "current appointment", "spell", "change", "a.m."),
)


def _texts(kind: str) -> dict[str, str]:
    folder = files("voicesim") / "data" / kind
    found = (path for path in folder.iterdir() if path.name.endswith(".toml"))
    return {path.name: path.read_text(encoding="utf-8") for path in found}


CATALOGUE = parse_catalogue(_texts("personas"), _texts("scenarios"))
for one in CATALOGUE.personas.values():
    names_of(one.locale)  # reads its lists once, which takes longer than an example may
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
)
LISTENINGS = st.one_of(
    st.none(),
    st.builds(
        Listening,
        speech=st.booleans(),
        dtmf=st.booleans(),
        timeout_s=st.floats(0, 60),
        num_digits=st.none() | st.integers(1, 20),
        finish_on_key=st.sampled_from(("#", "*", "")),
        barge_in=st.booleans(),
        recording=st.booleans(),
    ),
)
PROMPTS = st.builds(Prompt, text=TEXTS, duration_s=st.floats(0, 60), listening=LISTENINGS)
PERSONAS = st.sampled_from(sorted(CATALOGUE.personas))
SCENARIOS = st.sampled_from(sorted(CATALOGUE.scenarios))


def _caller(persona: str, scenario: str, index: int) -> GoalCaller:
    draws = Draws(1, index)
    return make_caller(CATALOGUE.personas[persona], CATALOGUE.scenarios[scenario], draws, TODAY)[0]


def _talk(caller: GoalCaller, prompts: list[Prompt]) -> list[Reply]:
    """Say ``prompts`` over and over until the caller hangs up."""
    replies: list[Reply] = []
    while not (replies and replies[-1].hangs_up):
        replies.append(caller.hear(prompts[len(replies) % len(prompts)]))
        assert len(replies) <= 12 * 8 + 2
    return replies


@given(st.lists(PROMPTS, min_size=1, max_size=8), PERSONAS, SCENARIOS, st.integers(0, 99))
def test_a_caller_always_hangs_up_and_always_has_an_opinion(
    prompts: list[Prompt], persona: str, scenario: str, index: int
) -> None:
    caller = _caller(persona, scenario, index)
    replies = _talk(caller, prompts)
    assert replies[-1].why
    for reply in replies:
        assert not (reply.speech and reply.digits)
        assert set(reply.digits) <= set("0123456789*#")
    caller.opinion()


@given(st.lists(PROMPTS, min_size=1, max_size=4), PERSONAS, SCENARIOS, st.integers(0, 99))
def test_the_same_seed_gives_the_same_replies(
    prompts: list[Prompt], persona: str, scenario: str, index: int
) -> None:
    one, other = (_caller(persona, scenario, index) for _ in range(2))
    for prompt in prompts * 3:
        assert one.hear(prompt) == other.hear(prompt)
    assert one.opinion() == other.opinion()


@settings(deadline=10_000)
@given(st.sampled_from(WORDS), st.integers(1, 20_000))
def test_no_prompt_takes_long_to_understand(word: str, times: int) -> None:
    understand(f"{word} " * times)
