"""What a caller may do at a prompt: keys that are offered and keys that are not, words, silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from voicesim.call.talk import Listening, Prompt, Reply, Speech
from voicesim.caller import phrases
from voicesim.caller.asking import Want
from voicesim.caller.facts import Facts
from voicesim.caller.keys import typed
from voicesim.caller.models import Goal
from voicesim.caller.understanding import Understood, understand
from voicesim.caller.words import digits_of
from voicesim.explore import choices

AFTER_S, KEY_AFTER_S, WORDS_PER_S, CONFIDENCE = 0.5, 0.5, 2.5, 0.93
NONSENSE = "Why is the moon made of green cheese?"
FAREWELL = "Goodbye."
ALL_KEYS = "0123456789*#"
ODD_KEYS = ("5", "*", "9" * 20)
"""Pressed where no menu was offered: a key, a star, more than any number has."""
NUMBER = "{number}"
"""Stands for the caller's own number, keyed in."""


class Sort(StrEnum):
    """What a move is in the eyes of who wrote the prompt."""

    OPTION = "option"
    """A key that was offered."""
    ANSWER = "answer"
    """What was asked for."""
    GUESS = "guess"
    """An answer to a question that is not understood."""
    SILENCE = "silence"
    ODD = "odd"
    """What nobody asked for."""
    HANG_UP = "hang up"
    """Hanging up on what is being recorded."""


COST = {Sort.OPTION: 1, Sort.ANSWER: 1, Sort.GUESS: 1, Sort.SILENCE: 1}
COST |= {Sort.ODD: 2, Sort.HANG_UP: 2}
"""Steps that a move counts for: odd ones are tried one step later."""
LIKELY = frozenset((Sort.OPTION, Sort.ANSWER))
"""What an agent must be able to take."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do at a prompt; ``words`` have gaps for the caller's facts (see phrases)."""

    sort: Sort
    keys: str = ""
    words: str = ""
    label: str = ""
    """What the key was offered for."""
    want: Want = Want.UNKNOWN
    """What was asked for that it answers."""

    @property
    def means(self) -> str:
        """What was offered: the label of a key, or the words."""
        return self.label or self.words

    @property
    def shown(self) -> str:
        """Such as "presses 1 (sales)"."""
        if self.words:
            said = f'says "{self.words.replace("{", "<").replace("}", ">")}"'
            return f"{said} and hangs up" if self.sort is Sort.HANG_UP else said
        if self.keys:
            keys = self.keys.replace(NUMBER, "<number>")
            return f"presses {keys}" + (f" ({self.label})" if self.label else "")
        return "stays silent"

    def reply(self, facts: Facts, listening: Listening) -> Reply | None:
        """What a caller with ``facts`` does; None where the agent does not listen for it."""
        if self.words:
            if not (listening.speech or listening.recording):
                return None
            said = "".join(part.text for part in phrases.fill(self.words, facts))
            lasts_s = (said.count(" ") + 1) / WORDS_PER_S
            if listening.recording:
                hangs_up = self.sort is Sort.HANG_UP
                return Reply(AFTER_S, Speech(said, None, None, lasts_s), hangs_up=hangs_up)
            return Reply(AFTER_S, Speech(said, said, CONFIDENCE, lasts_s))
        if self.keys:
            if not listening.dtmf:
                return None
            digits = self.keys.replace(NUMBER, digits_of(phrases.fill("{phone}", facts)[0].text))
            if self.sort is not Sort.OPTION:
                digits = typed(digits, listening, menu=False)
            return Reply(KEY_AFTER_S, digits=digits)
        return Reply()


SILENT = Move(Sort.SILENCE)
_YES = phrases.ANSWERS[Want.YES_NO][phrases.SHORT]
_WORDS: dict[Want, tuple[str, ...]] = {
    Want.HELP: (
        phrases.GOALS[Goal.BOOK][phrases.SHORT],
        phrases.GOALS[Goal.RESCHEDULE][phrases.SHORT],
    ),
    Want.CONFIRM: (_YES, phrases.NO),
    Want.YES_NO: (_YES, phrases.NO),
    Want.CHANGE: ("The day is wrong.", phrases.NOTHING_WRONG),
    Want.UNKNOWN: (_YES, phrases.NO, phrases.GOALS[Goal.BOOK][phrases.SHORT]),
}
"""What is said to each question; to those that are not here, what any caller would say."""
_FACTS = {Want.NAME: "name", Want.PHONE: "phone", Want.DAY: "day", Want.TIME: "time"}
_CHATS = frozenset((Want.UNKNOWN, Want.HELP, Want.MORE))
"""Questions of an agent that talks on until the caller takes its leave."""
_YES_OR_NO = frozenset((Want.CONFIRM, Want.YES_NO))
_OPEN = frozenset((Want.UNKNOWN, Want.OTHER, Want.OLD, Want.MENU, Want.SPELL))
"""Questions to which what we say is a guess."""


