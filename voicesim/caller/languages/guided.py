"""What is said and heard on a survey and in a phone menu, in each language.

That people answer so is an assumption.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from voicesim.caller.languages.base import Ways
from voicesim.caller.models import Desk


@dataclass(frozen=True)
class Talk:
    """``score`` has a gap for the number. ``ratings`` are words that a question may offer.

    ``scale`` finds the two ends of a scale, in digits or words of ``numbers`` (0 to 10).
    ``open_question`` finds what is answered in the caller's own words, ``finished`` that a survey
    is over; ``connects`` that the caller is put through, ``waits`` that it may be; ``opens`` that
    the agent is open. ``desks`` are names of desks.
    """

    score: Ways
    yes: Ways
    no: Ways
    opinions: tuple[str, ...]
    ratings: tuple[str, ...]
    numbers: tuple[str, ...]
    scale: re.Pattern[str]
    open_question: re.Pattern[str]
    finished: re.Pattern[str]
    regrets: re.Pattern[str]
    connects: re.Pattern[str]
    waits: re.Pattern[str]
    opens: re.Pattern[str]
    desks: Mapping[Desk, re.Pattern[str]]
    wishes: Mapping[Desk, Ways]


_FIRST = r"(?:^|[.!?¿] ?)"
"""Where a sentence begins."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _scale(numbers: tuple[str, ...], to: str, minutes: str) -> re.Pattern[str]:
    """Two numbers with a word between that leads from the one to the other; no length of time."""
    end = rf"(\d\d?|{'|'.join(numbers)})"
    return _any(rf"\b{end}(?:,? [^\d.?!]{{1,40}}?)?,? ?(?:{to}) {end}\b(?! ?(?:{minutes}|[:h]\d))")


_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ES = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
_FR = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_DE = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")

