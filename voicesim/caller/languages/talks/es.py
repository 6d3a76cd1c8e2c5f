"""What is said and heard in Spanish where no new appointment is wanted."""

from voicesim.caller.languages.talks.base import FIRST, Talk, any_of, scale
from voicesim.caller.models import Desk, Goal

_NUMBERS = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco"),
    *("seis", "siete", "ocho", "nueve", "diez"),
)

SPANISH = Talk(
    goals={
        Goal.CANCEL: (
            "Quisiera cancelar mi cita.",
            "Hola, quisiera cancelar mi cita, por favor.",
            "Hola, buenos días, lo siento, tengo que cancelar mi cita.",
        ),
        Goal.HOURS: (
            "¿Cuál es su horario?",
            "Hola, ¿me puede decir su horario, por favor?",
            "Hola, buenos días, solo quería preguntar cuál es su horario.",
        ),
        Goal.PERSON: (
            "Quisiera hablar con una persona.",
            "Hola, quisiera hablar con una persona, por favor.",
            "Hola, buenos días, prefiero hablar con una persona, si es posible.",
        ),
        Goal.WRONG_NUMBER: (
            "Perdón, número equivocado.",
            "Ay, perdón, tengo el número equivocado. Adiós.",
            "Ay, lo siento mucho, tengo el número equivocado. Adiós.",
        ),
    },
    asks={
        Goal.CANCEL: "¿Entonces mi cita del {day} a las {time} queda cancelada?",
        Goal.HOURS: "¿Entonces cuándo están abiertos?",
        Goal.PERSON: "¿Entonces puedo hablar con una persona?",
        Goal.WRONG_NUMBER: "Hola, ¿es el cine Rialto?",
    },
    no_goal={
        Goal.CANCEL: "No, quisiera cancelar mi cita.",
        Goal.HOURS: "No, solo quisiera saber su horario.",
        Goal.PERSON: "No, quisiera hablar con una persona.",
        Goal.WRONG_NUMBER: "No, perdón, tengo el número equivocado.",
    },
    thanks="Muchas gracias. Adiós.",
    day="es el {day}",
    time="es a las {time}",
    when="es el {day} a las {time}",
    glossary="""
ha dicho = you said
usted dijo = you said
ha marcado = you pressed
estamos abiertos = we are open
abiertos = open
abrimos = we are open
cerramos = we close
atendemos = we are here
el de siempre = the usual
el habitual = the usual
horarios = opening hours
nuestros horarios son = our opening hours are
los siguientes = the following
estamos las = we are here
sábados = Saturdays
domingos = Sundays
quiere que le llamemos = shall we call you back
desea que le llamemos = shall we call you back
quiere que le llame alguien = shall someone call you back
el siguiente = the following
un compañero = a colleague
una compañera = a colleague
le llamará = will call you back
se pondrá en contacto con usted = will get in touch with you
nadie puede llamarle = nobody can call you
no puedo pasarle con = i cannot put you through to
no podemos llamarle = we cannot call you
le devolveremos la llamada = we will call you back
le paso con = i am putting you through to
le pongo con = i am putting you through to
no cuelgue = please hold
la cancele = i cancel it
quiere que la cancele = would you like me to cancel it
desea que la cancele = would you like me to cancel it
no hay nadie = nobody is there
""",
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
    numbers=_NUMBERS,
    scale=scale(_NUMBERS, "a|al|y|hasta|-|–", "minutos?|horas?|días?"),
    open_question=any_of(
        r"\bcon sus propias palabras\b|\b(?:comentarios?|sugerencias?)\b",
        rf"{FIRST}(?:y )?(?:qué|por qué|cómo)\b.*\?|\bcuéntenos\b|\bdíganos\b",
        r"\b(?:después del?|tras el) (?:la )?(?:tono|señal|pitido)",
    ),
    finished=any_of(
        r"\bgracias\b.{0,60}\b(?:opinión|tiempo|respuestas?|encuesta|participa|ayuda)",
        r"\beso es todo\b|\bencuesta ha (?:terminado|finalizado)\b|\badiós\b|\bhasta luego\b",
        r"\bque tenga (?:un )?buen",
    ),
    regrets=any_of(
        r"\blo (?:sentimos|siento)\b(?!,? (?:que|por|si)\b)|\bno podemos\b|\berror\b",
        r"\blamentablemente\b|\bfall(?:ó|ado|aron)\b|\binválid|\bno (?:es |fue )?válid",
        r"\bno (?:\w+ ){0,3}?(?:guard|grab|registr|recib)",
    ),
    connects=any_of(
        r"\ble (?:paso|comunico|transfiero|pongo|conecto)\b|\bha llamado a\b",
        r"\btransferirle\b|\bpasarle\b",
    ),
    waits=any_of(r"\bno cuelgue\b|\bespere\b|\bbienvenid[oa]s? al?\b"),
    desks={
        Desk.SALES: any_of(r"\bventas\b|\bsales\b|\bcomercial\b|\bnuevos pedidos\b|\bcomprar\b"),
        Desk.SUPPORT: any_of(r"\bsoporte\b|\btécnic[oa]s?\b|\bsupport\b|\batención al cliente\b"),
        Desk.BILLING: any_of(r"\bfactur\w+|\bpagos?\b|\bbilling\b|\binvoices?\b"),
        Desk.OPENING_HOURS: any_of(r"\bhorarios?\b|\bhours\b"),
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
)
