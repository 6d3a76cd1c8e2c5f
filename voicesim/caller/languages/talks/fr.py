"""What is said and heard in French where no new appointment is wanted."""

from voicesim.caller.languages.talks.base import FIRST, Talk, any_of, scale
from voicesim.caller.models import Desk, Goal

_NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")

FRENCH = Talk(
    goals={
        Goal.CANCEL: (
            "Je voudrais annuler mon rendez-vous.",
            "Bonjour, je voudrais annuler mon rendez-vous, s'il vous plaît.",
            "Bonjour, excusez-moi, je dois annuler mon rendez-vous.",
        ),
        Goal.HOURS: (
            "Quels sont vos horaires ?",
            "Bonjour, quels sont vos horaires, s'il vous plaît ?",
            "Bonjour, je voudrais seulement savoir quels sont vos horaires.",
        ),
        Goal.PERSON: (
            "Je voudrais parler à quelqu'un.",
            "Bonjour, je voudrais parler à quelqu'un, s'il vous plaît.",
            "Bonjour, je voudrais bien parler à une personne, si c'est possible.",
        ),
        Goal.WRONG_NUMBER: (
            "Pardon, je me suis trompé de numéro.",
            "Oh, excusez-moi, je me suis trompé de numéro. Au revoir.",
            "Oh, je suis vraiment désolé, je me suis trompé de numéro. Au revoir.",
        ),
    },
    asks={
        Goal.CANCEL: "Alors, mon rendez-vous de {day} à {time} est annulé ?",
        Goal.HOURS: "Alors, quand êtes-vous ouverts ?",
        Goal.PERSON: "Alors, je peux parler à quelqu'un ?",
        Goal.WRONG_NUMBER: "Bonjour, c'est bien le cinéma Rialto ?",
    },
    no_goal={
        Goal.CANCEL: "Non, je voudrais annuler mon rendez-vous.",
        Goal.HOURS: "Non, je voudrais seulement savoir vos horaires.",
        Goal.PERSON: "Non, je voudrais parler à quelqu'un.",
        Goal.WRONG_NUMBER: "Non, pardon, je me suis trompé de numéro.",
    },
    thanks="Merci beaucoup. Au revoir.",
    day="c'est {day}",
    time="c'est à {time}",
    when="c'est {day} à {time}",
    glossary="""
vous avez dit = you said
vous avez donné = you gave
vous avez tapé = you pressed
nous sommes ouverts = we are open
ouverts = open
ouvert = open
nous fermons = we close
ouvre = opens
ferme = closes
nos horaires = our opening hours
nos horaires sont = our opening hours are
les suivants = the following
les horaires habituels = the usual
comme d'habitude = as usual
nous vous accueillons = we are here
un collègue = a colleague
une collègue = a colleague
vous rappellera = will call you back
voulez-vous qu'on vous rappelle = shall we call you back
voulez-vous que quelqu'un vous rappelle = shall someone call you back
souhaitez-vous être rappelé = shall we call you back
va vous rappeler = will call you back
ne peux pas vous passer = cannot put you through to
personne ne peut vous rappeler = nobody can call you back
ne pouvons pas vous rappeler = cannot call you back
quelqu'un vous rappellera = somebody will call you back
je vous passe = i am putting you through to
je vous mets en relation avec = i am putting you through to
ne quittez pas = please hold
restez en ligne = please stay on the line
dois-je l'annuler = shall i cancel it
je le supprime = shall i cancel it
je l'annule = shall i cancel it
c'est supprimé = it is cancelled
est supprimé = is cancelled
a été supprimé = has been cancelled
retiré de l'agenda = removed from the book
a bien été = has been
je confirme l'annulation de = i confirm the cancellation of
voulez-vous que je l'annule = would you like me to cancel it
personne n'est libre = nobody is free
""",
    score=("{n}.", "Je dirais {n}.", "Alors, laissez-moi réfléchir, je donnerais {n}."),
    yes=("Oui.", "Oui, tout à fait.", "Ah oui, vraiment."),
    no=("Non.", "Non, pas vraiment.", "Ah non, je ne dirais pas."),
    opinions=(
        "Tout s'est bien passé, merci.",
        "L'attente était un peu longue, mais le personnel était aimable.",
        "J'étais content, rien à ajouter.",
    ),
    ratings=(
        *("très satisfait", "très insatisfait", "insatisfait", "satisfait", "neutre"),
        *("excellent", "très bon", "très bien", "bon", "bien", "moyen", "mauvais", "jamais"),
    ),
    numbers=_NUMBERS,
    scale=scale(_NUMBERS, "à|et|jusqu'à|-|–", "minutes?|heures?|jours?"),
    open_question=any_of(
        r"\bavec vos (?:propres )?mots\b|\b(?:commentaires?|suggestions?|remarques?)\b",
        rf"\bdites-nous\b|{FIRST}(?:et )?(?:que|qu'|pourquoi|comment)\b.*\?",
        r"\baprès le (?:bip|signal)",
    ),
    finished=any_of(
        r"\bmerci\b.{0,60}\b(?:avis|temps|réponses?|enquête|sondage|participa|aide)",
        r"\bc'est (?:tout|terminé|fini)\b|\bau revoir\b|\bbonne (?:journée|soirée)\b",
        r"\b(?:enquête|sondage|questionnaire) est (?:terminée?|finie?)",
    ),
    regrets=any_of(
        r"\bdésolée?s?\b(?! (?:que|de l'apprendre|pour|d'apprendre))|\berreur\b",
        r"\bmalheureusement\b|\bne pouvons pas\b|\béchoué|\binvalide|\bpas valable|\bpas valide",
        r"\bpas (?:\w+ ){0,3}?(?:enregistr|sauvegard|reçu|stock)",
    ),
    connects=any_of(
        r"\bje vous (?:passe|mets|transfère|connecte)\b|\bvous êtes (?:bien )?(?:au|à|en)\b",
        r"\bmise? en relation\b|\bnous vous (?:passons|mettons|transférons)\b",
    ),
    waits=any_of(r"\bne quittez pas\b|\bpatientez\b|\bbienvenue (?:au|à|aux|chez)\b"),
    desks={
        Desk.SALES: any_of(r"\bventes?\b|\bsales\b|\bcommercia\w+|\bcommandes?\b|\bacheter\b"),
        Desk.SUPPORT: any_of(
            r"\bassistance\b|\btechni(?:que|cien)|\bsupport\b|\bservice client|\bdépannage"
        ),
        Desk.BILLING: any_of(
            r"\bfactur\w+|\bpaiements?\b|\bbilling\b|\binvoices?\b|\bcomptabilité"
        ),
        Desk.OPENING_HOURS: any_of(r"\bhoraires?\b|\bhours\b|\bheures d'ouverture\b"),
    },
    wishes={
        Desk.SALES: (
            "Le service commercial.",
            "Le service commercial, s'il vous plaît.",
            "Je voudrais parler au service commercial, s'il vous plaît.",
        ),
        Desk.SUPPORT: (
            "Le support technique.",
            "Le support technique, s'il vous plaît.",
            "J'ai besoin d'aide pour un achat, le support technique, s'il vous plaît.",
        ),
        Desk.BILLING: (
            "La facturation.",
            "La facturation, s'il vous plaît.",
            "C'est pour une facture, la facturation, s'il vous plaît.",
        ),
        Desk.OPENING_HOURS: (
            "Les horaires.",
            "Quels sont vos horaires, s'il vous plaît ?",
            "Je voulais juste connaître vos horaires d'ouverture.",
        ),
    },
)
