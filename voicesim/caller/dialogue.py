"""A caller with a goal: it answers what it is asked, checks what it hears and loses patience."""

import re
from dataclasses import replace

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding
from voicesim.call.talk import FieldValue, Listening, Opinion, Prompt, Reply, Speech
from voicesim.caller import memory, phrases, standing
from voicesim.caller.asking import Want
from voicesim.caller.checking import FIELDS, passes, same, stated
from voicesim.caller.crosstalk import CrossTalk, Own, said_in
from voicesim.caller.facts import TIMES, Facts
from voicesim.caller.judging import CLEAR_CONFIDENCE, TRIES, judge
from voicesim.caller.keys import keys_for, typed
from voicesim.caller.memory import FIELD_OF, Memory
from voicesim.caller.models import Goal, Persona, Scenario, Style
from voicesim.caller.patience import gap_s, lost, too_many
from voicesim.caller.speech import utter
from voicesim.caller.understanding import Understood, understand
from voicesim.caller.words import DAYS, find_days, find_times

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
    Want.CHANGE: "what is wrong",
    Want.YES_NO: "yes or no",
    Want.OTHER: "what it does not have",
    Want.MORE: "anything else",
    Want.MENU: "a key",
}
_OPENINGS = frozenset((Want.HELP, Want.UNKNOWN, Want.MENU))
_REFUSED = re.compile(r"\b(?:cancel\w*|repeat|again|start over|transfer|voice ?mail|hold)\b", re.I)
_MOVES = re.compile(r"\b(?:reschedul\w*|move|change)\b", re.I)
_OLD_TALK = re.compile(r"\b(?:from|existing|current|original|old|found|instead|see)\b", re.I)
_BROKEN = re.compile(
    r"\bwent wrong\b|\berror\b|\btechnical\b|\bour (?:side|end)\b|\bsystem\b", re.I
)
_NEGATED = re.compile(r"\b(?:sorry|unable|unfortunately|cannot|not)\b|n't\b", re.I)
_DROPPED = "..."
"""The report of a fact of which the recogniser lost every word: told, for all that."""
_ONE_CLEAR, _GAVE_UP = -1, -2
_Values = tuple[str, str, str, str]
_NOTHING: _Values = ("", "", "", "")


