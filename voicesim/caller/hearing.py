"""What a caller with a goal makes of what it hears, and of the call once it is over."""

import re
from dataclasses import replace
from functools import lru_cache

from voicesim.base.findings import Finding
from voicesim.call.talk import FieldValue, Judgement, Opinion, Prompt
from voicesim.caller import memory, remarks, standing
from voicesim.caller.asking import Want
from voicesim.caller.base import NOT_UNDERSTOOD
from voicesim.caller.checking import FIELDS, came_through, passes, same, stated
from voicesim.caller.confirming import NOTHING, recited
from voicesim.caller.dates import as_weekdays, at_odds, is_weeks_off, with_date
from voicesim.caller.facts import TIMES
from voicesim.caller.judging import TRIES, contradicts, judge
from voicesim.caller.memory import FIELD_OF, Memory
from voicesim.caller.models import Goal
from voicesim.caller.sieve import Sieved
from voicesim.caller.stating import booked_in, gives_a_date
from voicesim.caller.understanding import Understood
from voicesim.caller.words import DAYS, find_days, find_times, plain

_OLD_TALK = Sieved(r"\b(?:from|existing|current|original|old|found|instead|see)\b", re.I)
_BROKEN = Sieved(r"\bwent wrong\b|\berror\b|\btechnical\b|\bour (?:side|end)\b|\bsystem\b", re.I)
_NEGATED = Sieved(r"\b(?:sorry|unable|unfortunately|cannot|not)\b|n't\b", re.I)
_REGRETS = Sieved(
    r"\b(?:fail\w*|troubles?|(?<!no )(?:problem|issue)s?|errors?|wrong|no longer|nothing|never|"
    r"full|filled|taken|lost|gone|afraid|apolog\w+|regret\w*|declined|rejected|refused|cancell?ed|"
    r"(?:someone|somebody) else|another (?:caller|patient|customer)|"
    r"no (?:appointment|booking))\b",
    re.I,
)
"""Sounds like a failure: what is asked after it is no sign that all is well."""
_DROPPED = "..."
"""The report of a fact of which the recogniser lost every word: told, for all that."""
ONE_CLEAR, GAVE_UP = -1, -2
_ANEW = frozenset((Want.YES_NO, Want.OTHER, Want.MORE, Want.MENU))
"""Asked such a thing twice, a caller was likely asked two things."""
_PUZZLING = (Want.UNKNOWN, Want.YES_NO, Want.OTHER, Want.MENU)
"""Asked such a thing last, a caller may not have understood what it was asked."""
_ASKS_ON = frozenset((*FIELD_OF, Want.SPELL, Want.REASON, Want.OLD))
_READS_BACK = frozenset((Want.CONFIRM, Want.CHANGE))
_EXPECTS = frozenset((*FIELD_OF, *_READS_BACK, Want.HELP, Want.SPELL, Want.REASON, Want.OLD))
"""Having answered such a thing clearly, a caller expects a word."""
_NEVER_ASKED = bytes(max(Want) + 1)
Values = tuple[str, str, str, str]
_NOTHING: Values = ("", "", "", "")


