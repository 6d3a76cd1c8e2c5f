"""What is wrong with what one move led to, and all complaints with the shortest way to each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import Outcome
from voicesim.caller.asking import Want
from voicesim.caller.stating import own_sentences
from voicesim.caller.understanding import understand
from voicesim.caller.words import find_numbers
from voicesim.explore import choices
from voicesim.explore.graph import Way, cost
from voicesim.explore.legs import Leg
from voicesim.explore.moves import LIKELY, Move, Sort
from voicesim.explore.same import Own, normal_text

QUOTED = 120
MANY = 15
"""Documents without a question before it is said that there is no end in sight."""
_WHOLE, _FEW = 7, 2
"""Digits of a whole number; so many of them may be wrong for it to be the caller's own."""
_VALUES = r"name|date|day|time|number|phone|address|city|e?mail|company|business|doctor"
_VALUES += r"|service|location|amount|price|code|id|link|url|value"
_BEFORE_NAN = (r"\bis", r"\bare", r"\bon", r"\bat", r"\bowe", r"\bcost", r"\bcosts", r"\bof")
_PLACEHOLDERS = re.compile(
    r"\bundefined\b|\bnull\b(?! and void)|\bNaN\b|\bNoneType\b"
    r"|(?<=\w )None\b(?! of\b)|(?<=\w, )None\b(?! of\b)"
    r"|\[object \w+\]|\{\{[^{}]{1,60}\}\}|[$#]\{[^{}]{1,60}\}|(?<![\w{])\{[A-Za-z_][\w.]{0,40}\}"
    r"|<%[^<>]{1,60}%>|%\([A-Za-z_]\w*\)[sd]|(?<!\d)%[sd]\b|%[A-Z][A-Z0-9_]{1,40}%"
    rf"|\[(?:[A-Za-z_]+[ _]){{0,3}}(?i:{_VALUES})(?:[ _][A-Za-z_]+)?\]|\[native code\]"
    r"|(?<=[\w:,] )Invalid [Dd]ate\b|(?<![\w{])\{\d{0,2}\}|%![A-Za-z]\([^()]{1,60}\)"
    r"|\b[Tt]ranslation missing(?=[:.]|$)"
    rf"|(?:{'|'.join(rf'(?<={word} )' for word in _BEFORE_NAN)}|(?<=[$€£]))nan\b(?=\W*$|[.,:;!?]|"
    r" (?:dollars?|euros?|cents?|percent|minutes?|hours?|days?|points?|o'clock|at|and)\b)"
    r"|\bINSERT [A-Z][A-Z ]{0,40} HERE\b|\[(?i:insert) [^\[\]]{1,40}\]"
)
"""Words that a program puts where a value is missing. "None" begins sentences in good English."""
_A_WORD = re.compile(
    r"\b(?:this|that|it|she|here|results?|tests?|findings?|effects?|hypothes[ei]s|contracts?|votes?)"
    r" (?:is|are|was|were) (?:null|nan)$|\b(?:yes|no|all|some|any|one), None$",
    re.IGNORECASE,
)
"""Where the last word may be one: what is null and void, a grandmother, one of several answers."""
_CHOICE = re.compile(r"\b(?:for|or|and|say|to|choose) $|[,:] $", re.IGNORECASE)
"""What stands before one of several choices."""
_ENDS = re.compile(
    r"\bhang(?:ing)? up\b|\bend(?:ing)? (?:this |the |your |my )?(?:phone )?call\b|\bdisconnect\b"
    r"|^(?:to )?(?:exit|quit|end|(?:say )?(?:good)?bye)(?: (?:now|this|the|menu|system|line))*$",
    re.IGNORECASE,
)
"""What an option is offered for that ends the call."""
_MAY_END = re.compile(
    r"^(?:to )?(?:(?:cancel|stop|leave|finish)(?: (?:it|this|that))?|opt out\b.*|be done"
    r"|(?:decline|reject|refuse|dismiss|ignore|acknowledge|unsubscribe)\b.*"
    r"|(?:be removed|be taken off|remove me|block|stop (?:all|calling|calls|getting|receiving"
    r"|the(?:se|m)))\b.*|.*\bwrong (?:number|person|party)\b.*|(?:send|forward|divert)\b.*"
    r"\bto voice ?mail|(?:(?:you )?(?:are|have)|you'(?:re|ve)) (?:all )?(?:done|finished)\b.*"
    r"|.*\b(?:no longer|(?:do not|don't) (?:want|wish))\b.*)$",
    re.IGNORECASE,
)
"""What may be meant to end the call, and may be meant for something else."""
_GO_ON = re.compile(
    r"\b(?:continue|go on|carry on|stay|hold|wait|another|still there|interested)\b", re.IGNORECASE
)
"""A question whose no may end the call."""
_INPUT = re.compile(r" to (?:Digits|SpeechResult) '.*'(?=\.$)| to SpeechResult \".*\"(?=\.$)")
"""What the caller did, in the message of a webhook that failed."""
_ONCE = frozenset(("cross-talk", "readback-wrong"))
"""Codes whose messages name the call: one of them is as good as another."""
COOKIE, GOES_ON = "cookie-not-sent", "goes-on-alone"
IN_WORDS = "it waits in words"
"""How it is said that an agent may wait for something, and says so."""
NOT_THE_AGENTS = frozenset(("host-not-allowed", "no-sockets"))
"""Errors that say what we could not do; they are shown, and not held against the agent."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A finding, the shortest way that led to it, how often it was found."""

    finding: Finding
    way: Way
    own: Own
    count: int = 1
    told: tuple[str, ...] = ()
    """Of a call that no walker made: what its caller did, in its own words."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The way in words."""
        return self.told or tuple(move.shown for move in self.way)

    @property
    def is_error(self) -> bool:
        """Whether it fails the agent."""
        return self.finding.level is Level.ERROR and self.finding.code not in NOT_THE_AGENTS


