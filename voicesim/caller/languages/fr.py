"""French. That its speakers say so, and what sounds alike in it, are assumptions."""

from voicesim.caller.asking import Want
from voicesim.caller.languages.base import Language, Sayings, rule
from voicesim.caller.languages.clock import FRENCH_CLOCK, FRENCH_NUMBERS
from voicesim.caller.languages.glossary_fr import GLOSSARY
from voicesim.caller.languages.talks.fr import FRENCH as TALK
from voicesim.caller.models import Goal
from voicesim.caller.words import DAYS, OTHER_MONTHS

_SAYINGS = Sayings(
    answers={
        Want.NAME: (
            "{name}.",
            "Je m'appelle {name}.",
            "Oui, bien sûr, je m'appelle {name}.",
        ),
        Want.PHONE: (
            "{phone}.",
            "Mon numéro de téléphone est le {phone}.",
            "Alors, je l'ai ici, mon numéro de téléphone est le {phone}.",
        ),
        Want.DAY: (
            "{day}.",
            "Je voudrais venir {day}.",
            "Alors, si c'est possible, je voudrais venir {day}.",
        ),
        Want.TIME: (
            "{time}.",
            "À {time}, s'il vous plaît.",
            "Alors, je voudrais venir à {time}, s'il vous plaît.",
        ),
        Want.REASON: (
            "{reason}.",
            "C'est pour {reason}.",
            "Alors, ce serait pour {reason}, s'il vous plaît.",
        ),
        Want.OLD: (
            "{old_day} à {old_time}.",
            "C'est {old_day} à {old_time}.",
            "Alors, je l'ai noté, c'est {old_day} à {old_time}.",
        ),
        Want.OTHER: (
            "Je ne l'ai pas.",
            "Désolé, je ne l'ai pas sur moi.",
            "Ah, je suis désolé, je ne l'ai pas sur moi en ce moment.",
        ),
        Want.CONFIRM: ("Oui.", "Oui, c'est exact.", "Oui, c'est bien ça, merci beaucoup."),
        Want.YES_NO: ("Oui.", "Oui, s'il vous plaît.", "Oui, ce serait très gentil, merci."),
        Want.MORE: ("Non, merci.", "Non, merci.", "Non, merci, c'est tout."),
    },
    goals={
        Goal.BOOK: (
            "Je voudrais prendre rendez-vous.",
            "Bonjour, je voudrais prendre rendez-vous, s'il vous plaît.",
            "Bonjour, voilà, je voudrais prendre un rendez-vous, si c'est possible.",
        ),
        Goal.RESCHEDULE: (
            "Je voudrais déplacer mon rendez-vous.",
            "Bonjour, je voudrais déplacer mon rendez-vous, s'il vous plaît.",
            "Bonjour, voilà, je dois déplacer mon rendez-vous, si c'est possible.",
        ),
        Goal.ODD_INPUT: ("Bonjour.", "Bonjour.", "Bonjour."),
    },
    corrections={
        "name": "Non, je m'appelle {name}.",
        "phone": "Non, mon numéro de téléphone est le {phone}.",
        "day": "Non, je voudrais venir {day}.",
        "time": "Non, je voudrais venir à {time}.",
    },
    clauses={
        "name": "je m'appelle {name}",
        "phone": "mon numéro de téléphone est le {phone}",
        "when": "je voudrais venir {day} à {time}",
        "day": "je voudrais venir {day}",
        "time": "je voudrais venir à {time}",
        "move": "je voudrais déplacer mon rendez-vous du {old_day} à {old_time} au {day} à {time}",
    },
    also="et",
    greeting="Bonjour.",
    is_it_done={
        Goal.BOOK: "Alors, mon rendez-vous est pris pour {day} à {time} ?",
        Goal.RESCHEDULE: "Alors, mon rendez-vous est déplacé à {day} à {time} ?",
    },
    repeat="Pardon, pouvez-vous répéter, s'il vous plaît ?",
    no="Non.",
    goodbye="Au revoir.",
    nothing_wrong="Rien, tout est correct.",
    no_goal={
        Goal.BOOK: "Non, je voudrais prendre rendez-vous.",
        Goal.RESCHEDULE: "Non, je voudrais déplacer mon rendez-vous.",
        Goal.ODD_INPUT: "Non.",
    },
    fillers=("Euh", "Alors"),
    half_of_day=("Le matin, à {time}.", "L'après-midi, à {time}."),
)
FRENCH = Language(
    code="fr",
    sayings=_SAYINGS,
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    date="{weekday} {day} {month}",
    hours="{hour} heures{minutes}",
    minutes=" {minute}",
    halves=("", ""),
    numbers=("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    plus="plus",
    doubles={"double": "double", "triple": "triple"},
    reason="un contrôle",
    marks="le la les vous votre quel quelle est je pour vous ou et une de nous avez merci",
    glossary=GLOSSARY + TALK.glossary,
    before=(
        FRENCH_NUMBERS,
        *FRENCH_CLOCK,
        rule(r"\b24 ?h(?:eures)? sur 24\b", "24 hours"),
        rule(rf"\bpremier(?= (?:{'|'.join(OTHER_MONTHS[12:24])})\b)", "1"),
        rule(r"\bde (\d[^.?]{0,12}?) à (?=\d)", r"from \1 to "),
        rule(r"\b(est|été) bien (?=pris|enregistré|confirmé|noté|réservé|fixé|inscrit)", r"\1 "),
        rule(
            r"\bc['’]est bon pour (?=(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi)\b)",
            "c'est réservé pour ",
        ),
        rule(r"\bvous sera envoyée? (?:au|sur le)\b", "will be sent to"),
        rule(
            r"\b(?:nous|on|je) (?:pouvons |peut |peux |allons |va |vais )?vous "
            r"r?e?(?:join|appel|contact)\w+ (?:au|sur le)\b",
            "we call you at",
        ),
        rule(
            r"\b(?:(?:nous|on|je) vous env(?:o|er)\w+|vous recevrez)"
            r"( [^.?!,]{1,40}?) (?:au|sur le)\b(?= (?:\w+ )?[+\d])",
            r"we text you\1 at",
        ),
    ),
    after=(
        rule(rf"\bdu (?={'|'.join(DAYS)})", "from "),
        rule(rf"\b(?:(for) )?le (?={'|'.join(DAYS)})", lambda m: "for " if m[1] else "on "),
    ),
    sounds=(
        "deux=de trois=droit quatre=quart cinq=saint six=dix sept=cette huit=oui neuf=neuve "
        "mardi=samedi lundi=jeudi jeudi=lundi mercredi=vendredi vendredi=mercredi oui=huit "
        "non=nom nom=non est=et et=est je=jeu le=les mon=mont à=a heures=heure pour=peur "
        "rendez=rendre vous=fou prendre=rendre venir=tenir merci=mercie bonjour=bon "
        "m'appelle=appelle téléphone=téléphones numéro=numéros voudrais=voudrait c'est=ces "
        "exact=exacte plaît=plais bien=rien déplacer=placer"
    ),
)
