"""Personas and scenarios from TOML text; ``file`` is the name that messages give it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from voicesim.base.errors import ConfigError
from voicesim.caller.identity import BLOCKS, known_locales
from voicesim.caller.mix import LEAST_SURE, MOST_SURE, mean_confidence
from voicesim.caller.models import Desk, Goal, Persona, Scenario
from voicesim.config.reading import Tree, nearest, number_keys, parse_toml, shown, validated

_OFF = 0.02
"""So far the mean confidence may be from what a file says."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All personas and scenarios by name."""

    personas: Mapping[str, Persona]
    scenarios: Mapping[str, Scenario]


def parse_persona(text: str, file: str) -> Persona:
    """The persona in ``text``; ConfigError with every mistake."""
    mistakes: list[str] = []
    persona = _persona(text, file, mistakes)
    if persona is None or mistakes:
        raise ConfigError(mistakes)
    return persona


def parse_scenario(text: str, file: str) -> Scenario:
    """The scenario in ``text``; ConfigError with every mistake."""
    mistakes: list[str] = []
    scenario = _scenario(text, file, mistakes)
    if scenario is None or mistakes:
        raise ConfigError(mistakes)
    return scenario


def class_name(persona: str) -> str:
    """What Locust knows the callers of ``persona`` by: "unclear_speech" is UnclearSpeechCaller."""
    return "".join(word.capitalize() for word in persona.split("_")) + "Caller"


def parse_catalogue(personas: Mapping[str, str], scenarios: Mapping[str, str]) -> Catalogue:
    """All files at once, each text under its file's name; ConfigError with every mistake in any.

    A scenario must name a persona that is there, and Locust must tell the personas apart.
    """
    mistakes: list[str] = []
    _check_classes(personas, mistakes)
    all_personas = [_persona(text, file, mistakes) for file, text in personas.items()]
    names = [PurePath(file).stem for file in personas]
    all_scenarios = [_scenario(text, file, mistakes, names) for file, text in scenarios.items()]
    if mistakes:
        raise ConfigError(mistakes)
    return Catalogue(
        {persona.name: persona for persona in all_personas if persona is not None},
        {scenario.name: scenario for scenario in all_scenarios if scenario is not None},
    )


def _persona(text: str, file: str, mistakes: list[str]) -> Persona | None:
    tree = parse_toml(text, file, mistakes)
    if tree is None:
        return None
    persona = validated(Persona, tree, file, mistakes)
    _check_name(tree, file, mistakes)
    _check_sources(tree, file, mistakes)
    _check_country(tree.get("country"), file, mistakes)
    _check_split(tree.get("recogniser"), file, mistakes)
    _check_confidence(persona, file, mistakes)
    if tree.get("languages") == []:
        mistakes.append(f"{file}: languages: must not be empty; leave it out for the default")
    locale = tree.get("locale")
    if isinstance(locale, str) and locale and locale not in known_locales():
        hint = nearest(locale, known_locales())
        mistakes.append(f"{file}: locale: Faker has no locale {shown(locale)}{hint}")
    return persona