class Hearing(Memory):
    """The half of a caller that listens."""

    __slots__ = (
        "_asked",
        "_fixing",
        "_goal_told",
        "_heard",
        "_last",
        "_mask",
        "_rejected",
        "_reported",
        "_standing",
        "_unclear",
    )

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._asked = _NEVER_ASKED  # how many times each want was asked for
        self._reported = _NOTHING  # the latest report of each of FIELDS
        self._heard = _NOTHING  # what was read back of each since it was last told
        self._rejected = _NOTHING  # what of each was read back wrongly before it was told anew
        self._fixing = ""  # the field that it said last was wrong
        self._last = Want.UNKNOWN
        self._mask = 0  # fields of the latest read-back (bits 0-3), those wrong (bits 4-7)
        self._unclear = 0  # answers to one question, none clear; or ONE_CLEAR, GAVE_UP
        self._standing = standing.OPEN
        self._goal_told = False

    def opinion(self) -> Opinion:
        """Say how the call went."""
        values = tuple(
            FieldValue(field, self._facts.value(field), told, heard, self.was_misreported(field))
            for field, told, heard in zip(FIELDS, self._reported, self._heard, strict=True)
        )
        opinion = judge(
            values,
            confirmed=self._confirmed,
            unclear=self._standing == standing.UNSURE or self._puzzled,
            needed=standing.needed(self._scenario.goal, name_asked=self.was_asked("name")),
            gave_up=self._unclear == GAVE_UP,
            garbled=self._garbled,
        )
        if opinion.judgement is Judgement.WRONG and self._is_all_of_the_old(values):
            opinion = replace(opinion, judgement=Judgement.MISHEARD, findings=())
        opinion = self._after_corrections(opinion, values)
        complaints = self.complaints(values, confirmed=self._confirmed)
        complaints += self._hung_up_early(values) + self._never_learned(values)
        if opinion.judgement is Judgement.REACHED and self._is_nameless(values[0]):
            complaints += (memory.nameless(),)
        if self._scenario.changes_mind and self._confirmed and not self.old_day:
            complaints += (memory.not_read_back(),)
        found = opinion.findings + self._complaints_of(opinion.judgement) + complaints
        waits = self._prompts if self.clear and self._last in _EXPECTS else 0
        return replace(
            opinion, findings=self._in_turn(found), repeats=repeats(self._asked), waits_since=waits
        )

    def _is_all_of_the_old(self, values: tuple[FieldValue, ...]) -> bool:
        """Whether what is wrong is the appointment that it has, in a call that was misheard.

        With "move" lost, "from Monday to Tuesday" may be a wish for Monday.
        """
        old = {"day": self._facts.old_day, "time": self._facts.old_time}
        moves = self._scenario.goal is Goal.RESCHEDULE and self._garbled
        wrong = [value for value in values if contradicts(value)]
        return moves and all(same(v.name, v.heard, old.get(v.name, "")) for v in wrong)

    def _after_corrections(self, opinion: Opinion, values: tuple[FieldValue, ...]) -> Opinion:
        """Doubt a goal reached in vague words, when what was put right was wrong again.

        Who takes a correction without a word is believed; who has ignored it is not.
        """
        if opinion.judgement not in (Judgement.REACHED, Judgement.MISHEARD):
            return opinion
        for at, value in enumerate(values):
            times = 0 if value.heard else self.ignored(value.name)
            found = self.still_wrong(replace(value, heard=self._rejected[at])) if times else []
            if found and times >= memory.CORRECTIONS:
                findings = (*opinion.findings, *found)
                return replace(opinion, judgement=Judgement.WRONG, findings=findings)
            if found:
                return replace(opinion, judgement=Judgement.UNCLEAR)
        return opinion

    @property
    def _puzzled(self) -> bool:
        """Whether the call ended at a question that the caller did not understand."""
        if self._last not in _PUZZLING:
            return False
        if self._standing == standing.DENIED and self._last is not Want.OTHER:
            return False
        return any(finding.code == NOT_UNDERSTOOD for finding in self._overheard)

    def _is_nameless(self, name: FieldValue) -> bool:
        """Whether the agent booked without ever having asked for the name."""
        asked = self.was_asked("name") or self._asked[Want.SPELL]
        known = name.reported or name.heard
        return self._scenario.goal is Goal.BOOK and not (asked or known)

    def _never_learned(self, values: tuple[FieldValue, ...]) -> tuple[Finding, ...]:
        """Whether the agent confirmed a booking, and had never asked for the day or the time."""
        if not (self._confirmed and self.said_goodbye and self._scenario.goal is Goal.BOOK):
            return ()
        missing = [v.name for v in values if v.name in ("day", "time") and not v.reported]
        missing = [name for name in missing if not self.was_asked(name)]
        unknown = [v.name for v in values if v.name in missing and not v.heard]
        return () if self._garbled or not unknown else (memory.never_learned(unknown),)

    def _hung_up_early(self, values: tuple[FieldValue, ...]) -> tuple[Finding, ...]:
        """Whether the agent said goodbye to a caller that answered it, and whose goal it knew."""
        booking = self._scenario.goal is Goal.BOOK
        puzzled = self._garbled or self._unclear not in (0, ONE_CLEAR)
        if not (self.said_goodbye and self.answered and booking) or puzzled:
            return ()
        missing = [v.name for v in values if not v.reported and not self.was_asked(v.name)]
        told = [value.name for value in values if value.reported]
        if self._standing != standing.OPEN or not told or not {"day", "time"} & set(missing):
            return ()
        return (memory.hung_up(told, [name for name in missing if name != "phone"]),)

    def _listen(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt."""
        text = understood.english
        farewell = understood.goodbye and prompt.listening is None and not _NEGATED.search(text)
        self.heard(text, goodbye=farewell and not remarks.rings_back(text))
        if remarks.starts_over(text):
            self.may_ask(FIELDS)
        if understood.on_purpose:
            self.may_ask([FIELD_OF[want] for want in understood.wants if want in FIELD_OF])
        if understood.said == NOTHING and not understood.wants and self._goes_by_what_is_told():
            understood = understood._replace(said=recited(plain(text)))
        self._note(text, understood)

    def _goes_by_what_is_told(self) -> bool:
        """Whether it has no other appointment that the agent may tell of."""
        return self._scenario.goal is Goal.BOOK and self._knows_when()

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt after which the agent does not listen."""
        text = understood.english
        if not text.strip() and prompt.audio and self._turns and self._is_open:
            self._standing = standing.UNSURE
            self._complain(memory.puzzled(prompt))
        if self._unclear >= TRIES and understood.goodbye and not _BROKEN.search(text):
            self._unclear = GAVE_UP
        if remarks.hands_over(text) and self._is_open:
            self._standing = standing.UNSURE
            self._complain(memory.handed_over(prompt.text))
        elif self._knows_when():
            closing = standing.after_closing(self._standing, text, understood)
            self._standing = closing

    def _note(self, text: str, understood: Understood) -> None:
        """Keep what a read-back or a confirmation states."""
        if self._turns:
            self._standing = self._stands(text, understood)
        confirmed = self._confirmed and (understood.confirmed or self._seems_done(text, understood))
        if not confirmed and _READS_BACK.isdisjoint(understood.wants):
            return
        facts, mask = self._facts, 0
        spoken, text = text, as_weekdays(text, facts.on)
        old = not confirmed or _OLD_TALK.search(text) is not None
        known = {"day": facts.old_day, "time": facts.old_time} if old and facts.old_day else {}
        if known and self._is_of_the_new(text, known):
            known = {}
        confirms = confirmed and self._scenario.goal is not Goal.CANCEL
        confirms = confirms and _READS_BACK.isdisjoint(understood.wants)
        moves = self._scenario.goal is Goal.RESCHEDULE
        old_ones = ("", "", facts.old_day, facts.old_time) if moves else _NOTHING
        for at, field in enumerate(FIELDS):
            meant = facts.value(field)
            before = (self._reported[at], known.get(field, ""), self._rejected[at])
            heard = stated(field, text, meant, *before, confirms=confirms, old=old_ones[at])
            if heard:
                self._doubt(field, heard, text, confirmed=confirmed)
                right = heard == meant or self._passes(field, heard)
                if field == "day" and not right and heard not in spoken:
                    heard = with_date(heard, text)
                self._heard = with_value(self._heard, field, heard)
                self.read_back(field, right=right)
                mask |= (1 if right else 17) << at
        if confirms and (why := self._cannot_tell_day(plain(text))):
            self._standing = standing.UNSURE
            self._complain(standing.not_compared(why, text))
        if not mask and Want.CHANGE in understood.wants:
            return  # asks what is wrong, and reads nothing back
        if mask != self._mask:  # something else is read back: a new question
            self._mask, self._asked = mask, counted(self._asked, Want.CONFIRM, 0)

    def _cannot_tell_day(self, text: str) -> str:
        """Why it does not know whether what ``text`` (plain) confirms is on its day, or ""."""
        if not self._heard[2] and gives_a_date(text):
            return standing.NO_WEEKDAY
        booked = " ".join(booked_in(text))
        if self._heard[2] and not self._passes("day", self._heard[2]):
            return ""
        if at_odds(booked, self._facts.on):
            return standing.AT_ODDS
        agreed = self._asked[Want.CONFIRM] > 0
        return standing.ANOTHER_WEEK if is_weeks_off(booked) and not agreed else ""

    def _is_of_the_new(self, text: str, known: dict[str, str]) -> bool:
        """Whether ``text`` names the new day and not the old one, or so the time.

        What else it names is of the new appointment, be it as it was of the old one.
        """
        if _OLD_TALK.search(text):
            return False
        old = {field: stated(field, text, value, "") == value for field, value in known.items()}
        new = {f: stated(f, text, self._facts.value(f), "") == self._facts.value(f) for f in known}
        return any(new[field] and not old[field] for field in known)

    def _doubt(self, field: str, heard: str, text: str, *, confirmed: bool) -> None:
        """Complain of a day or time that is read back though it was never asked for, nor told.

        Of an agent that was told garbled words nobody knows what it made of them.
        """
        at = FIELDS.index(field)
        if self._garbled:
            return
        if field not in ("day", "time") or self._scenario.goal is not Goal.BOOK:
            return
        if self._reported[at] or self.was_asked(field) or not (confirmed or self._reported[0]):
            return
        found = memory.invented(field, heard, text, confirmed=confirmed)
        if found and not self._passes(field, heard):
            self._complain(found)

    @property
    def _confirmed(self) -> bool:
        return self._standing >= standing.REACHED

    @property
    def _is_open(self) -> bool:
        return self._standing in (standing.OPEN, standing.AGREED)

    def _stands(self, text: str, understood: Understood) -> int:
        """How the goal stands after a prompt."""
        now, said = self._standing, understood.said
        if said.settled and not _ASKS_ON.isdisjoint(understood.wants):
            return now  # "Done. And your phone number?"
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
        if Want.MORE not in understood.wants or not self._knows_when():
            return False
        return not (understood.said.denied or _NEGATED.search(text) or _REGRETS.search(text))

    def _wrong(self) -> str:
        """The first field that was read back otherwise than meant, or ""."""
        facts = self._facts
        for field, heard in zip(FIELDS, self._heard, strict=True):
            if heard and heard != facts.value(field) and not self._passes(field, heard):
                return field
        return ""

    def _passes(self, field: str, heard: str) -> bool:
        """Whether it lets pass what was read back; half its name only if the agent knows all."""
        return passes(field, heard, self._facts.value(field), in_part=not self._garbled)

    def _told(self, field: str, reported: str) -> None:
        """A fact was told anew: what was read back of it before counts no more.

        If it was wrong, it is kept in mind: an agent may well say it again.
        """
        meant, reported = self._facts.value(field), reported or _DROPPED
        if not came_through(field, reported, meant):
            self.misreport(field)
        heard = self._heard[FIELDS.index(field)]
        if heard and not same(field, heard, meant):
            self._rejected = with_value(self._rejected, field, heard)
        self._reported = with_value(self._reported, field, meant if reported == meant else reported)
        self._heard = with_value(self._heard, field, "")
        if not self._confirmed:
            self._standing = standing.OPEN

    def _reports(self) -> tuple[str, str]:
        """What was reported last of its name and its number; "" where nothing was."""
        return self._reported[0], self._reported[1]

    def _take_another(self, text: str, understood: Understood) -> None:
        """Take another day or time: one that was offered, or one of its own."""
        facts, n = self._facts, self._prompts
        text = as_weekdays(text, facts.on)
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
            self._facts = facts.moved((days or [facts.day])[0], (times or [facts.time])[0])
            self._heard = with_value(with_value(self._heard, "day", ""), "time", "")


def with_value(values: Values, field: str, value: str) -> Values:
    """``values`` with that of ``field`` replaced; the same object where it is that already."""
    at = FIELDS.index(field)
    if values[at] == value:
        return values
    changed = list(values)
    changed[at] = value
    name, phone, day, time = changed
    return name, phone, day, time


@lru_cache(maxsize=4096)
def counted(counts: bytes, want: Want, times: int) -> bytes:
    """``counts`` with that of ``want`` replaced; many callers hold the same object."""
    return counts[:want] + bytes((times,)) + counts[want + 1 :]


def repeats(asked: bytes) -> int:
    """Of how many times each want was asked for, how many were for the same again.

    A prompt that the caller did not understand, so that it asked back, is one from the second on:
    it tells what it wants at the first.
    """
    return sum(max(times - 1, 0) for want, times in enumerate(asked) if want not in _ANEW)
