"""What a caller costs a turn: understand the prompt, answer, be misheard; beside lxml.

Run by ``make bench``. Bookings as the reference agent words them: its questions are the same in
every call; the name in its thanks, the read-back and the confirmation are the caller's own, so that
three of the seven prompts were never heard before. A quarter of the callers is badly understood,
some stumble. Each prompt is beside one parse and walk by lxml of a typical answer, turn about in
one process; the least CPU of many rounds. Exits 1 above GOAL times lxml.
"""

import sys
from datetime import date
from itertools import count
from time import process_time
from timeit import timeit

import static
from lxml import etree

from voicesim import data
from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.making import make_caller
from voicesim.config.callers import parse_catalogue

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
PERSONAS = ("standard", "unclear_speech", "elderly", "international")
SCENARIO = CATALOGUE.scenarios["quick_booking"]
BODY = static.DOCUMENT.replace("$question", static.QUESTIONS[0]).encode()
LISTENING = Listening(speech=True, dtmf=True, timeout_s=6.0)
SAID = (
    "Hello, and thank you for calling. I can book an appointment for you, or move one you have."
    " How can I help you?",
    "Gladly. What is your name, please?",
    "Thank you, {name}. What is your phone number?",
    "Thank you. What day would you like to come?",
    "Thank you. What time would you like to come?",
    "Let me read that back. {name}, with the number {phone}, on {day}, March 3rd, at {time}."
    " Is that correct? Please say yes or no.",
)
CLOSED = (
    "Thank you, {name}. Your appointment is confirmed for {day}, March 3rd, at {time}. Goodbye."
)
PROMPTS = len(SAID) + 1
ROUNDS, CALLS = 60, 40
GOAL = 3.0
Made = list[tuple[GoalCaller, list[Prompt]]]
_numbers = count()


def rung() -> Made:
    """CALLS callers that never rang before, each with the prompts that it will hear."""
    made: Made = []
    for number in (next(_numbers) for _ in range(CALLS)):
        persona = CATALOGUE.personas[PERSONAS[number % len(PERSONAS)]]
        caller, _ = make_caller(persona, SCENARIO, Draws(1, number), date(2026, 3, 2))
        assert isinstance(caller, GoalCaller)
        facts = caller.facts
        own = {key: facts.value(key) for key in ("name", "phone", "day", "time")}
        prompts = [Prompt(text.format(**own), 4.0, listening=LISTENING) for text in SAID]
        made.append((caller, [*prompts, Prompt(CLOSED.format(**own), 4.0)]))
    return made


def ours(made: Made) -> None:
    for caller, prompts in made:
        for prompt in prompts:
            caller.hear(prompt)


def theirs() -> str:
    texts = []
    for element in etree.fromstring(BODY).iter():
        dict(element.attrib)
        if element.tag == "Say":
            texts.append(element.text)
    return " ".join(texts)


def main() -> int:
    made = rung()
    ours(made)
    assert all(caller.opinion().fields[2].reported for caller, _ in made)
    columns: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        made = rung()
        columns[0].append(timeit(lambda made=made: ours(made), timer=process_time, number=1))
        columns[1].append(timeit(theirs, timer=process_time, number=CALLS * PROMPTS))
    ours_us, theirs_us = (min(column) * 1e6 / CALLS / PROMPTS for column in columns)
    ratio = ours_us / theirs_us
    print(
        f"a caller's side of a turn: {ours_us:.1f} us; lxml, {len(BODY)} bytes: {theirs_us:.1f} us"
    )
    print(f"ours is {ratio:.2f} x lxml (at most {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
