"""What is said and heard in German where no new appointment is wanted."""

from voicesim.caller.languages.talks.base import FIRST, Talk, any_of, scale
from voicesim.caller.models import Desk, Goal

_NUMBERS = (
    *("null", "eins", "zwei", "drei", "vier", "fünf"),
    *("sechs", "sieben", "acht", "neun", "zehn"),
)

GERMAN = Talk(
    goals={
        Goal.CANCEL: (
            "Ich möchte meinen Termin absagen.",
            "Guten Tag, ich möchte bitte meinen Termin absagen.",
            "Guten Tag, also, ich muss leider meinen Termin absagen.",
        ),
        Goal.HOURS: (
            "Wie sind Ihre Öffnungszeiten?",
            "Guten Tag, wie sind bitte Ihre Öffnungszeiten?",
            "Guten Tag, also, ich möchte nur wissen, wie Ihre Öffnungszeiten sind.",
        ),
        Goal.PERSON: (
            "Ich möchte mit einem Menschen sprechen.",
            "Guten Tag, ich möchte bitte mit einem Menschen sprechen.",
            "Guten Tag, also, ich möchte lieber mit einem Menschen sprechen.",
        ),
        Goal.WRONG_NUMBER: (
            "Entschuldigung, falsch verbunden.",
            "Oh, Entschuldigung, ich bin falsch verbunden. Auf Wiederhören.",
            "Oh, das tut mir leid, ich bin wohl falsch verbunden. Auf Wiederhören.",
        ),
    },
    asks={
        Goal.CANCEL: "Ist mein Termin am {day} um {time} dann abgesagt?",
        Goal.HOURS: "Wann haben Sie denn geöffnet?",
        Goal.PERSON: "Kann ich mit einem Menschen sprechen?",
        Goal.WRONG_NUMBER: "Guten Tag, ist da das Kino Rialto?",
    },
    no_goal={
        Goal.CANCEL: "Nein, ich möchte meinen Termin absagen.",
        Goal.HOURS: "Nein, ich möchte nur Ihre Öffnungszeiten wissen.",
        Goal.PERSON: "Nein, ich möchte mit einem Menschen sprechen.",
        Goal.WRONG_NUMBER: "Nein, Entschuldigung, ich bin falsch verbunden.",
    },
    thanks="Vielen Dank. Auf Wiederhören.",
    day="er ist am {day}",
    time="er ist um {time}",
    when="er ist am {day} um {time}",
    glossary="""
wir haben geöffnet = we are open
wir haben offen = we are open
wir schließen = we close
wir öffnen = we open
öffnen = open
öffnet = opens
schließt = closes
offen = open
schließen = close
sind = are
Sprechstunde = office hours
Sprechstunden = office hours
Sprechzeiten = office hours
wie immer = as usual
wie üblich = as usual
wie folgt = as follows
die üblichen = the usual
für Sie da = here for you
erreichbar = reachable
rund um die Uhr = around the clock
durchgehend = all day
täglich = daily
werktags = on weekdays
wochentags = on weekdays
unter der Woche = on weekdays
am Wochenende = on weekends
bis mittags = until noon
bis Mittag = until noon
montags = Mondays
dienstags = Tuesdays
mittwochs = Wednesdays
donnerstags = Thursdays
freitags = Fridays
samstags = Saturdays
sonntags = Sundays
ein Kollege = a colleague
eine Kollegin = a colleague
ruft Sie zurück = will call you back
meldet sich bei Ihnen = will get back to you
Sie anzurufen = to call you back
Sie zurückzurufen = to call you back
kann Sie niemand zurückrufen = nobody can call you back
niemand da = nobody here
keiner da = nobody here
ich werde Sie verbinden = i am putting you through now
notiert = noted
haben Sie noch eine Frage = is there anything else
haben Sie noch Fragen = is there anything else
nicht verbinden = not put you through
nicht zurückrufen = not call you back
ich verbinde Sie mit = i am putting you through to
ich verbinde Sie = i am putting you through now
ich stelle Sie durch = i am putting you through now
bleiben Sie dran = please hold
bleiben Sie in der Leitung = please stay on the line
soll ich ihn absagen = shall i cancel it
dass ich ihn absage = me to cancel it
es ist niemand frei = nobody is free
niemand ist frei = nobody is free
""",
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
    numbers=_NUMBERS,
    scale=scale(_NUMBERS, "bis|und|-|–", "minuten?|stunden?|tagen?"),
    open_question=any_of(
        r"\bin (?:ihren )?eigenen worten\b|\b(?:anmerkung|kommentar|vorschl[aä]g|anregung)",
        rf"\bsagen sie uns\b|{FIRST}(?:und )?(?:was|warum|wie)\b.*\?",
        r"\bnach dem (?:signal)?ton\b",
    ),
    finished=any_of(
        r"\b(?:danke|dank)\b.{0,60}\b(?:meinung|zeit|antworten?|umfrage|teilnahme|hilfe)",
        r"\bdas (?:war|ist) (?:alles|schon alles|es)\b|\bauf wiederh[öo]ren\b|\btschüss\b",
        r"\bumfrage ist (?:jetzt |nun )?(?:beendet|zu ende|abgeschlossen)\b|\bschönen tag\b",
    ),
    regrets=any_of(
        r"\bleider\b|\bentschuldig|\btut (?:uns|mir) leid\b(?!, dass)|\bfehler\b",
        r"\bnicht möglich|\bfehlgeschlagen|\bgescheitert|\bungültig",
        r"\b(?:nicht|keine) (?:\w+ ){0,2}?(?:gespeichert|speichern|erfass|aufgezeichnet|erhalten|"
        r"empfangen|verarbeit)",
    ),
    connects=any_of(
        r"\bverbinde\w* (?:sie|ich)\b|\bverbunden\b|\bstelle\w* sie\b.{0,30}\bdurch\b",
        r"\bweiter(?:geleitet|leiten)\b",
    ),
    waits=any_of(
        r"\bbleiben sie (?:bitte )?(?:am apparat|dran|in der leitung)\b",
        r"\bwillkommen (?:bei|im)\b|\beinen (?:moment|augenblick)\b",
    ),
    desks={
        Desk.SALES: any_of(r"\bvertrieb|\bverkauf|\bsales\b|\bbestell\w*|\bkaufen\b"),
        Desk.SUPPORT: any_of(r"\bsupport\b|\btechni\w+|\bkundendienst|\bkundenservice|\bstörung"),
        Desk.BILLING: any_of(r"\brechnung\w*|\bbuchhaltung|\bzahlung\w*|\bbilling\b|\binvoices?\b"),
        Desk.OPENING_HOURS: any_of(r"\böffnungszeit\w*|\bsprechzeit\w*|\bhours\b"),
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
)