def _scenario(
    text: str, file: str, mistakes: list[str], personas: list[str] | None = None
) -> Scenario | None:
    """The scenario; its persona must be one of ``personas``, unless these are not known."""
    tree = parse_toml(text, file, mistakes)
    if tree is None:
        return None
    scenario = validated(Scenario, tree, file, mistakes)
    _check_name(tree, file, mistakes)
    _check_country(tree.get("country"), file, mistakes)
    who = tree.get("persona")
    if personas is not None and isinstance(who, str) and who not in personas:
        hint = nearest(who, personas)
        mistakes.append(f"{file}: persona: there is no persona {shown(who)}{hint}")
    odd = bool(tree.get("odd"))
    if tree.get("goal") == Goal.ODD_INPUT and not odd:
        mistakes.append(f"{file}: odd: is missing; the goal odd_input needs at least one [[odd]]")
    menu, seeks = tree.get("goal") == Goal.MENU, "seeks" in tree
    if menu and not seeks:
        mistakes.append(f"{file}: seeks: is missing; the goal menu needs one of {', '.join(Desk)}")
    if tree.get("goal") in (*Goal,) and seeks and not menu:
        mistakes.append(f"{file}: seeks: is for the goal menu only; take it out")
    if tree.get("goal") in (*Goal,) and tree["goal"] != Goal.ODD_INPUT and odd:
        mistakes.append(f"{file}: odd: is for the goal odd_input only; take it out")
    if tree.get("changes_mind") is True and tree.get("goal") not in (Goal.BOOK, Goal.RESCHEDULE):
        mistakes.append(f"{file}: changes_mind: is for the goals book and reschedule; take it out")
    if tree.get("reasons") == []:
        mistakes.append(f"{file}: reasons: must not be empty; leave it out for the default")
    network = tree.get("network")
    if isinstance(network, dict) and network.get("dial_statuses") == []:
        mistakes.append(f"{file}: network.dial_statuses: must not be empty; leave it out")
    return scenario


def _check_classes(files: Iterable[str], mistakes: list[str]) -> None:
    """Of two personas with one class, Locust would let the last one ring alone."""
    known: dict[str, str] = {}
    for file in files:
        name = class_name(PurePath(file).stem)
        first = known.setdefault(name, file)
        if first != file:
            mistakes.append(f"{file}: name: is {name} to Locust, as {first} is; take another")


def _check_name(tree: Tree, file: str, mistakes: list[str]) -> None:
    stem = PurePath(file).stem
    if isinstance(tree.get("name"), str) and tree["name"] != stem:
        mistakes.append(
            f"{file}: name: must be the file's name, {stem!r} (is {shown(tree['name'])})"
        )


def _check_country(country: object, file: str, mistakes: list[str]) -> None:
    if (
        isinstance(country, str)
        and len(country) == 2
        and country.isupper()
        and country not in BLOCKS
    ):
        known = ", ".join(BLOCKS)
        mistakes.append(f"{file}: country: has no safe numbers here; take one of {known}")


def _check_split(recogniser: object, file: str, mistakes: list[str]) -> None:
    """The three kinds of errors must be all there are; where they are no shares, that is said."""
    kinds = ("substitutions", "deletions", "insertions")
    table: Tree = recogniser if isinstance(recogniser, dict) else {}
    given = [table.get(kind, "") for kind in kinds]
    shares = [one for one in given if isinstance(one, int | float) and 0 <= one <= 1]
    if len(shares) < len(kinds):
        return
    total = sum(shares)
    if abs(total - 1) > 0.001:
        what = f"{', '.join(kinds[:2])} and {kinds[2]} must add up to 1"
        mistakes.append(f"{file}: recogniser: {what} (are {total:g})")


def _check_confidence(persona: Persona | None, file: str, mistakes: list[str]) -> None:
    """The mean must come out, in each language."""
    if persona is None or persona.country not in BLOCKS:
        return
    wanted = persona.recogniser.confidence_mean
    for code in persona.languages:
        found = mean_confidence(persona, code)
        if abs(found - wanted) > _OFF:
            mistakes.append(
                f"{file}: recogniser.confidence_mean: {found:.2f} would come out (is {wanted:g}),"
                f" since an utterance's own stays between {LEAST_SURE:g} and {MOST_SURE:g}; lower"
                " confidence_tie or word_error_rate, or write another mean"
            )
            return


def _check_sources(tree: Tree, file: str, mistakes: list[str]) -> None:
    """Each number must say where it comes from, and each source must belong to a number."""
    sources = tree.get("sources")
    sources = sources if isinstance(sources, dict) else {}
    numbers = list(number_keys(Persona))
    mistakes.extend(
        f'{file}: sources."{key}": is missing; say where it comes from, or "assumption"'
        for key in numbers
        if key not in sources
    )
    for key in sources:
        if key not in numbers:
            hint = nearest(key, numbers) or "; take it out"
            mistakes.append(f'{file}: sources."{key}": belongs to no number{hint}')
