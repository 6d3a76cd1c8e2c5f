"""What a caller may do at a prompt: keys that are offered and keys that are not, words, silence."""

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

AFTER_S, KEY_AFTER_S, WORDS_PER_S, CONFIDENCE = 0.5, 0.5, 2.5, 0.93
NONSENSE = "Why is the moon made of green cheese?"
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


COST = {Sort.OPTION: 1, Sort.ANSWER: 1, Sort.GUESS: 1, Sort.SILENCE: 1, Sort.ODD: 2}
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
    def shown(self) -> str:
        """Such as "presses 1 (sales)"."""
        if self.words:
            return f'says "{self.words.replace("{", "<").replace("}", ">")}"'
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
                return Reply(AFTER_S, Speech(said, None, None, lasts_s))
            return Reply(AFTER_S, Speech(said, said, CONFIDENCE, lasts_s))
        if self.keys:
            if not listening.dtmf:
                return None
            digits = self.keys.replace(NUMBER, digits_of(phrases.fill("{phone}", facts)[0].text))
            menu = self.sort is Sort.OPTION
            return Reply(KEY_AFTER_S, digits=typed(digits, listening, menu=menu))
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
_OPEN = frozenset((Want.UNKNOWN, Want.OTHER, Want.OLD, Want.MENU, Want.SPELL))
"""Questions to which what we say is a guess."""


def moves_at(prompt: Prompt, heard: str) -> tuple[Move, ...]:
    """All that is tried at ``prompt``, likely ones first; ``heard`` is all that was said before."""
    listening = prompt.listening
    if listening is None:
        return ()
    if listening.recording:
        message = "Hello, this is {name}. Please call me back."
        return (Move(Sort.ANSWER, words=message, want=Want.HELP), SILENT)
    understood = understand(heard)
    moves = [*_keys(understood, listening)] if listening.dtmf else []
    if listening.speech:
        moves += _words(understood, menu=listening.dtmf)
        moves.append(Move(Sort.ODD, words=NONSENSE))
    moves.append(SILENT)
    return tuple(sorted(dict.fromkeys(moves), key=lambda move: COST[move.sort]))


def _keys(understood: Understood, listening: Listening) -> list[Move]:
    wants, options = understood.wants, understood.options
    moves = [Move(Sort.OPTION, key, label=label, want=Want.MENU) for key, label in options]
    if Want.PHONE in wants:
        moves.append(Move(Sort.ANSWER, NUMBER, want=Want.PHONE))
    if not options and not listening.speech and {Want.CONFIRM, Want.YES_NO} & set(wants):
        moves += [Move(Sort.GUESS, key, want=wants[0]) for key in "12"]
    taken = {move.keys for move in moves} | set(listening.finish_on_key)
    others = ALL_KEYS if options or listening.num_digits == 1 else ODD_KEYS
    moves += [Move(Sort.ODD, keys) for keys in others if keys not in taken]
    return moves


def _words(understood: Understood, *, menu: bool) -> list[Move]:
    """What is said; the labels of a menu only where its keys cannot be pressed."""
    wants = understood.wants or (Want.UNKNOWN,)
    want = wants[0]
    if want is Want.MENU:
        labels = () if menu else understood.options
        return [Move(Sort.OPTION, words=f"{label}.", want=Want.MENU) for _, label in labels]
    sort = Sort.GUESS if want in _OPEN else Sort.ANSWER
    facts = [_FACTS[one] for one in wants if one in _FACTS]
    if len(facts) > 1:
        said: tuple[str, ...] = (phrases.sentence(facts),)
    elif want in _WORDS:
        said = _WORDS[want]
    elif want in phrases.ANSWERS and want is not Want.OLD:
        said = (phrases.ANSWERS[want][phrases.FULL],)
    else:
        said = (_YES, phrases.NO, "{name}.")
    return [Move(sort, words=words, want=want) for words in said]
