"""A caller with a goal: it answers what it is asked, checks what it hears and loses patience."""

import re
from dataclasses import replace
from datetime import date

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding, Level
from voicesim.call.talk import FieldValue, Judgement, Listening, Opinion, Prompt, Reply
from voicesim.caller import phrases
from voicesim.caller.checking import FIELDS, clear, same, stated
from voicesim.caller.facts import TIMES, Facts, draw_facts, draw_identity, setup_facts
from voicesim.caller.identity import Identity
from voicesim.caller.models import Goal, Persona, Scenario, Style
from voicesim.caller.speech import Part, utter, utter_odd
from voicesim.caller.understanding import Understood, Want, understand
from voicesim.caller.words import DAYS, find_days, find_numbers, find_times

_THINGS = {
    Want.HELP: "what it wants",
    Want.NAME: "its name",
    Want.SPELL: "the spelling of its name",
    Want.PHONE: "its phone number",
    Want.DAY: "a day",
    Want.TIME: "a time",
    Want.REASON: "the reason",
    Want.OLD: "its appointment",
    Want.CONFIRM: "a confirmation",
    Want.YES_NO: "yes or no",
    Want.OTHER: "what it does not have",
    Want.MORE: "anything else",
    Want.MENU: "a key",
}
_FIELD_OF = {Want.NAME: "name", Want.PHONE: "phone", Want.DAY: "day", Want.TIME: "time"}
_ASKED = max(Want) + 1
_Values = tuple[str, str, str, str]
_NOTHING: _Values = ("", "", "", "")
_PROMPTS_PER_PATIENCE = 12
"""So many prompts for each unit of patience, and the caller hangs up whatever is said."""
_REFUSED = re.compile(r"\b(?:cancel\w*|repeat|again|start over|transfer|voice ?mail|hold)\b", re.I)
_OLD_TALK = re.compile(r"\b(?:from|existing|current|original|old|found|instead|see)\b", re.I)
_NEGATED = re.compile(r"\b(?:sorry|unable|unfortunately|cannot|not)\b|n't\b", re.I)
_YES_LABEL = re.compile(r"\b(?:yes|confirm|correct|right|accept|continue|ok|okay|book)\b", re.I)
_NO_LABEL = re.compile(
    r"\b(?:no|change|wrong|incorrect|start|again|edit|re-?enter|not|else)\b", re.I
)
_GOAL_LABELS = {
    Goal.BOOK: (r"\b(?:book|schedule|make|new)\b", r"\bappointments?\b", r"\breception\b"),
    Goal.RESCHEDULE: (
        r"\b(?:reschedul\w*|change|move|modify|existing)\b",
        r"\bappointments?\b",
        r"\breception\b",
    ),
    Goal.ODD_INPUT: (r".",),
}
_ANYONE = r"\b(?:operator|desk|representative|speak|someone|other|else|all)\b"