class GoalCaller:
    """Someone who rings to book or to move an appointment.

    Small on purpose: persona and scenario are shared, the rest is a few hundred bytes.
    """

    __slots__ = (
        "_asked",
        "_crosstalk",
        "_draws",
        "_facts",
        "_fixing",
        "_garbled",
        "_goal_told",
        "_heard",
        "_last",
        "_mask",
        "_memory",
        "_overheard",
        "_persona",
        "_prompts",
        "_reported",
        "_scenario",
        "_standing",
        "_thanked",
        "_turns",
        "_unclear",
    )

    def __init__(
        self,
        persona: Persona,
        scenario: Scenario,
        facts: Facts,
        draws: Draws,
        crosstalk: CrossTalk | None = None,
    ) -> None:
        self._persona = persona
        self._scenario = scenario
        self._facts = facts
        self._draws = draws
        self._crosstalk = crosstalk
        self._overheard: tuple[Finding, ...] = ()  # what it complains of
        self._memory = Memory()
        self._asked = bytes(max(Want) + 1)  # how many times each want was asked for
        self._reported = _NOTHING  # the latest report of each of FIELDS
        self._heard = _NOTHING  # what was read back of each since it was last told
        self._fixing = ""  # the field that it said last was wrong
        self._last = Want.UNKNOWN
        self._mask = 0  # fields of the latest read-back (bits 0-3), those wrong (bits 4-7)
        self._prompts = self._turns = 0
        self._unclear = 0  # answers to one question, none clear; or _ONE_CLEAR, _GAVE_UP
        self._standing = standing.OPEN
        self._thanked = self._goal_told = False
        self._garbled = False  # whether anything was misreported

    @property
    def facts(self) -> Facts:
        """What this caller wants; changes when it takes another day or time."""
        return self._facts

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt."""
        self._prompts += 1
        understood = understand(prompt.text)
        self._memory.heard(prompt.text, goodbye=understood.goodbye and prompt.listening is None)
        self._overhear(prompt.text)
        self._note(prompt.text, understood)
        if too_many(self._prompts, self._persona):
            return self._hang_up(lost(self._prompts))
        listening = prompt.listening
        if listening is None:
            if self._unclear >= TRIES and understood.goodbye and not _BROKEN.search(prompt.text):
                self._unclear = _GAVE_UP
            if self._knows_when():
                closing = standing.after_closing(self._standing, prompt.text, understood)
                self._standing = closing
            return Reply()
        if self._thanked:
            return self._say_goodbye(prompt, listening, understood)
        if understood.unavailable and self._turns:
            self._memory.may_ask(("day", "time"))
            self._take_another(prompt.text, understood)
        return self._answer(prompt, listening, understood)

    def opinion(self) -> Opinion:
        """Say how the call went."""
        values = tuple(
            FieldValue(field, self._facts.value(field), self._reported[at], self._heard[at])
            for at, field in enumerate(FIELDS)
        )
        opinion = judge(
            values,
            confirmed=self._confirmed,
            unclear=self._standing == standing.UNSURE,
            needed=standing.NEEDED[self._scenario.goal],
            gave_up=self._unclear == _GAVE_UP,
            garbled=self._garbled,
        )
        complaints = self._memory.complaints(values, confirmed=self._confirmed)
        early = self._hung_up_early(values)
        return replace(opinion, findings=opinion.findings + self._overheard + complaints + early)

    def _hung_up_early(self, values: tuple[FieldValue, ...]) -> tuple[Finding, ...]:
        """Whether the agent said goodbye to a caller that answered it, and whose goal it knew."""
        mind, booking = self._memory, self._scenario.goal is Goal.BOOK
        puzzled = self._garbled or self._unclear not in (0, _ONE_CLEAR)
        if not (mind.said_goodbye and mind.answered and booking) or puzzled:
            return ()
        missing = [v.name for v in values if not v.reported and not mind.was_asked(v.name)]
        told = [value.name for value in values if value.reported]
        if self._standing != standing.OPEN or not told or not {"day", "time"} & set(missing):
            return ()
        return (memory.hung_up(told, [name for name in missing if name != "phone"]),)

    # --- taking in --------------------------------------------------------------------------

    def _note(self, text: str, understood: Understood) -> None:
        """Keep what a read-back or a confirmation states."""
        if self._turns:
            self._standing = self._stands(text, understood)
        confirmed = self._confirmed and (understood.confirmed or self._seems_done(text, understood))
        if not confirmed and Want.CONFIRM not in understood.wants:
            return
        facts, mask = self._facts, 0
        old = not confirmed or _OLD_TALK.search(text) is not None
        known = {"day": facts.old_day, "time": facts.old_time} if old and facts.old_day else {}
        for at, field in enumerate(FIELDS):
            meant = facts.value(field)
            heard = stated(field, text, meant, self._reported[at], known.get(field, ""))
            if heard:
                self._doubt(field, heard, text, confirmed=confirmed)
                self._heard = _with(self._heard, field, heard)
                mask |= (1 if self._passes(field, heard) else 17) << at
        if mask != self._mask:  # something else is read back: a new question
            self._mask, self._asked = mask, _counted(self._asked, Want.CONFIRM, 0)

    def _doubt(self, field: str, heard: str, text: str, *, confirmed: bool) -> None:
        """Complain of a day or time that is read back though it was never asked for, nor told."""
        at = FIELDS.index(field)
        if confirmed or field not in ("day", "time") or self._scenario.goal is not Goal.BOOK:
            return
        if self._reported[at] or self._memory.was_asked(field) or not self._reported[0]:
            return
        if not self._passes(field, heard) and (found := memory.invented(field, heard, text)):
            self._complain(found)

    def _complain(self, finding: Finding) -> None:
        if finding not in self._overheard:
            self._overheard += (finding,)

    @property
    def _confirmed(self) -> bool:
        return self._standing == standing.REACHED

    def _stands(self, text: str, understood: Understood) -> int:
        """How the goal stands after a prompt."""
        now, said = self._standing, understood.said
        if self._last is Want.MORE and self._knows_when():  # it asked whether it is booked
            now = standing.after_answer(now, text, said)
        stated_before = bool(self._heard[2] and self._heard[3])
        now = standing.after_words(now, said, text, self._scenario.goal, stated=stated_before)
        if now == standing.AGREED and self._seems_done(text, understood):
            return standing.REACHED
        return now

    def _knows_when(self) -> bool:
        """Whether the agent was told day and time."""
        return bool(self._reported[2] and self._reported[3])

    def _seems_done(self, text: str, understood: Understood) -> bool:
        """Whether an agent that knows day and time asks for anything else, and regrets nothing."""
        asks = Want.MORE in understood.wants
        return asks and self._knows_when() and not _NEGATED.search(text)

    def _wrong(self) -> str:
        """The first field that was read back otherwise than meant, or ""."""
        for field, heard in zip(FIELDS, self._heard, strict=True):
            if heard and not self._passes(field, heard):
                return field
        return ""

    def _passes(self, field: str, heard: str) -> bool:
        """Whether it lets pass what was read back; half its name only if the agent knows all."""
        return passes(field, heard, self._facts.value(field), in_part=not self._garbled)

    def _told(self, field: str, reported: str) -> None:
        """A fact was told anew: what was read back of it before counts no more."""
        meant, reported = self._facts.value(field), reported or _DROPPED
        self._reported = _with(self._reported, field, meant if reported == meant else reported)
        self._heard = _with(self._heard, field, "")
        if not self._confirmed:
            self._standing = standing.OPEN

    def _overhear(self, text: str) -> None:
        """Notice another caller's name or number."""
        said = said_in(text) if self._crosstalk else None
        if self._crosstalk is None or said is None:
            return
        facts, draws, (name, phone, _, _) = self._facts, self._draws, self._reported
        own = (draws.seed, draws.index, facts.name, facts.party.number, name, phone)
        for found in self._crosstalk.heard(said, Own(*own, self._garbled)):
            self._complain(found)

    def _take_another(self, text: str, understood: Understood) -> None:
        """Take another day or time: one that was offered, or one of its own."""
        facts, n = self._facts, self._prompts
        days = [day for day in find_days(text) if day not in (facts.day, self._reported[2])]
        times = [
            time.spoken()
            for time in find_times(text)
            if not any(same("time", time.spoken(), t) for t in (facts.time, self._reported[3]))
        ]
        if not times and not days and Want.TIME in understood.wants:
            times = [self._draws.pick([t for t in TIMES if t != facts.time], "other time", n)]
        elif not times and not days and Want.DAY in understood.wants:
            days = [self._draws.pick([d for d in DAYS[:5] if d != facts.day], "other day", n)]
        if days or times:
            self._facts = replace(
                facts, day=(days or [facts.day])[0], time=(times or [facts.time])[0]
            )
            self._heard = _with(_with(self._heard, "day", ""), "time", "")

    # --- answering --------------------------------------------------------------------------

    def _answer(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        wants = understood.wants or ((self._last if understood.again else Want.UNKNOWN),)
        want = wants[0]
        wrong = self._wrong() if self._confirmed or want in (Want.CONFIRM, Want.CHANGE) else ""
        if self._confirmed and wrong:
            want = Want.CONFIRM
        elif self._confirmed and want in _OPENINGS | {Want.MORE}:
            return self._thank(prompt, listening)
        self._memory.asked(wants)
        self._memory.answered = False
        times = self._asked[want]
        if times >= self._persona.patience:
            return self._lose_patience(want, times)
        self._asked = _counted(self._asked, want, times + 1)
        if _thing(want) is not _thing(self._last) or self._unclear == _GAVE_UP:
            self._unclear = 0
        self._last = want
        if not (listening.speech or listening.recording):
            return self._press(prompt, listening, understood, wrong)
        if times == 0 and want is not Want.MORE:
            if self._draws.unit("silence", self._prompts) < self._persona.silence_rate:
                return Reply(why="stays silent")
            if self._draws.unit("repeat", self._prompts) < self._persona.repeat_request_rate:
                return self._say(phrases.REPEAT, prompt, 0)
        if want in (Want.CONFIRM, Want.CHANGE):
            reply = self._check(prompt, want, wrong, times)
        else:
            reply = self._say(self._template(wants, times, prompt), prompt, times, wants)
        self._weigh(reply.speech)
        return reply

    def _lose_patience(self, want: Want, times: int) -> Reply:
        """Hang up, and complain if it was told clearly what it asked for time and again."""
        if self._unclear == _ONE_CLEAR and want in (*FIELD_OF, Want.HELP):
            before = FIELD_OF.get(want) in self._memory.forgotten()
            loops = self._memory.loops
            self._complain(memory.spent(_THINGS[want], times, loops=loops, told_before=before))
        return self._hang_up(_lost_patience(want, times))

    def _weigh(self, speech: Speech | None) -> None:
        """Count an answer that the agent could not understand well."""
        if speech is None or speech.reported is None:
            return
        confidence = 1.0 if speech.confidence is None else speech.confidence
        if speech.reported == speech.meant and confidence >= CLEAR_CONFIDENCE:
            self._unclear = _ONE_CLEAR
        elif self._unclear >= 0:
            self._unclear += 1

    def _check(self, prompt: Prompt, want: Want, wrong: str, times: int) -> Reply:
        """Say whether a read-back is right, or what is wrong with it."""
        if want is Want.CHANGE:
            wrong = wrong or self._fixing
        if self._scenario.changes_mind and not (wrong or self._memory.old_day or self._confirmed):
            wrong = self._change_mind()
        self._fixing = wrong
        if wrong:
            reply = self._say(phrases.CORRECTIONS[wrong], prompt, max(times, 1))
            self._memory.fixes(wrong, clearly=_is_clear(reply.speech))
            return reply
        if want is Want.CHANGE:
            return self._say(phrases.NOTHING_WRONG, prompt, times)
        if not self._confirmed:
            self._standing = standing.AGREED
        return self._say(phrases.ANSWERS[Want.CONFIRM][self._way()], prompt, times)

    def _change_mind(self) -> str:
        """Want another day from now on, once a day was read back; the field, or "" if none was."""
        if not self._mask >> FIELDS.index("day") & 1:
            return ""
        facts = self._facts
        self._memory.old_day = facts.day
        other = [day for day in DAYS[:5] if day != facts.day]
        self._facts = replace(facts, day=self._draws.pick(other, "changed day"))
        return "day"

    def _template(self, wants: tuple[Want, ...], times: int, prompt: Prompt) -> str:
        """What to say to anything but a read-back."""
        goal, want, way = self._scenario.goal, wants[0], self._way()
        first = not self._goal_told
        if first and (want in _OPENINGS or want in FIELD_OF):
            return self._opening(wants, way, prompt)
        if want is Want.UNKNOWN and times % 2 == 0:
            return phrases.REPEAT
        if want in _OPENINGS:
            return self._opening((Want.HELP,), way, prompt)
        if want is Want.MORE:
            return self._is_it_done(way, prompt)
        if want is Want.YES_NO:
            return self._yes_or_no(prompt.text, way)
        if want is Want.SPELL:
            return ", ".join(" ".join(word.upper()) for word in self._facts.name.split()) + "."
        if want is Want.OLD and not self._facts.old_day:
            return phrases.NO_GOAL[goal]
        facts = [FIELD_OF[w] for w in wants if w in FIELD_OF]
        return phrases.sentence(facts) if len(facts) > 1 else phrases.ANSWERS[want][way]

    def _opening(self, wants: tuple[Want, ...], way: int, prompt: Prompt) -> str:
        """Tell the goal, with everything at once or with what was asked for."""
        goal = self._scenario.goal
        self._goal_told = True
        recording = prompt.listening is not None and prompt.listening.recording
        if recording or self._scenario.style is Style.ALL_AT_ONCE:
            return phrases.message(goal)
        facts = [FIELD_OF[w] for w in wants if w in FIELD_OF]
        if not facts:
            return phrases.GOALS[goal][way]
        answer = phrases.sentence(facts) if len(facts) > 1 else phrases.ANSWERS[wants[0]][way]
        if goal is Goal.BOOK:  # who asks for a name at once books, as a rule
            return answer
        return f"{phrases.GOALS[goal][way]} {phrases.sentence(facts)}"

    def _is_it_done(self, way: int, prompt: Prompt) -> str:
        """Ask whether the goal is reached, which nobody has said; or tell it once more."""
        facts = self._facts
        if not self._knows_when():
            return self._opening((Want.HELP,), way, prompt)
        return phrases.IS_IT_DONE[self._scenario.goal].format(day=facts.day, time=facts.time)

    def _yes_or_no(self, text: str, way: int) -> str:
        goal, question = self._scenario.goal, text[text[:-1].rfind(".") + 1 :]
        if _MOVES.search(text) and goal is not Goal.RESCHEDULE:
            return phrases.NO_GOAL[goal]
        return phrases.NO if _REFUSED.search(question) else phrases.ANSWERS[Want.YES_NO][way]

    def _way(self) -> int:
        """How to say it: the long way, or short or full."""
        if self._draws.unit("long", self._prompts) < self._persona.long_turn_rate:
            return phrases.LONG
        return self._draws.below(2, "way", self._prompts)

    def _say(
        self, template: str, prompt: Prompt, times: int, wants: tuple[Want, ...] = ()
    ) -> Reply:
        parts = phrases.fill(template, self._facts)
        spoken = utter(parts, self._persona, self._draws, self._prompts, times)
        speech = spoken.speech
        self._turns += 1
        if prompt.listening is not None and prompt.listening.recording:
            speech = speech._replace(reported=None, confidence=None)
        else:
            self._garbled = self._garbled or speech.reported != speech.meant
            for field, reported in spoken.reported.items():
                if field in FIELDS:
                    self._told(field, reported)
            self._memory.told(spoken.reported, wants, clearly=_is_clear(speech))
        self._memory.answered = True
        return Reply(self._after_s(prompt), speech)

    def _thank(self, prompt: Prompt, listening: Listening) -> Reply:
        self._thanked = True
        if not listening.speech:
            return self._hang_up("its goal is reached")
        return self._say(phrases.ANSWERS[Want.MORE][self._way()], prompt, 0)

    def _say_goodbye(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Having thanked: hang up if the agent does not, and complain that it does not."""
        mind = self._memory
        if not listening.speech or understood.wants not in ((), (Want.MORE,)):
            return self._hang_up("its goal is reached")
        if mind.goodbyes >= memory.GOODBYES:
            self._complain(memory.stays(mind.goodbyes, goodbye=understood.goodbye))
            return self._hang_up("its goal is reached, and the agent does not hang up")
        mind.goodbyes += 1
        return self._say(phrases.GOODBYE, prompt, 0)

    def _hang_up(self, why: str) -> Reply:
        return Reply(self._persona.response_gap_s, hangs_up=True, why=why)

    def _after_s(self, prompt: Prompt) -> float:
        """From the end of the prompt to the first sound; within what the agent waits for."""
        listening, n = prompt.listening, self._prompts
        asks = self._last not in (Want.CONFIRM, Want.UNKNOWN, Want.MORE)
        barges = listening is not None and listening.barge_in and asks and self._turns > 1
        if barges and self._draws.unit("barge in", n) < self._persona.barge_in_rate:
            return -round(self._draws.uniform(0, 0.4, "barge in at", n) * prompt.duration_s, 3)
        return gap_s(self._persona, listening, self._draws, n)

    def _press(
        self, prompt: Prompt, listening: Listening, understood: Understood, wrong: str
    ) -> Reply:
        """Answer with keys, when the agent listens for nothing else."""
        if not listening.dtmf:
            return Reply()
        digits, field = keys_for(
            understood,
            self._facts,
            self._scenario.goal,
            wrong=bool(wrong or self._wrong()),
            read_back=self._mask != 0,
        )
        if not digits:
            return Reply(why="knows no key for that")
        if field:
            self._told(field, digits if field == "phone" else self._facts.value(field))
        self._turns += 1
        menu = bool(understood.options) and field != "phone"
        return Reply(self._after_s(prompt), digits=typed(digits, listening, menu=menu))


def _counted(counts: bytes, want: Want, times: int) -> bytes:
    """``counts`` with that of ``want`` replaced; bytes are the smallest there is."""
    return counts[:want] + bytes((times,)) + counts[want + 1 :]


def _with(values: _Values, field: str, value: str) -> _Values:
    """``values`` with that of ``field`` replaced; the same object where it is that already."""
    if values[FIELDS.index(field)] == value:
        return values
    pairs = zip(FIELDS, values, strict=True)
    name, phone, day, time = (value if f == field else v for f, v in pairs)
    return name, phone, day, time


def _is_clear(speech: Speech | None) -> bool:
    return speech is not None and memory.clearly(speech.meant, speech.reported, speech.confidence)


def _thing(want: Want) -> Want:
    """What is asked for: to ask what is wrong with a read-back is to ask about it again."""
    return Want.CONFIRM if want is Want.CHANGE else want


def _lost_patience(want: Want, times: int) -> str:
    if want is Want.UNKNOWN:
        return f"did not understand {times} prompts"
    return f"asked {times} times for {_THINGS[want]}"