TALKS = {
    "en": Talk(
        score=("{n}.", "I'd say {n}.", "Well, let me think, I would give it a {n}."),
        yes=("Yes.", "Yes, it was.", "Oh yes, very much so."),
        no=("No.", "No, not really.", "Well, no, I wouldn't say so."),
        opinions=(
            "Everything was fine, thank you.",
            "The wait was rather long, but the staff were friendly.",
            "I was happy with it, nothing to add.",
            "It would be nice to get through on the phone more quickly.",
        ),
        ratings=(
            *("very satisfied", "very dissatisfied", "dissatisfied", "satisfied", "neutral"),
            *("excellent", "very good", "very poor", "good", "fair", "poor", "average"),
            *("strongly agree", "strongly disagree", "disagree", "agree"),
            *("very likely", "very unlikely", "unlikely", "likely", "always", "sometimes", "never"),
        ),
        numbers=_EN,
        scale=_scale(_EN, "to|and|through|up to|-|–", "minutes?|hours?|days?|am|pm"),
        open_question=_any(
            r"\bin your own words\b|\b(?:any|other|further) (?:comments?|suggestions?|feedback)\b",
            r"\b(?:tell|let) us (?:\w+ ){0,3}(?:why|what|how|about|know|more)\b",
            rf"{_FIRST}(?:and |so )?(?:what|why|how)\b.*\?|\bis there anything\b",
            r"\byour (?:comments?|message)\b",
            r"\b(?:after|at) the (?:beep|tone)\b",
        ),
        finished=_any(
            r"\b(?:thanks?|thank you)\b.{0,60}\b(?:feedback|time|answers?|survey|participat|"
            r"taking part|responses?|opinion|help)",
            r"\b(?:that's|that is|that was|those were|this is|this was) "
            r"(?:all|everything|it\b|the end|the last)",
            r"\bsurvey is (?:now )?(?:complete|over|finished|done)\b",
            r"\bend of (?:the|our|this) survey\b",
            r"\bwe (?:really )?(?:appreciate|value) (?:it|your)\b|\bgood ?bye\b|\bbye\b",
            r"\bhave an? (?:\w+ )?(?:day|evening|weekend|one)\b",
        ),
        regrets=_any(
            r"\bsorry\b|\bunfortunately\b|\bunable\b|\bcannot\b|\bcan't\b|\bwrong\b|\berror\b"
        ),
        connects=_any(
            r"\b(?:transfer|connect|hand|pass|put) you\b",
            r"\b(?:transferring|connecting|handing|passing|putting) you\b",
            r"\byou(?:'ve| have) reached\b|\byou(?:'re| are) through to\b",
        ),
        waits=_any(
            r"\bplease hold\b|\bhold (?:on|the line)\b|\bstay on the line\b|\bwelcome to\b",
            r"\bright with you\b",
        ),
        opens=_any(r"\bopen\b|\bopens\b|\bhours\b"),
        desks={
            Desk.SALES: _any(r"\bsales\b|\bnew orders?\b|\bplace an order\b|\bbuy\b|\bpurchas"),
            Desk.SUPPORT: _any(
                r"\bsupport\b|\bhelp ?desk\b|\btechnician|\bcustomer (?:service|care)"
            ),
            Desk.BILLING: _any(r"\bbilling\b|\binvoices?\b|\bpayments?\b|\bbills?\b"),
            Desk.OPENING_HOURS: _any(r"\bhours\b|\bopening times\b|\bwhen we(?:'re| are) open\b"),
        },
        wishes={
            Desk.SALES: (
                "Sales.",
                "Sales, please.",
                "I'd like to speak to your sales team, please.",
            ),
            Desk.SUPPORT: (
                "Support.",
                "Technical support, please.",
                "I need help with something I bought, technical support, please.",
            ),
            Desk.BILLING: (
                "Billing.",
                "Billing, please.",
                "It's about an invoice, billing, please.",
            ),
            Desk.OPENING_HOURS: (
                "Opening hours.",
                "What are your opening hours, please?",
                "I was only wondering what your opening hours are.",
            ),
        },
    ),
    "es": Talk(
        score=("{n}.", "Yo diría un {n}.", "Pues, déjeme pensar, yo le daría un {n}."),
        yes=("Sí.", "Sí, claro.", "Sí, la verdad es que sí."),
        no=("No.", "No, la verdad.", "Pues no, yo diría que no."),
        opinions=(
            "Todo muy bien, gracias.",
            "La espera fue un poco larga, pero el personal fue amable.",
            "Quedé contento, nada más.",
        ),
        ratings=(
            *("muy satisfecho", "muy insatisfecho", "insatisfecho", "satisfecho", "neutral"),
            *("excelente", "muy bueno", "bueno", "regular", "muy malo", "malo", "siempre", "nunca"),
        ),
        numbers=_ES,
        scale=_scale(_ES, "a|al|y|hasta|-|–", "minutos?|horas?|días?"),
        open_question=_any(
            r"\bcon sus propias palabras\b|\b(?:comentarios?|sugerencias?)\b",
            rf"{_FIRST}(?:y )?(?:qué|por qué|cómo)\b.*\?|\bcuéntenos\b|\bdíganos\b",
            r"\b(?:después del?|tras el) (?:la )?(?:tono|señal|pitido)",
        ),
        finished=_any(
            r"\bgracias\b.{0,60}\b(?:opinión|tiempo|respuestas?|encuesta|participa|ayuda)",
            r"\beso es todo\b|\bencuesta ha (?:terminado|finalizado)\b|\badiós\b|\bhasta luego\b",
            r"\bque tenga (?:un )?buen",
        ),
        regrets=_any(r"\blo sentimos\b|\blo siento\b|\bno podemos\b|\berror\b|\blamentablemente\b"),
        connects=_any(
            r"\ble (?:paso|comunico|transfiero|pongo|conecto)\b|\bha llamado a\b",
            r"\btransferirle\b|\bpasarle\b",
        ),
        waits=_any(r"\bno cuelgue\b|\bespere\b|\bbienvenid[oa]s? al?\b"),
        opens=_any(r"\babr(?:e|imos|en)\b|\babiert[oa]s?\b|\bhorario\b"),
        desks={
            Desk.SALES: _any(r"\bventas\b|\bsales\b|\bcomercial\b|\bnuevos pedidos\b|\bcomprar\b"),
            Desk.SUPPORT: _any(r"\bsoporte\b|\btécnic[oa]\b|\bsupport\b|\batención al cliente\b"),
            Desk.BILLING: _any(r"\bfactur\w+|\bpagos?\b|\bbilling\b|\binvoices?\b"),
            Desk.OPENING_HOURS: _any(r"\bhorarios?\b|\bhours\b"),
        },
        wishes={
            Desk.SALES: ("Ventas.", "Ventas, por favor.", "Quisiera hablar con ventas, por favor."),
            Desk.SUPPORT: (
                "Soporte técnico.",
                "Soporte técnico, por favor.",
                "Necesito ayuda con algo que compré, soporte técnico, por favor.",
            ),
            Desk.BILLING: (
                "Facturación.",
                "Facturación, por favor.",
                "Es por una factura, facturación, por favor.",
            ),
            Desk.OPENING_HOURS: (
                "El horario.",
                "¿Cuál es su horario, por favor?",
                "Solo quería saber cuál es su horario.",
            ),
        },
    ),
    "fr": Talk(
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
        numbers=_FR,
        scale=_scale(_FR, "à|et|jusqu'à|-|–", "minutes?|heures?|jours?"),
        open_question=_any(
            r"\bavec vos (?:propres )?mots\b|\b(?:commentaires?|suggestions?|remarques?)\b",
            rf"\bdites-nous\b|{_FIRST}(?:et )?(?:que|qu'|pourquoi|comment)\b.*\?",
            r"\baprès le (?:bip|signal)",
        ),
        finished=_any(
            r"\bmerci\b.{0,60}\b(?:avis|temps|réponses?|enquête|sondage|participa|aide)",
            r"\bc'est (?:tout|terminé|fini)\b|\bau revoir\b|\bbonne (?:journée|soirée)\b",
            r"\b(?:enquête|sondage|questionnaire) est (?:terminée?|finie?)",
        ),
        regrets=_any(r"\bdésolée?s?\b|\bmalheureusement\b|\berreur\b|\bne pouvons pas\b"),
        connects=_any(
            r"\bje vous (?:passe|mets|transfère|connecte)\b|\bvous êtes (?:bien )?(?:au|à|en)\b",
            r"\bmise? en relation\b|\bnous vous (?:passons|mettons|transférons)\b",
        ),
        waits=_any(r"\bne quittez pas\b|\bpatientez\b|\bbienvenue (?:au|à|aux|chez)\b"),
        opens=_any(r"\bouvert\w*|\bouvr(?:e|ons|ez)\b|\bhoraires?\b"),
        desks={
            Desk.SALES: _any(r"\bventes?\b|\bsales\b|\bcommercia\w+|\bcommandes?\b|\bacheter\b"),
            Desk.SUPPORT: _any(
                r"\bassistance\b|\btechnique\b|\bsupport\b|\bservice client|\bdépannage"
            ),
            Desk.BILLING: _any(
                r"\bfactur\w+|\bpaiements?\b|\bbilling\b|\binvoices?\b|\bcomptabilité"
            ),
            Desk.OPENING_HOURS: _any(r"\bhoraires?\b|\bhours\b|\bheures d'ouverture\b"),
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
    ),
    "de": Talk(
        score=(
            "{n}.",
            "Ich würde sagen {n}.",
            "Also, lassen Sie mich überlegen, ich gebe eine {n}.",
        ),
        yes=("Ja.", "Ja, war es.", "Oh ja, auf jeden Fall."),
        no=("Nein.", "Nein, eigentlich nicht.", "Also nein, das würde ich nicht sagen."),
        opinions=(
            "Alles war gut, danke.",
            "Die Wartezeit war etwas lang, aber das Personal war freundlich.",
            "Ich war zufrieden, sonst nichts.",
        ),
        ratings=(
            *("sehr zufrieden", "sehr unzufrieden", "unzufrieden", "zufrieden", "neutral"),
            *("ausgezeichnet", "sehr gut", "gut", "befriedigend", "ausreichend", "schlecht", "nie"),
        ),
        numbers=_DE,
        scale=_scale(_DE, "bis|und|-|–", "minuten?|stunden?|tagen?"),
        open_question=_any(
            r"\bin (?:ihren )?eigenen worten\b|\b(?:anmerkung|kommentar|vorschl[aä]g|anregung)",
            rf"\bsagen sie uns\b|{_FIRST}(?:und )?(?:was|warum|wie)\b.*\?",
            r"\bnach dem (?:signal)?ton\b",
        ),
        finished=_any(
            r"\b(?:danke|dank)\b.{0,60}\b(?:meinung|zeit|antworten?|umfrage|teilnahme|hilfe)",
            r"\bdas (?:war|ist) (?:alles|schon alles|es)\b|\bauf wiederh[öo]ren\b|\btschüss\b",
            r"\bumfrage ist (?:jetzt |nun )?(?:beendet|zu ende|abgeschlossen)\b|\bschönen tag\b",
        ),
        regrets=_any(
            r"\bleider\b|\bentschuldig|\btut (?:uns|mir) leid\b|\bfehler\b|\bnicht möglich"
        ),
        connects=_any(
            r"\bverbinde\w* (?:sie|ich)\b|\bverbunden\b|\bstelle\w* sie\b.{0,30}\bdurch\b",
            r"\bweiter(?:geleitet|leiten)\b",
        ),
        waits=_any(
            r"\bbleiben sie (?:bitte )?(?:am apparat|dran|in der leitung)\b",
            r"\bwillkommen (?:bei|im)\b|\beinen (?:moment|augenblick)\b",
        ),
        opens=_any(r"\bgeöffnet\b|\böffn\w+|\bsprechzeit\w*|\boffen\b"),
        desks={
            Desk.SALES: _any(r"\bvertrieb|\bverkauf|\bsales\b|\bbestell\w*|\bkaufen\b"),
            Desk.SUPPORT: _any(r"\bsupport\b|\btechni\w+|\bkundendienst|\bkundenservice|\bstörung"),
            Desk.BILLING: _any(
                r"\brechnung\w*|\bbuchhaltung|\bzahlung\w*|\bbilling\b|\binvoices?\b"
            ),
            Desk.OPENING_HOURS: _any(r"\böffnungszeit\w*|\bsprechzeit\w*|\bhours\b"),
        },
        wishes={
            Desk.SALES: (
                "Vertrieb.",
                "Den Vertrieb, bitte.",
                "Ich möchte gern mit dem Vertrieb sprechen, bitte.",
            ),
            Desk.SUPPORT: (
                "Technischer Support.",
                "Den technischen Support, bitte.",
                "Ich brauche Hilfe bei einem Gerät, den technischen Support, bitte.",
            ),
            Desk.BILLING: (
                "Rechnung.",
                "Die Buchhaltung, bitte.",
                "Es geht um eine Rechnung, die Buchhaltung, bitte.",
            ),
            Desk.OPENING_HOURS: (
                "Öffnungszeiten.",
                "Wie sind Ihre Öffnungszeiten, bitte?",
                "Ich wollte nur wissen, wie Ihre Öffnungszeiten sind.",
            ),
        },
    ),
}
"""By the language's code."""
