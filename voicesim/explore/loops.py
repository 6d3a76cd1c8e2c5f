"""What is wrong with the dialogue as a whole: options nobody handles, questions that lead nowhere.

Two places are held to be the same by what they say, which may be wrong. So what follows from a
place that leads back to itself is only a suspicion (``Suspect``) until a call of its own has gone
there and round and round.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import Outcome
from voicesim.caller.asking import Want
from voicesim.explore.complaints import quoted
from voicesim.explore.graph import Graph, Landed, Place, Way
from voicesim.explore.moves import LIKELY, SILENT, Move, Sort

ROUNDS = 12
"""Moves that a call makes to prove that there is no way out."""
TIMES = 3
"""A right answer to a plain question is given so often."""
_REFUSED = re.compile(
    r"\b(?:in|not (?:an? )?)valid\b|\bnot (?:an? |one of the )?(?:options?|choices?)\b"
    r"|\bnot recogni[sz]ed\b|\b(?:did|do|could|can)(?: not|n't|not) (?:understand|get|catch|hear)\b"
    r"|\btry again\b(?! (?:later|tomorrow|soon|shortly|(?:at )?another|some other|in an?|next"
    r"|in \w+ (?:minutes|hours|days)|on|during)\b)|\bunknown\b|\bno such\b"
    r"|\bwrong (?:key|option|choice)\b|\bn(?:o|')t exist\b"
    r"|\b(?:no (?:es |son )?v[áa]lid|inv[áa]lid|incorrect)[oa]s?\b|\bno (?:le |lo |te |se )?"
    r"(?:he |hemos |ha )?(?:entend|entiend|reconoc|comprend)"
    r"|\bint[ée]nt[ea](?:lo)? (?:de nuevo|otra vez|nuevamente)\b(?! (?:m[áa]s tarde|ma[ñn]ana)\b)"
    r"|\bung(?:ü|ue)ltig|\bfalsche (?:taste|eingabe|auswahl)\b"
    r"|\bnicht (?:g(?:ü|ue)ltig|verstanden|erkannt)\b"
    r"|\b(?:non |pas )valide|\binvalide|\bpas (?:compris|reconnu)",
    re.IGNORECASE,
)
_REPEATS = re.compile(
    r"\brepeat|\bagain\b|\b(?:go|going) back\b|\bback to\b|\breturn\b|\bmenu\b|\bstart over\b"
    r"|\bhear (?:this|that|it|these|the)\b|\bprevious\b|\breplay|\bonce more\b"
    r"|\bone more time\b|\b(?:turn|switch)\b.{1,30}\b(?:on|off|up|down)\b|\bmute\b"
    r"|\brepet|\brepit|\botra vez\b|\bde nuevo\b|\bvolver\b",
    re.IGNORECASE,
)
"""Options that may lead straight back: to what was said, or with nothing to say for it."""
_STAYS = re.compile(r"\b(?:stay|hold|wait|remain|continue)\b", re.IGNORECASE)
_KNOWN = frozenset(
    {Want.NAME, Want.PHONE, Want.DAY, Want.TIME, Want.REASON, Want.CONFIRM, Want.CHANGE}
    | {Want.YES_NO, Want.MORE, Want.MENU}
)
"""Questions that we have the answer to."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A finding that holds if a call that goes ``way`` and then makes ``moves`` does not end.

    Without ``moves`` it tries whatever fits, ROUNDS times. ``place`` is where it must come out,
    if not "".
    """

    finding: Finding
    way: Way
    moves: tuple[Move, ...] = ()
    place: str = ""


def unhandled(graph: Graph) -> Iterator[tuple[Finding, Landed]]:
    """Options that were offered, and are treated as keys that were not."""
    for place in graph.places.values():
        silent = {landed.same for _, landed in place.outcomes(Sort.SILENCE)}
        for move, landed in place.outcomes(Sort.OPTION):
            if _REPEATS.search(move.means) or len(place.landed[move]) > 1:
                continue
            spoken = bool(move.words)
            usual = _refusals(place, spoken=spoken)
            refused = landed.same in usual and _is_refusal(landed, place, move)
            if landed.leg.lost and (refused or landed.same in silent or _repeats(landed, place)):
                yield _lost(landed, move), landed
            elif refused:
                yield _unhandled(landed, move, "treated as what is not"), landed
            elif _ignored(landed, place) and not _STAYS.search(move.means):
                yield _unhandled(landed, move, "ignored: the very same is asked again"), landed
            elif _like_nothing(place, landed, silent, spoken=spoken):
                how = "treated as silence is, and as what is not"
                yield _unhandled(landed, move, how, Level.WARNING), landed


def _refusals(place: Place, *, spoken: bool) -> set[object]:
    """What most odd keys lead to, or odd words: one of them may be an option that we overheard."""
    odd = place.outcomes(Sort.ODD)
    times = Counter(landed.same for move, landed in odd if bool(move.words) == spoken)
    return {same for same, count in times.items() if count == max(times.values())}


def _like_nothing(place: Place, landed: Landed, silent: Container[object], *, spoken: bool) -> bool:
    """Whether a move led where silence and all that was not offered lead, with nothing more."""
    odd = {to.same for move, to in place.outcomes(Sort.ODD) if bool(move.words) == spoken}
    leg = landed.leg
    waits = leg.dials or leg.waits or _STAYS.search(place.text)
    went = leg.said and leg.outcome in (None, Outcome.AGENT_HUNG_UP)
    return bool(went) and not waits and landed.same in silent and odd == {landed.same}


def _is_refusal(landed: Landed, place: Place, move: Move) -> bool:
    """Whether something is said to be wrong with what was chosen, or the same is asked again.

    Who is offered to hold the line may hear the same again.
    """
    again = landed.place == place.key and not _STAYS.search(move.means)
    return again or _REFUSED.search(landed.leg.text) is not None


def _repeats(landed: Landed, place: Place) -> bool:
    """Whether a move led straight back: nothing new was said, but for a regret perhaps."""
    again = landed.leg.said == place.said or _REFUSED.search(landed.leg.text) is not None
    return landed.place == place.key and again


def _ignored(landed: Landed, place: Place) -> bool:
    """Whether a move led straight back, and not a word of it: no number nor name is another."""
    alike = landed.leg.text == place.text and landed.leg.said == place.said
    return alike and landed.place == place.key and not landed.leg.waits


def _unhandled(landed: Landed, move: Move, how: str, level: Level = Level.ERROR) -> Finding:
    message = (
        f"The option {move.keys or move.words!r} ({move.label or 'offered'}) is offered, and"
        f" {how}: {quoted(landed.leg.text)}."
    )
    return Finding("option-unhandled", level, message)


def _lost(landed: Landed, move: Move) -> Finding:
    message = (
        f"{landed.leg.lost} redirects by HTTP, and Twilio does not send what the caller did along:"
        f" after the caller {move.shown} the agent goes on as if nothing had come. Answer there,"
        " or put the value into the Location."
    )
    return Finding("input-lost", Level.ERROR, message)


def suspects(graph: Graph) -> Iterator[Suspect]:
    """Loops and dead ends, the narrowest first."""
    looping: set[str] = set()
    for place in graph.places.values():
        found = _asks_itself(graph, place)
        if found:
            looping.add(place.key)
            yield found
    trapped = _trapped(graph)
    entries = [graph.places[key] for key in trapped if not trapped & looping]
    if entries:
        yield _no_way_out(graph, min(entries, key=lambda place: len(place.way)), trapped)
    elif not trapped:
        yield from _silence(graph)


def _asks_itself(graph: Graph, place: Place) -> Suspect | None:
    """A question that every fitting answer leads straight back to."""
    answers = list(place.outcomes(*LIKELY))
    guesses = list(place.outcomes(Sort.GUESS))
    tried = [*answers, *guesses]
    if not tried or not place.known or not all(_repeats(one, place) for _, one in tried):
        return None
    if any(_REPEATS.search(move.label) for move, _ in tried):
        return None
    level = Level.ERROR if answers and _is_certain(graph, place) else Level.WARNING
    lost = next((landed.leg.lost for _, landed in tried if landed.leg.lost), "")
    move = tried[0][0]
    moves = (move,) * (TIMES if level is Level.ERROR or lost else ROUNDS)
    if lost:
        return Suspect(_lost(tried[0][1], move), place.way, moves, place.key)
    what = "what is recorded" if place.listening.recording else "whatever is answered"
    message = (
        f"{quoted(place.text)}: {what}, the very same is asked again. A Gather or Record without"
        " action asks its own document once more; state that does not come back does, too."
    )
    if place.understood.goodbye:
        return Suspect(_stays(place), place.way, moves, place.key)
    return Suspect(Finding("loops", level, message), place.way, moves, place.key)


def _is_certain(graph: Graph, place: Place) -> bool:
    """Whether we surely gave what was asked for.

    That is what was offered, what is known, what led on elsewhere.
    """
    wants = set(place.understood.wants)
    if place.understood.goodbye or place.listening.recording or wants & _KNOWN:
        return True
    likely = {move for move in place.moves if move.sort in LIKELY}
    return any(move.sort is Sort.OPTION for move in likely) or any(
        landed.place != other.key
        for other in graph.places.values()
        if other.key != place.key
        for move, landed in other.outcomes(*LIKELY)
        if move in likely
    )


def _trapped(graph: Graph) -> set[str]:
    """Places from which nothing that was tried leads to an end of the call."""
    open_ = {key for key, place in graph.places.items() if not place.known}
    return set(graph.places) - graph.leading_to({"", *open_})


def _no_way_out(graph: Graph, place: Place, trapped: set[str]) -> Suspect:
    within = [graph.places[key] for key in trapped]
    goodbye = next((one for one in within if one.understood.goodbye), None)
    level = Level.ERROR if all(_is_certain(graph, one) for one in within) else Level.WARNING
    if goodbye:
        return Suspect(_stays(goodbye), goodbye.way)
    message = f"From {quoted(place.text)} on nothing that a caller says, presses or leaves unsaid"
    message += f" ends the call ({len(within)} questions)."
    return Suspect(Finding("no-way-out", level, message), place.way)


def _stays(place: Place) -> Finding:
    message = f"The agent says goodbye and stays on the line: {quoted(place.text)}."
    return Finding("never-ends", Level.ERROR, f"{message} A Hangup behind it ends the call.")


def _silence(graph: Graph) -> Iterator[Suspect]:
    """A caller who says nothing is asked for ever."""
    for place in graph.places.values():
        seen: list[str] = []
        at = place
        while at.key not in seen and SILENT in at.landed and at.landed[SILENT][0].place:
            seen.append(at.key)
            at = graph.places[at.landed[SILENT][0].place]
        if at.key in seen:
            empty = any(graph.places[key].empty_redirect for key in seen)
            yield Suspect(_never_let_go(place, empty=empty), place.way, (SILENT,) * ROUNDS)
            return


def _never_let_go(place: Place, *, empty: bool) -> Finding:
    """Common, and so a warning; but nobody means a Redirect without a URL."""
    message = (
        f"Whoever stays silent at {quoted(place.text)} is asked again for ever: the call lasts"
        " until Twilio ends it after four hours. Hang up after a few times."
    )
    if empty:
        message += " A Redirect without a URL asks for its own document."
    return Finding("silence-loops", Level.ERROR if empty else Level.WARNING, message)


def varying(graph: Graph) -> Iterator[tuple[Finding, Way]]:
    """Moves that led to different places in different calls: one finding for all."""
    found = [
        (place, move, landed)
        for place in graph.places.values()
        for move, landed in place.landed.items()
        if len(landed) > 1
    ]
    for place, move, landed in found[:1]:
        message = (
            f"Calls in which the same was done go on differently, at {len(found)} places. Such as"
            f" after {quoted(place.text)}: when the caller {move.shown}, it hears"
            f" {_heard(landed[0])} or {_heard(landed[1])}."
        )
        yield Finding("varies", Level.NOTICE, message), landed[1].way


def _heard(landed: Landed) -> str:
    return quoted(landed.leg.text) if landed.leg.text else f"nothing ({landed.leg.why})"