def moves_at(prompt: Prompt, heard: str) -> tuple[Move, ...]:
    """All that is tried at ``prompt``, likely ones first; ``heard`` is all that was said before."""
    listening = prompt.listening
    if listening is None:
        return ()
    if listening.recording:
        message = "Hello, this is {name}. Please call me back."
        leaves = Move(Sort.HANG_UP, words=message)
        return (Move(Sort.ANSWER, words=message, want=Want.HELP), SILENT, leaves)
    understood = understand(heard)
    moves = _keys(understood, listening, heard) if listening.dtmf else []
    if listening.speech:
        moves += _words(understood, listening, heard)
        moves.append(Move(Sort.ODD, words=NONSENSE))
    moves.append(SILENT)
    return tuple(sorted(_distinct(moves), key=lambda move: COST[move.sort]))


def _distinct(moves: Iterable[Move]) -> list[Move]:
    """Of moves in which the same is done the first."""
    first: dict[tuple[str, str], Move] = {}
    for move in moves:
        first.setdefault((move.keys, move.words), move)
    return list(first.values())


def _keys(understood: Understood, listening: Listening, heard: str) -> list[Move]:
    wants, options = understood.wants, choices.pressed(understood, heard)
    for key in choices.too_long(options, listening):
        del options[key]
    moves = [Move(Sort.OPTION, key, label=label, want=Want.MENU) for key, label in options.items()]
    if Want.PHONE in wants and not (options and listening.num_digits == 1):
        moves.append(Move(Sort.ANSWER, NUMBER, want=Want.PHONE))
    if not options and not listening.speech and {Want.CONFIRM, Want.YES_NO} & set(wants):
        moves += [Move(Sort.GUESS, key, want=wants[0]) for key in "12"]
    taken = {move.keys for move in moves} | set(listening.finish_on_key)
    others = ALL_KEYS if options or listening.num_digits == 1 else ODD_KEYS
    moves += [Move(Sort.ODD, keys) for keys in others if keys not in taken]
    return moves


def _words(understood: Understood, listening: Listening, heard: str) -> list[Move]:
    """What is said: what is offered first; the labels of a menu where its keys cannot be pressed.

    What is offered is said as it stands there: who compares words may not expect a full stop.
    """
    want = (understood.wants or (Want.UNKNOWN,))[0]
    told, asked = choices.told(heard), choices.asked(heard)
    hints = choices.hinted(listening.hints)
    maybe = [] if want in _FACTS else [*asked, *hints]
    guessed = [Move(Sort.GUESS, words=_plain(word), want=Want.MENU) for word in maybe]
    if want in _YES_OR_NO and told:  # "please say yes or no", or other words
        return [*(Move(Sort.ANSWER, words=_plain(word), want=want) for word in told), *guessed]
    if want is Want.MENU and not listening.dtmf:
        told += [label for _, label in understood.options]
    told += [word for word in asked if word.casefold() in map(str.casefold, hints)]
    offered = [Move(Sort.OPTION, words=_plain(word), want=Want.MENU) for word in told]
    if want is Want.MENU or (told and want in _OPEN):
        return [*offered, *guessed]
    unsure = want in _OPEN or (want is Want.YES_NO and asked)
    sort = Sort.GUESS if unsure else Sort.ANSWER
    usual = [Move(sort, words=words, want=want) for words in _usual(understood.wants, want)]
    if want in _CHATS:
        guessed.append(Move(Sort.GUESS, words=FAREWELL, want=want))
    return [*offered, *usual, *guessed]


def _usual(wants: tuple[Want, ...], want: Want) -> tuple[str, ...]:
    """What any caller says who is asked for ``want`` first."""
    facts = [_FACTS[one] for one in wants if one in _FACTS]
    if len(facts) > 1:
        return (phrases.sentence(facts),)
    if want in _WORDS:
        return _WORDS[want]
    if want in phrases.ANSWERS and want is not Want.OLD:
        return (phrases.ANSWERS[want][phrases.FULL],)
    return (_YES, phrases.NO, "{name}.")


def _plain(word: str) -> str:
    """An agent's word without what would be a gap for a fact."""
    return word.replace("{", "").replace("}", "")
