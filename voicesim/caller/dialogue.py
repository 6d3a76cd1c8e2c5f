"""A caller with a goal: it answers what it is asked, checks what it hears and loses patience."""

import re

from voicesim.call.talk import Listening, Prompt, Reply, Speech
from voicesim.caller import asking, memory, phrases, standing
from voicesim.caller.asking import Want
from voicesim.caller.checking import FIELDS
from voicesim.caller.facts import spelled
from voicesim.caller.hearing import GAVE_UP, ONE_CLEAR, Hearing, counted
from voicesim.caller.keys import keys_for, typed
from voicesim.caller.languages import code_of, in_english, said_in
from voicesim.caller.languages.base import Sayings
from voicesim.caller.memory import FIELD_OF
from voicesim.caller.models import Goal, Style
from voicesim.caller.patience import (
    gap_s,
    has_had_enough,
    stays_silent,
)
from voicesim.caller.speech import Tongue, utter
from voicesim.caller.understanding import Understood, understand
from voicesim.caller.words import DAYS, find_days

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
_IN_FIELD = {"date": "day"}
_OPENINGS = frozenset((Want.HELP, Want.UNKNOWN, Want.MENU))
_REFUSED = re.compile(r"\b(?:cancel\w*|repeat|again|start over|transfer|voice ?mail|hold)\b", re.I)
_MOVES = re.compile(r"\b(?:reschedul\w*|move|change)\b", re.I)