class GoalCaller:
    """Someone who rings to book, to move an appointment, or to say odd things.

    Small on purpose: persona and scenario are shared, the rest is a few hundred bytes.
    """

    __slots__ = (
        "_answered",
        "_asked",
        "_confirmed",
        "_draws",
        "_facts",
        "_heard",
        "_last",
        "_mask",
        "_persona",
        "_prompts",
        "_reported",
        "_scenario",
        "_thanked",
        "_turns",
    )

    def __init__(self, persona: Persona, scenario: Scenario, facts: Facts, draws: Draws) -> None:
        self._persona = persona
        self._scenario = scenario
        self._facts = facts
        self._draws = draws
        self._asked = bytearray(_ASKED)
        """How many times each want was asked for."""
        self._reported = _NOTHING
        """The latest report of each of FIELDS, or ""."""
        self._heard = _NOTHING
        """What was read back of each of FIELDS since it was last told, or ""."""
        self._last: Want = Want.UNKNOWN
        self._mask = 0
        """Which fields the latest read-back was about (bits 0-3) and which were wrong (bits 4-7)."""
        self._prompts = self._turns = self._answered = 0
        self._confirmed = self._thanked = False

    @property
    def facts(self) -> Facts:
        """What this caller wants; changes when it takes another day or time."""
        return self._facts

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt."""
        self._prompts += 1
        if self._scenario.goal is Goal.ODD_INPUT:
            return self._hear_odd(prompt)
        understood = understand(prompt.text)
        self._note(prompt.text, understood)
        if self._prompts > _PROMPTS_PER_PATIENCE * self._persona.patience:
            return self._hang_up(f"heard {self._prompts} prompts and got nowhere")
        listening = prompt.listening
        if listening is None:
            return Reply()
        if self._thanked:
            return self._hang_up("its goal is reached")
        if understood.unavailable and self._turns:
            self._take_another(prompt.text, understood)
        return self._answer(prompt, listening, understood)

    def opinion(self) -> Opinion:
        """Say how the call went."""
        if self._scenario.goal is Goal.ODD_INPUT:
            done = self._answered >= len(self._scenario.odd)
            return Opinion(Judgement.REACHED if done else Judgement.OPEN)
        values = tuple(
            FieldValue(field, self._facts.value(field), self._report(field), self._read_back(field))
            for field in FIELDS
        )
        if not self._confirmed:
            return Opinion(Judgement.OPEN, values)
        findings = tuple(_finding(value) for value in values if _contradicts(value))
        if findings:
            return Opinion(Judgement.WRONG, values, findings)
        if any(value.heard and not value.reported and not _right(value) for value in values):
            return Opinion(Judgement.OPEN, values)
        misheard = any(not _right(value) for value in values)
        return Opinion(Judgement.MISHEARD if misheard else Judgement.REACHED, values)

    # --- taking in --------------------------------------------------------------------------

    def _note(self, text: str, understood: Understood) -> None:
        """Keep what a read-back or a confirmation states."""
        confirmed = understood.confirmed or (
            Want.MORE in understood.wants
            and not _NEGATED.search(text)
            and bool(self._report("day") and self._report("time"))
        )
        confirmed = confirmed and self._turns > 0
        if not confirmed and Want.CONFIRM not in understood.wants:
            return
        self._confirmed = self._confirmed or confirmed
        old = self._facts if _OLD_TALK.search(text) or not confirmed else None
        known = {"day": (old.old_day,), "time": (old.old_time,)} if old and old.old_day else {}
        mask = 0
        for bit, field in enumerate(FIELDS):
            meant = self._facts.value(field)
            heard = stated(field, text, meant, self._report(field), known.get(field, ()))
            if heard:
                self._heard = _with(self._heard, field, heard)
                mask |= (1 if same(field, heard, meant) else 17) << bit
        if mask != self._mask:  # something else is read back: a new question
            self._mask, self._asked[Want.CONFIRM] = mask, 0

    def _wrong(self) -> str:
        """The first field that was read back otherwise than meant, or ""."""
        for field in FIELDS:
            heard = self._read_back(field)
            if heard and not same(field, heard, self._facts.value(field)):
                return field
        return ""

    def _report(self, field: str) -> str:
        return self._reported[FIELDS.index(field)]

    def _read_back(self, field: str) -> str:
        return self._heard[FIELDS.index(field)]

    def _told(self, field: str, reported: str) -> None:
        """A fact was told anew: what was read back of it before counts no more."""
        meant = self._facts.value(field)
        self._reported = _with(self._reported, field, meant if reported == meant else reported)
        self._heard = _with(self._heard, field, "")

    def _take_another(self, text: str, understood: Understood) -> None:
        """Take another day or time: one that was offered, or one of its own."""
        facts = self._facts
        taken = {facts.day, self._report("day")}
        days = [day for day in find_days(text) if day not in taken]
        times = [
            time.spoken()
            for time in find_times(text)
            if not any(same("time", time.spoken(), t) for t in (facts.time, self._report("time")))
        ]
        n = self._prompts
        if not times and not days and Want.TIME in understood.wants:
            times = [self._draws.pick([t for t in TIMES if t != facts.time], "other time", n)]
        elif not times and not days and Want.DAY in understood.wants:
            days = [self._draws.pick([d for d in DAYS[:5] if d != facts.day], "other day", n)]
        day, time = (days or [facts.day])[0], (times or [facts.time])[0]
        if (day, time) == (facts.day, facts.time):
            return
        self._facts = replace(facts, day=day, time=time)
        self._heard = _with(_with(self._heard, "day", ""), "time", "")

    # --- answering --------------------------------------------------------------------------

    def _answer(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        wants = understood.wants
        if not wants:
            wants = (self._last if understood.again else Want.UNKNOWN,)
        want = wants[0]
        wrong = self._wrong() if self._confirmed or want is Want.CONFIRM else ""
        if self._confirmed and wrong:
            want = Want.CONFIRM
        elif self._confirmed and want in (Want.MORE, Want.UNKNOWN, Want.HELP, Want.MENU):
            return self._thank(prompt, listening)
        times = self._count(want)
        if times >= self._persona.patience:
            return self._hang_up(_lost_patience(want, times))
        self._last = want
        if not (listening.speech or listening.recording):
            return self._press(prompt, listening, wants, understood, wrong)
        if times == 0 and want is not Want.MORE:
            if self._draws.unit("silence", self._prompts) < self._persona.silence_rate:
                return Reply(why="stays silent")
            if self._draws.unit("repeat", self._prompts) < self._persona.repeat_request_rate:
                return self._say(phrases.REPEAT, prompt, 0)
        template = self._template(wants, want, wrong, times, prompt, understood)
        return self._say(template, prompt, times)

    def _count(self, want: Want) -> int:
        """How many times ``want`` was asked for before."""
        times = self._asked[want]
        self._asked[want] = min(times + 1, 255)
        return times

    def _template(
        self,
        wants: tuple[Want, ...],
        want: Want,
        wrong: str,
        times: int,
        prompt: Prompt,
        understood: Understood,
    ) -> str:
        goal, way = self._scenario.goal, self._way()
        facts = [_FIELD_OF[w] for w in wants if w in _FIELD_OF]
        if wrong:
            return phrases.CORRECTIONS[wrong]
        if want in (Want.CONFIRM, Want.YES_NO):
            return self._yes_or_no(prompt.text, want, way)
        if want in _FIELD_OF and len(facts) > 1:
            return phrases.sentence(facts)
        if want is Want.UNKNOWN and times % 2 == 0 and self._turns:
            return phrases.REPEAT
        if want is Want.SPELL:
            return ", ".join(" ".join(word.upper()) for word in self._facts.name.split()) + "."
        if want is Want.OLD and not self._facts.old_day:
            return phrases.NO_GOAL[goal]
        if want in (Want.HELP, Want.UNKNOWN, Want.MENU):
            message = self._scenario.style is Style.ALL_AT_ONCE or _is_machine(prompt)
            return phrases.message(goal) if message else phrases.GOALS[goal][way]
        return phrases.ANSWERS[want][way]

    def _yes_or_no(self, text: str, want: Want, way: int) -> str:
        goal = self._scenario.goal
        moves = re.search(r"\b(?:reschedul\w*|move|change)\b", text, re.IGNORECASE) is not None
        if want is Want.YES_NO and moves and goal is not Goal.RESCHEDULE:
            return phrases.NO_GOAL[goal]
        question = text[text[:-1].rfind(".") + 1 :] if want is Want.YES_NO else text
        if _REFUSED.search(question) and "?" in question and want is Want.YES_NO:
            return phrases.NO
        return phrases.ANSWERS[want][way]

    def _way(self) -> int:
        """How to say it: the long way, or short or full."""
        if self._draws.unit("long", self._prompts) < self._persona.long_turn_rate:
            return phrases.LONG
        return self._draws.below(2, "way", self._prompts)

    def _say(self, template: str, prompt: Prompt, times: int, *, hangs_up: bool = False) -> Reply:
        parts = phrases.fill(template, self._facts)
        return self._speak(parts, prompt, times, hangs_up=hangs_up)

    def _speak(
        self, parts: tuple[Part, ...], prompt: Prompt, times: int, *, hangs_up: bool = False
    ) -> Reply:
        spoken = utter(parts, self._persona, self._draws, self._prompts, times)
        speech = spoken.speech
        self._turns += 1
        if prompt.listening is not None and prompt.listening.recording:
            speech = replace(speech, reported=None, confidence=None)
        else:
            for field, reported in spoken.reported.items():
                if field in FIELDS:
                    self._told(field, reported)
        return Reply(self._after_s(prompt), speech, hangs_up=hangs_up)

    def _thank(self, prompt: Prompt, listening: Listening) -> Reply:
        self._thanked = True
        if not listening.speech:
            return self._hang_up("its goal is reached")
        return self._say(phrases.ANSWERS[Want.MORE][self._way()], prompt, 0)

    def _hang_up(self, why: str) -> Reply:
        return Reply(self._persona.response_gap_s, hangs_up=True, why=why)

    def _after_s(self, prompt: Prompt) -> float:
        """From the end of the prompt to the first sound; within what the agent waits for."""
        listening, n = prompt.listening, self._prompts
        asks = self._last not in (Want.CONFIRM, Want.UNKNOWN, Want.MORE)
        barges = listening is not None and listening.barge_in and asks and self._turns > 1
        if barges and self._draws.unit("barge in", n) < self._persona.barge_in_rate:
            return -round(self._draws.uniform(0, 0.4, "barge in at", n) * prompt.duration_s, 3)
        gap = self._persona.response_gap_s * self._draws.uniform(0.6, 1.4, "gap", n)
        return round(min(gap, 0.8 * listening.timeout_s) if listening is not None else gap, 3)

    # --- keys -------------------------------------------------------------------------------

    def _press(
        self,
        prompt: Prompt,
        listening: Listening,
        wants: tuple[Want, ...],
        understood: Understood,
        wrong: str,
    ) -> Reply:
        """Answer with keys, when the agent listens for nothing else."""
        if not listening.dtmf:
            return Reply()
        digits = self._keys(wants, understood, wrong)
        if not digits:
            self._asked[Want.UNKNOWN] = min(self._asked[Want.UNKNOWN] + 1, 255)
            if self._asked[Want.UNKNOWN] > self._persona.patience:
                return self._hang_up("no key answers what it was asked")
            return Reply(why="knows no key for that")
        self._turns += 1
        if listening.num_digits:
            digits = digits[-listening.num_digits :]
        elif listening.finish_on_key and not understood.options:
            digits += listening.finish_on_key[0]
        return Reply(self._after_s(prompt), digits=digits)

    def _keys(self, wants: tuple[Want, ...], understood: Understood, wrong: str) -> str:
        options, want = understood.options, wants[0]
        if want in (Want.CONFIRM, Want.YES_NO) or (wrong and not options):
            return _labelled(options, _NO_LABEL if wrong else _YES_LABEL) or ("2" if wrong else "1")
        if want is Want.PHONE:
            digits = max(find_numbers(self._facts.phone), key=len, default="")
            self._told("phone", digits)
            return digits
        for field in ("day", "time"):
            for key, label in options:
                if same(field, label, self._facts.value(field)):
                    self._told(field, self._facts.value(field))
                    return key
        if want in _FIELD_OF:
            return ""
        if self._mask and any(_YES_LABEL.search(label) for _, label in options):
            return _labelled(options, _NO_LABEL if self._wrong() else _YES_LABEL)
        return self._goal_key(options)

    def _goal_key(self, options: tuple[tuple[str, str], ...]) -> str:
        for pattern in (*_GOAL_LABELS[self._scenario.goal], _ANYONE):
            found = _labelled(options, re.compile(pattern, re.IGNORECASE))
            if found:
                return found
        return options[0][0] if options else ""

    # --- odd things -------------------------------------------------------------------------

    def _hear_odd(self, prompt: Prompt) -> Reply:
        """Say the next odd thing; the one before was answered if anything is heard after it."""
        odd = self._scenario.odd
        if prompt.text.strip() or prompt.audio:
            self._answered = self._turns
        listening = prompt.listening
        if listening is None:
            return Reply()
        if self._turns >= len(odd):
            return self._hang_up(f"each of its {len(odd)} odd inputs was answered")
        if self._prompts > _PROMPTS_PER_PATIENCE * self._persona.patience:
            return self._hang_up("nothing answers its odd inputs")
        said = odd[self._turns]
        self._turns += 1
        if listening.speech:
            return Reply(self._after_s(prompt), utter_odd(said, self._persona))
        digits = "".join(c for c in said.reported or "" if c in "0123456789")
        return Reply(self._after_s(prompt), digits=digits[: listening.num_digits or 20])


def _with(values: _Values, field: str, value: str) -> _Values:
    name, phone, day, time = (
        value if f == field else v for f, v in zip(FIELDS, values, strict=True)
    )
    return name, phone, day, time


def _labelled(options: tuple[tuple[str, str], ...], wanted: re.Pattern[str]) -> str:
    """The key of the first option whose label matches, or ""."""
    return next((key for key, label in options if wanted.search(label)), "")


def _is_machine(prompt: Prompt) -> bool:
    return prompt.listening is not None and prompt.listening.recording


def _lost_patience(want: Want, times: int) -> str:
    if want is Want.UNKNOWN:
        return f"did not understand {times} prompts"
    return f"asked {times} times for {_THINGS[want]}"


def _right(value: FieldValue) -> bool:
    """Whether the fact came through: as read back, else as reported, if it was told at all."""
    came = value.heard or value.reported
    return not came or same(value.name, came, value.meant)


def _contradicts(value: FieldValue) -> bool:
    """Whether the agent confirmed something else than what was clearly reported to it."""
    if not value.heard or not value.reported or not clear(value.name, value.reported):
        return False
    if value.name in ("name", "phone") and not same(value.name, value.reported, value.meant):
        return False
    return not any(same(value.name, value.heard, other) for other in (value.meant, value.reported))


def _finding(value: FieldValue) -> Finding:
    return Finding(
        "readback-wrong",
        Level.ERROR,
        f"The agent confirmed {value.name} {value.heard!r}, but {value.reported!r} was reported to it.",
    )


# --- making callers -------------------------------------------------------------------------------


def make_caller(
    persona: Persona, scenario: Scenario, draws: Draws, today: date
) -> tuple[GoalCaller, Identity]:
    """A caller and who it is; ``draws`` are this call's, ``today`` the day it calls on."""
    identity = draw_identity(persona, scenario, draws)
    facts = draw_facts(scenario, identity, draws, today)
    return GoalCaller(persona, scenario, facts, draws), identity


def scenario_setup(persona: Persona, scenario: Scenario, draws: Draws, today: date) -> Facts | None:
    """The facts of the appointment that the caller of the same arguments must have, or None."""
    identity = draw_identity(persona, scenario, draws)
    return setup_facts(draw_facts(scenario, identity, draws, today))


def make_setup_caller(
    persona: Persona, scenario: Scenario, draws: Draws, today: date
) -> tuple[GoalCaller, Identity] | None:
    """The same person, clearly spoken, booking the appointment that must be there; None if none."""
    identity = draw_identity(persona, scenario, draws)
    facts = setup_facts(draw_facts(scenario, identity, draws, today))
    if facts is None:
        return None
    recogniser = persona.recogniser.model_copy(update={"word_error_rate": 0.0})
    quiet = dict.fromkeys(
        ("filler_rate", "repeat_request_rate", "silence_rate", "barge_in_rate"), 0.0
    )
    clear_persona = persona.model_copy(update={"recogniser": recogniser, **quiet})
    booking = scenario.model_copy(update={"goal": Goal.BOOK})
    return GoalCaller(clear_persona, booking, facts, draws), identity