class Complaints:
    """All there are, the same ones once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Complaint] = {}

    def add(self, finding: Finding, way: Way, own: Own, told: tuple[str, ...] = ()) -> None:
        """Keep ``finding``; of equal ones that with the shortest way."""
        message = normal_text(_INPUT.sub("", finding.message), own)
        option = way[-1].shown if way and way[-1].sort is Sort.OPTION else ""
        known = (
            finding.code,
            finding.level.value,
            "" if finding.code in _ONCE else message,
            option,
        )
        new = Complaint(finding, way, own, told=told)
        old = self._found.get(known)
        if old is None:
            self._found[known] = new
            return
        shorter = cost(way) < cost(old.way) and not told
        self._found[known] = replace(new if shorter else old, count=old.count + 1)

    @property
    def all(self) -> list[Complaint]:
        """The gravest first, then those nearest to the first ring."""
        grave = list(Level)
        return sorted(
            self._found.values(),
            key=lambda one: (grave.index(one.finding.level), cost(one.way), one.finding.code),
        )

    @property
    def failed(self) -> bool:
        """Whether any of them fails the agent."""
        return any(one.is_error for one in self._found.values())

    def has(self, code: str) -> bool:
        """Whether there is one with ``code``."""
        return any(known[0] == code for known in self._found)


def quoted(text: str) -> str:
    """The end of what was said, in quotes."""
    return f'"{text}"' if len(text) <= QUOTED else f'"...{text[-QUOTED:].lstrip()}"'


def at_leg(leg: Leg, before: Leg | None, move: Move | None) -> Iterator[Finding]:
    """What is wrong with what ``move`` led to from ``before`` (None: the first ring)."""
    yield from _placeholders(leg)
    yield from _unreachable(leg)
    if leg.outcome is Outcome.REJECTED:
        yield Finding("turned-away", Level.WARNING, f"The call is not taken: {leg.why}.")
    elif leg.outcome is Outcome.AGENT_HUNG_UP and not leg.sounds and not _meant(move):
        yield _cut_off(leg, before, move)
    elif leg.outcome is Outcome.TOO_MANY_TURNS and leg.documents >= MANY:
        yield _goes_on(leg, "webhook follows webhook")
    elif leg.outcome is Outcome.TOO_LONG:
        yield _goes_on(leg, "the call goes on for half an hour")


def _placeholders(leg: Leg) -> Iterator[Finding]:
    for prompt in leg.heard:
        for found in [one for one in _PLACEHOLDERS.finditer(prompt.text) if not _chosen(one)][:1]:
            at = max(found.start() - QUOTED // 2, 0)
            near = prompt.text[at : found.end() + QUOTED // 2]
            message = f'The agent says "{found.group()}", in "{near}".'
            maybe = found.group().islower() or found.group() == "None"
            maybe = maybe and _A_WORD.search(prompt.text[: found.end()]) is not None
            yield Finding("placeholder-read", Level.WARNING if maybe else Level.ERROR, message)


def _chosen(found: re.Match[str]) -> bool:
    """Whether it is "None" and one of the choices that are offered: "For None, press 2"."""
    text = found.string
    if found.group() != "None" or not _CHOICE.search(text[: found.start()]):
        return False
    labels = [*choices.pressed(understand(text), text).values(), *choices.told(text)]
    return any(label.casefold() == "none" for label in (*labels, *choices.asked(text)))


def _unreachable(leg: Leg) -> Iterator[Finding]:
    """Keys of a menu that have more digits than it takes; "dial 44" may be about a prefix."""
    listening = leg.asks.listening if leg.asks else None
    if listening is None or not listening.dtmf or listening.recording:
        return
    offered = choices.pressed(understand(leg.text), leg.text)
    for key in choices.too_long(offered, listening):
        level = Level.WARNING if re.search(rf"(?i)\bdial {key}\b", leg.text) else Level.ERROR
        message = (
            f"The option {key!r} ({offered[key]}) cannot be chosen: the Gather takes"
            f" numDigits={listening.num_digits} and goes on at the first key."
        )
        yield Finding("option-unhandled", level, message)


def read_back(leg: Leg, way: Way, own: Own) -> Iterator[Finding]:
    """A number that was told plainly and is read back with a few digits wrong."""
    told = any(move.want is Want.PHONE for move in way)
    if not told or not leg.asks or Want.CONFIRM not in understand(leg.text).wants:
        return
    for number in find_numbers(own_sentences(leg.text)):
        mine = own.number[-len(number) :]
        wrong = sum(a != b for a, b in zip(number, mine, strict=False))
        if len(mine) == len(number) >= _WHOLE and 0 < wrong <= _FEW:
            message = f"The agent reads back the phone {number!r}; {mine!r} was reported to it."
            yield Finding("readback-wrong", Level.ERROR, message)


def _meant(move: Move | None) -> bool:
    """Whether the call was offered to end there: "to hang up, press 9"."""
    return move is not None and move.sort is Sort.OPTION and _ENDS.search(move.means) is not None


def _declines(move: Move, before: Leg | None) -> bool:
    """Whether the caller does not want to go on."""
    no = re.match(r"no\b", move.words, re.IGNORECASE)
    return no is not None and before is not None and _GO_ON.search(before.text) is not None


def _cut_off(leg: Leg, before: Leg | None, move: Move | None) -> Finding:
    """Grave where the caller did as it was told and waits for more.

    Who left a message does not, nor who is sent one, nor who wants nothing else.
    """
    asked = before.asks.listening if before and before.asks else None
    waits = not leg.texts and (asked is None or not asked.recording)
    if move is not None:
        waits = waits and move.sort in LIKELY and move.want is not Want.MORE
        waits = waits and not _MAY_END.search(move.means) and not _declines(move, before)
    level = Level.ERROR if waits else Level.WARNING
    when = "after the first ring" if move is None else f"after the caller {move.shown}"
    return Finding("cut-off", level, f"The call ends without a word {when}: {leg.why}.")


def _goes_on(leg: Leg, how: str) -> Finding:
    """Nothing is asked any more; who waits on purpose may be waiting for something real.

    So may be who talks all the while; a Redirect without a URL never comes to anything else.
    """
    in_words = leg.talks and not leg.empty_redirect
    hint = f" If {IN_WORDS} for something, try --time-scale 1." if in_words else ""
    hint = " If the agent waits for something, try --time-scale 1." if leg.waits else hint
    level = Level.WARNING if hint else Level.ERROR
    message = f"Nothing is asked any more: {how} and there is no end in sight.{hint}"
    return Finding(GOES_ON, level, message)
