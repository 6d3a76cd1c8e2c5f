"""Spanish. That its speakers say so, and what sounds alike in it, are assumptions."""

from voicesim.caller.asking import Want
from voicesim.caller.languages.base import Language, Sayings, rule
from voicesim.caller.languages.clock import SPANISH_CLOCK, SPANISH_NUMBERS
from voicesim.caller.languages.glossary_es import GLOSSARY
from voicesim.caller.languages.talks.es import SPANISH as TALK
from voicesim.caller.models import Goal
from voicesim.caller.words import DAYS

_SAYINGS = Sayings(
    answers={
        Want.NAME: (
            "{name}.",
            "Me llamo {name}.",
            "Sí, claro, mi nombre es {name}.",
        ),
        Want.PHONE: (
            "{phone}.",
            "Mi número de teléfono es el {phone}.",
            "Bueno, lo tengo aquí, mi número de teléfono es el {phone}.",
        ),
        Want.DAY: (
            "{day}.",
            "Quisiera venir el {day}.",
            "Bueno, si es posible, quisiera venir el {day}.",
        ),
        Want.TIME: (
            "{time}.",
            "A las {time}, por favor.",
            "Bueno, quisiera venir a las {time}, por favor.",
        ),
        Want.REASON: (
            "{reason}.",
            "Es para {reason}.",
            "Bueno, sería para {reason}, por favor.",
        ),
        Want.OLD: (
            "{old_day} a las {old_time}.",
            "Es el {old_day} a las {old_time}.",
            "Bueno, lo tengo apuntado, es el {old_day} a las {old_time}.",
        ),
        Want.OTHER: (
            "No lo tengo.",
            "Lo siento, no lo tengo aquí.",
            "Ay, lo siento mucho, no lo tengo aquí en este momento.",
        ),
        Want.CONFIRM: ("Sí.", "Sí, es correcto.", "Sí, así es, muchas gracias."),
        Want.YES_NO: ("Sí.", "Sí, por favor.", "Sí, sería muy amable, gracias."),
        Want.MORE: ("No, gracias.", "No, gracias.", "No, gracias, eso es todo."),
    },
    goals={
        Goal.BOOK: (
            "Quisiera reservar una cita.",
            "Hola, quisiera reservar una cita, por favor.",
            "Hola, buenos días, quisiera reservar una cita, si es posible.",
        ),
        Goal.RESCHEDULE: (
            "Quisiera cambiar mi cita.",
            "Hola, quisiera cambiar mi cita, por favor.",
            "Hola, buenos días, necesito cambiar mi cita, si es posible.",
        ),
        Goal.ODD_INPUT: ("Hola.", "Hola.", "Hola."),
    },
    corrections={
        "name": "No, me llamo {name}.",
        "phone": "No, mi número de teléfono es el {phone}.",
        "day": "No, quisiera venir el {day}.",
        "time": "No, quisiera venir a las {time}.",
    },
    clauses={
        "name": "me llamo {name}",
        "phone": "mi número de teléfono es el {phone}",
        "when": "quisiera venir el {day} a las {time}",
        "day": "quisiera venir el {day}",
        "time": "quisiera venir a las {time}",
        "move": ("quisiera cambiar mi cita del {old_day} a las {old_time} al {day} a las {time}"),
    },
    also="y",
    greeting="Hola.",
    is_it_done={
        Goal.BOOK: "¿Entonces tengo la cita para el {day} a las {time}?",
        Goal.RESCHEDULE: "¿Entonces mi cita queda cambiada al {day} a las {time}?",
    },
    repeat="Perdón, ¿puede repetir, por favor?",
    no="No.",
    goodbye="Adiós.",
    nothing_wrong="Nada, todo está correcto.",
    no_goal={
        Goal.BOOK: "No, quisiera reservar una cita.",
        Goal.RESCHEDULE: "No, quisiera cambiar mi cita.",
        Goal.ODD_INPUT: "No.",
    },
    fillers=("Eh", "Este"),
    half_of_day=("Por la mañana, a las {time}.", "Por la tarde, a las {time}."),
)
SPANISH = Language(
    code="es",
    sayings=_SAYINGS,
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    date="{weekday} {day} de {month}",
    hours="{hour12}{minutes} {half}",
    minutes=":{minute}",
    halves=("de la mañana", "de la tarde"),
    numbers=("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    plus="más",
    doubles={"double": "doble", "triple": "triple"},
    reason="una revisión",
    marks="el la los su usted qué que cuál por favor es para una o y de gracias le puede",
    glossary=GLOSSARY + TALK.glossary,
    before=(
        rule(r"[¿¡]", ""),
        rule(r"\b(le|te|lo|la) (agend|reserv)é\b", r"\1 he \2ado"),
        rule(
            r"\b(?:le|lo|la|te) (?:llam|contact|ubic|localiz|encontr)"
            r"(?:o|amos|an|aré|aremos|arán) al?\b",
            "we call you at",
        ),
        rule(r"\b(?:podemos|puedo) (?:llam|contact)ar(?:le|lo|la|te) al\b", "can we call you at"),
        rule(
            r"\b(?:(?:le|te) (?:env[ií]|mand|llega)(?:o|amos|aré|aremos|remos|rá)|recibirá)"
            r"( [^.?!,]{1,40}?) (?:al?|en el)\b(?= (?:\w+ )?[+\d])",
            r"we text you\1 at",
        ),
        SPANISH_NUMBERS,
        *SPANISH_CLOCK,
        rule(r"\bprimero de\b", "1 de"),
        rule(r"\b(?:de|por|en) la mañana\b", "am"),
        rule(r"\b(?:de|por|en) la (?:tarde|noche)\b|\bdel mediodía\b", "pm"),
        rule(r"\bde (\d[^.?]{0,12}?) a (?=\d)", r"from \1 to "),
        rule(r"\b24 horas\b", "24 hours"),
        rule(r"\b((?:lun|mart|miércol|juev|viern)es|sábado) a (?=\w+(?:es|do|go)\b)", r"\1 to "),
    ),
    after=(
        rule(r"\bqué\b", "what"),
        rule(rf"\bdel (?={'|'.join(DAYS)})", "from "),
        rule(rf"\b(?:(for) )?el (?={'|'.join(DAYS)})", lambda m: "for " if m[1] else "on "),
    ),
    sounds=(
        "dos=doce tres=trece seis=siete siete=seis uno=no cuatro=cuarto cinco=quince ocho=hecho "
        "nueve=nuevo martes=marzo lunes=jueves jueves=lunes viernes=martes sí=si no=nos "
        "nombre=hombre es=este el=en la=las a=ha me=de llamo=llano cita=cinta quisiera=quisieran "
        "reservar=preservar cambiar=cambia mi=me número=números teléfono=teléfonos venir=vivir "
        "por=para favor=sabor gracias=gracia hola=ola correcto=correctos tarde=tarda mañana=maña"
    ),
)