class GoalCaller(Hearing):
    """Someone who rings to book or to move an appointment."""

    __slots__ = ()

    def _react(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Answer a prompt after which the agent listens."""
        if self._standing == standing.THANKED:
            return self._say_goodbye(prompt, listening, understood)
        if understood.unavailable and self._turns:
            self.may_ask(("day", "time"))
            self._take_another(understood.english, understood)
        return self._answer(prompt, listening, understood)

    def _answer(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        wants = understood.wants or ((self._last if understood.again else Want.UNKNOWN),)
        if self._last is Want.OLD and asking.SAME_TIME.search(understood.english):
            wants = (Want.OLD,)
        want = wants[0]
        wrong = self._wrong() if self._confirmed or want in (Want.CONFIRM, Want.CHANGE) else ""
        if self._confirmed and wrong:
            want = Want.CONFIRM
        elif self._confirmed and want in _OPENINGS | {Want.MORE}:
            return self._thank(prompt, listening)
        self.asked(wants)
        self.answered = False
        times = self._asked[want]
        self._wonder(prompt, understood, want)
        read_back = want in (Want.CONFIRM, Want.CHANGE)
        n = self._prompts
        if has_had_enough(times, self._persona, self._draws, n, read_back=read_back):
            return self._lose_patience(want, times)
        self._asked = counted(self._asked, want, times + 1)
        if _thing(want) is not _thing(self._last) or self._unclear == GAVE_UP:
            self._unclear = self.clear = 0
        self._last = want
        otherwise = self._otherwise(prompt, listening, understood, wrong, times)
        if otherwise is not None:
            return otherwise
        if read_back:
            reply = self._check(prompt, want, wrong, times)
        else:
            template = self._dated(self._template(wants, times, prompt), understood.english)
            reply = self._say(template, prompt, times, wants)
        self._weigh(reply.speech)
        return reply

    def _dated(self, template: str, text: str) -> str:
        """``template`` with dates in place of weekdays, where ``text`` asks for a date."""
        if "day}" not in template or not self._is_asked_for_date(text):
            return template
        return template.replace("day}", "date}")

    def _is_asked_for_date(self, text: str) -> bool:
        """Whether ``text`` asks for a day by its date: it says so, or the weekday did not do."""
        if asking.CALENDAR.search(text):
            return True
        again = self._last in (Want.DAY, Want.OLD) and self.clear > 0
        return again and asking.DATE.search(text) is not None

    def _otherwise(
        self,
        prompt: Prompt,
        listening: Listening,
        understood: Understood,
        wrong: str,
        times: int,
    ) -> Reply | None:
        """What it does instead of answering in words, if so: nothing, keys, asking back."""
        persona, draws, n, want = self._persona, self._draws, self._prompts, self._last
        if stays_silent(times, persona, draws, n):
            return Reply(why="stays silent")
        keys_only = not (listening.speech or listening.recording)
        if keys_only or self._prefers_keys(understood, want, listening, times):
            pressed = self._press(prompt, listening, understood, wrong)
            if keys_only or pressed.digits:
                return pressed
        asks_back = times == 0 and want is not Want.MORE and persona.repeat_request_rate > 0
        if asks_back and draws.unit("repeat", n) < persona.repeat_request_rate:
            return self._say(self._sayings.repeat, prompt, 0)
        return None

    def _wonder(self, prompt: Prompt, understood: Understood, want: Want) -> None:
        """Keep in mind that it does not know what to answer, if so."""
        if want is Want.UNKNOWN:
            asked = prompt.text != "" or prompt.audio != ()
            puzzled = self._goal_told and not understood.again and asked
        else:
            puzzled = want is Want.OTHER or (want is Want.YES_NO and self._asked[want] > 0)
        if puzzled:
            self._complain(memory.puzzled(prompt))

    def _lose_patience(self, want: Want, times: int) -> Reply:
        """Hang up, and complain if it was told clearly what it asked for time and again."""
        if self.clear >= memory.CLEAR and want in (*FIELD_OF, Want.HELP):
            before = FIELD_OF.get(want) in self.forgotten()
            loops = self.loops
            self._complain(memory.spent(_THINGS[want], times, loops=loops, told_before=before))
        self._last = want
        return self._hang_up(_lost_patience(want, times))

    def _weigh(self, speech: Speech | None) -> None:
        """Count an answer that the agent could not understand well."""
        if speech is None:
            return
        if speech.reported is None:  # it is recorded
            self.clear = 0
            return
        if _is_clear(speech):
            self._unclear = ONE_CLEAR
            self.clear += 1
            return
        self.clear = 0
        if self._unclear >= 0:
            self._unclear += 1

    def _check(self, prompt: Prompt, want: Want, wrong: str, times: int) -> Reply:
        """Say whether a read-back is right, or what is wrong with it."""
        if want is Want.CHANGE:
            wrong = wrong or self._fixing
        wrong = wrong or self._new_wish()
        self._fixing = wrong
        if wrong:
            reply = self._say(self._sayings.corrections[wrong], prompt, max(times, 1))
            self.fixes(wrong, clearly=_is_clear(reply.speech))
            return reply
        if not self._confirmed:
            self._standing = standing.AGREED
        if want is Want.CHANGE:
            return self._say(self._sayings.nothing_wrong, prompt, times)
        return self._say(self._sayings.answers[Want.CONFIRM][self._way()], prompt, times)

    def _new_wish(self) -> str:
        """Change its mind, if it is to, once a day is read back; the field, or "" if not."""
        changes = self._scenario.changes_mind and not (self.old_day or self._confirmed)
        if not (changes and self._mask >> FIELDS.index("day") & 1):
            return ""
        facts = self._facts
        self.old_day = facts.day
        other = [day for day in DAYS[:5] if day != facts.day]
        self._facts = facts.moved(self._draws.pick(other, "changed day"), facts.time)
        return "day"

    def _template(self, wants: tuple[Want, ...], times: int, prompt: Prompt) -> str:
        """What to say to anything but a read-back."""
        goal, want, way = self._scenario.goal, wants[0], self._way()
        first = not self._goal_told
        if first and (want in _OPENINGS or want in FIELD_OF):
            return self._opening(wants, way, prompt)
        if want is Want.UNKNOWN and times % 2 == 0:
            return self._sayings.repeat
        if want in _OPENINGS:
            return self._opening((Want.HELP,), way, prompt)
        if want is Want.MORE:
            return self._is_it_done(way, prompt)
        if want is Want.YES_NO:
            return self._yes_or_no(understand(prompt.text, self._language).english, way)
        if want is Want.SPELL:
            return spelled(self._facts.name, self._persona.spelling)
        if want is Want.OLD and not self._facts.old_day:
            return self._sayings.no_goal[goal]
        if wants == (Want.TIME,) and asking.HALF_OF_DAY.search(
            understand(prompt.text, self._language).english
        ):
            return self._sayings.half_of_day[self._facts.time.endswith("pm")]
        facts = [FIELD_OF[w] for w in wants if w in FIELD_OF]
        return (
            phrases.sentence(facts, self._sayings)
            if len(facts) > 1
            else self._sayings.answers[want][way]
        )

    def _opening(self, wants: tuple[Want, ...], way: int, prompt: Prompt) -> str:
        """Tell the goal, with everything at once or with what was asked for."""
        goal = self._scenario.goal
        self._goal_told = True
        recording = prompt.listening is not None and prompt.listening.recording
        if recording or self._scenario.style is Style.ALL_AT_ONCE or self._tells_all():
            return phrases.message(goal, self._sayings)
        facts = [FIELD_OF[w] for w in wants if w in FIELD_OF]
        if not facts:
            return self._sayings.goals[goal][way]
        answer = (
            phrases.sentence(facts, self._sayings)
            if len(facts) > 1
            else self._sayings.answers[wants[0]][way]
        )
        if goal is Goal.BOOK:  # who asks for a name at once books, as a rule
            return answer
        return f"{self._sayings.goals[goal][way]} {phrases.sentence(facts, self._sayings)}"

    def _tells_all(self) -> bool:
        rate = self._persona.all_at_once_rate
        return rate > 0 and self._draws.unit("all at once") < rate

    def _is_it_done(self, way: int, prompt: Prompt) -> str:
        """Ask whether the goal is reached, which nobody has said; or tell it once more."""
        facts = self._facts
        if not self._knows_when():
            return self._opening((Want.HELP,), way, prompt)
        day, time = (said_in(self._language, f, facts.value(f)) for f in ("day", "time"))
        return self._sayings.is_it_done[self._scenario.goal].format(day=day, time=time)

    def _yes_or_no(self, text: str, way: int) -> str:
        goal, question = self._scenario.goal, text[text[:-1].rfind(".") + 1 :]
        if _MOVES.search(text) and goal is not Goal.RESCHEDULE:
            return self._sayings.no_goal[goal]
        return (
            self._sayings.no
            if _REFUSED.search(question)
            else self._sayings.answers[Want.YES_NO][way]
        )

    @property
    def _sayings(self) -> Sayings:
        """Its sentences in the language that it is spoken to in."""
        return phrases.SAYINGS[self._language]

    def _way(self) -> int:
        """How to say it: the long way, or short or full."""
        rate = self._persona.long_turn_rate
        if rate and self._draws.unit("long", self._prompts) < rate:
            return phrases.LONG
        return self._draws.below(2, "way", self._prompts)

    def _say(
        self, template: str, prompt: Prompt, times: int, wants: tuple[Want, ...] = ()
    ) -> Reply:
        code, listening = self._language, prompt.listening
        parts = phrases.fill(template, self._facts, code)
        tongue = Tongue(code, listening is None or code_of(listening.language) == code)
        spoken = utter(parts, self._persona, self._draws, self._prompts, times, tongue)
        speech = spoken.speech
        self._turns += 1
        if listening is not None and listening.recording:
            speech = speech._replace(reported=None, confidence=None)
        else:
            self._garbled = self._garbled or speech.reported != speech.meant
            for field, reported in spoken.reported.items():
                if field in FIELDS:
                    told = reported if field == "name" else in_english(reported, code)
                    self._told(field, told)
                elif field == "date":  # what counts of it is the weekday
                    told = in_english(reported, code)
                    self._told("day", (find_days(told) or [told])[0])
            fields = [_IN_FIELD.get(field, field) for field in spoken.reported]
            self.told(fields, wants, clearly=_is_clear(speech))
        self.answered = True
        return Reply(self._after_s(prompt), speech)

    def _thank(self, prompt: Prompt, listening: Listening) -> Reply:
        self._standing = standing.THANKED
        if not listening.speech:
            return self._hang_up("its goal is reached")
        return self._say(self._sayings.answers[Want.MORE][self._way()], prompt, 0)

    def _say_goodbye(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Having thanked: hang up if the agent does not, and complain that it does not."""
        if not listening.speech or understood.wants not in ((), (Want.MORE,)):
            return self._hang_up("its goal is reached")
        if self.goodbyes >= memory.GOODBYES:
            self._complain(memory.stays(self.goodbyes, goodbye=understood.goodbye))
            return self._hang_up("its goal is reached, and the agent does not hang up")
        self.goodbyes += 1
        return self._say(self._sayings.goodbye, prompt, 0)

    def _after_s(self, prompt: Prompt) -> float:
        """From the end of the prompt to the first sound; within what the agent waits for."""
        listening, n = prompt.listening, self._prompts
        asks = self._last not in (Want.CONFIRM, Want.UNKNOWN, Want.MORE)
        barges = listening is not None and listening.barge_in and asks and self._turns > 1
        if barges and self._draws.unit("barge in", n) < self._persona.barge_in_rate:
            return -round(self._draws.uniform(0, 0.4, "barge in at", n) * prompt.duration_s, 3)
        return gap_s(self._persona, listening, self._draws, n)

    def _prefers_keys(
        self, understood: Understood, want: Want, listening: Listening, times: int
    ) -> bool:
        """Whether it presses keys though it might speak, at a prompt that there is a key for."""
        if not listening.dtmf or listening.recording:
            return False
        if want is not Want.PHONE and not understood.options:
            return False
        persona = self._persona
        if times >= persona.keys_after:
            return True
        return persona.keys_rate > 0 and self._draws.unit("keys", self._prompts) < persona.keys_rate

    def _press(
        self, prompt: Prompt, listening: Listening, understood: Understood, wrong: str
    ) -> Reply:
        """Answer with keys, when the agent listens for nothing else."""
        if not listening.dtmf:
            return Reply()
        if understood.wants[:1] == (Want.CONFIRM,):
            wrong = wrong or self._new_wish()
        digits, field = keys_for(
            understood,
            self._facts,
            self._scenario.goal,
            wrong=bool(wrong or self._wrong()),
            read_back=self._mask != 0,
        )
        if not digits:
            if not listening.speech:
                self._complain(memory.puzzled(prompt))
            return Reply(why="knows no key for that")
        if field:
            self._told(field, digits if field == "phone" else self._facts.value(field))
        self._turns += 1
        menu = bool(understood.options) and field != "phone"
        if menu and not field:
            if amiss := self._wrong():
                self.fixes(amiss, clearly=self._passes(amiss, self._reported[FIELDS.index(amiss)]))
                self.may_ask(FIELDS)  # who is told no may begin anew
            self._goal_told = True  # by the key: to say it once more would be odd
        return Reply(self._after_s(prompt), digits=typed(digits, listening, menu=menu))


def _is_clear(speech: Speech | None) -> bool:
    return speech is not None and memory.clearly(speech.meant, speech.reported, speech.confidence)


def _thing(want: Want) -> Want:
    """What is asked for: to ask what is wrong with a read-back is to ask about it again."""
    return Want.CONFIRM if want is Want.CHANGE else want


def _lost_patience(want: Want, times: int) -> str:
    if want is Want.UNKNOWN:
        return f"did not understand {times} prompts"
    return f"asked {times} times for {_THINGS[want]}"
