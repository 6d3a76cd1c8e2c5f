"""Every persona at the clean reference agent: personas_300.py [CALLS], 300 each unless given.

In virtual time, in each language that the agent and the persona share: first with every word
understood, when it must end as its card says, then with its own word error rate, when no ERROR
finding may be raised. Prints the gaps to the standard caller with their intervals of 95 %; the exit
code is 1 where something was not as it must be.
"""

import sys
from collections import Counter

from tests.conformance.in_process import CATALOGUE, reference_agent, ring, to_the_word
from voicesim.base.findings import Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.caller.models import Persona
from voicesim.results.intervals import newcombe, wilson

CALLS = 300
GOAL, ABANDONED = Outcome.GOAL_REACHED, Outcome.ABANDONED


def as_its_card_says(persona: Persona, ends: Counter[Outcome]) -> bool:
    """Whether calls in which every word was understood ended as they must."""
    if persona.name == "silent":
        return set(ends) == {ABANDONED}
    return set(ends) <= ({GOAL, ABANDONED} if persona.gives_up else {GOAL})


def errors(records: list[CallRecord]) -> list[str]:
    return [f.code for record in records for f in record.findings if f.level is Level.ERROR]


def percent(low: float, high: float) -> str:
    return f"{100 * low:.1f} to {100 * high:.1f}"


def main() -> int:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else CALLS
    names = ["standard", *sorted(set(CATALOGUE.personas) - {"standard"})]
    standard = bad = 0
    print(f"{calls} calls each; understood: all words; heard: with its own word error rate")
    head = f"{'persona':18}{'language':10}{'understood':34}{'heard':>6}"
    print(f"{head}  {'goal, 95 %':>16}  {'gap, points, 95 %':>22}  {'turns':>6}  errors")
    for name in names:
        persona = CATALOGUE.personas[name]
        for code in persona.languages:
            query = "" if code == "en" else f"?language={code}"
            with reference_agent() as agent:
                clear = ring(agent, to_the_word(persona), calls, query)
            with reference_agent() as agent:
                heard = ring(agent, persona, calls, query)
            ends = Counter(record.outcome for record in clear)
            good = sum(record.outcome is GOAL for record in heard)
            standard = standard if name != "standard" else good
            found = errors(clear) + errors(heard)
            told = ", ".join(f"{outcome.value} {n}" for outcome, n in ends.most_common())
            apart = newcombe(good, calls, standard, calls)
            gap = f"{100 * (good - standard) / calls:+.1f} ({percent(*apart)})"
            turns = sum(record.turns for record in heard) / calls
            share = percent(*wilson(good, calls))
            print(
                f"{name:18}{code:10}{told:34}{good:6}  {share:>16}  {gap:>22}  {turns:6.1f}"
                f"  {', '.join(found) or 'none'}",
                flush=True,
            )
            bad += bool(found) or not as_its_card_says(persona, ends)
    print("all as they must be" if not bad else f"{bad} not as they must be")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
