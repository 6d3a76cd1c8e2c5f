"""German."""

from voicesim.reference.languages import errands
from voicesim.reference.languages.base import Language, Texts, figures
from voicesim.reference.states import State

_YES_OR_NO = "Bitte sagen Sie ja oder nein."
_TEXTS = Texts(
    greeting=(
        "Guten Tag und danke für Ihren Anruf. "
        "Ich kann einen Termin für Sie buchen oder einen bestehenden verschieben."
    ),
    not_understood="Entschuldigung, das habe ich nicht verstanden.",
    gladly="Sehr gerne.",
    not_heard_well="Entschuldigung, das habe ich nicht gut gehört.",
    silence="Ich habe nichts gehört.",
    welcome_back="Danke. Dann buchen wir einen neuen Termin.",
    to_move="Natürlich, ich kann Ihren Termin verschieben.",
    not_found="Es tut mir leid, ich habe keinen Termin für Sie gefunden.",
    gives_up=(
        "Es tut mir leid, ich konnte Ihnen diesmal nicht helfen. "
        "Wir rufen Sie zurück. Auf Wiederhören."
    ),
    nobody_there=(
        "Ich habe nichts gehört und lege jetzt auf. Bitte rufen Sie wieder an. Auf Wiederhören."
    ),
    declined="In Ordnung, ich habe nichts gebucht. Danke für Ihren Anruf. Auf Wiederhören.",
    over="Danke für Ihren Anruf. Auf Wiederhören.",
    trouble=(
        "Es tut mir leid, bei uns ist ein Fehler aufgetreten. "
        "Bitte rufen Sie später wieder an. Auf Wiederhören."
    ),
    thanks="Danke.",
    thanks_name="Danke, {name}.",
    all_right="In Ordnung.",
    found="{name}, ich habe Ihren Termin am {day}, um {time} gefunden.",
    read_back=(
        "{lead} {name}, mit der Nummer {phone}, {link} {day}, um {time}. "
        f"Ist das richtig? {_YES_OR_NO}{{keys}}"
    ),
    lead="Ich wiederhole.",
    lead_again="Noch einmal.",
    on="am",
    moved_to="verschoben auf",
    keys=" Sie können auch 1 für ja oder 2 für nein drücken.",
    confirmed="Danke, {name}. Ihr Termin ist bestätigt für {day}, um {time}. Auf Wiederhören.",
    moved="Danke, {name}. Ihr Termin wurde verschoben auf {day}, um {time}. Auf Wiederhören.",
    plus="plus",
)
_ASKS: dict[State, tuple[str, ...]] = {
    State.GOAL: (
        "Wie kann ich Ihnen helfen?",
        "Sie können sagen: einen Termin buchen, oder: meinen Termin verschieben. "
        "Wie kann ich Ihnen helfen?",
    ),
    State.NAME: (
        "Wie ist Ihr Name, bitte?",
        "Bitte sagen Sie mir Ihren Namen, Vorname und Nachname.",
        "Ich brauche Ihren Namen für den Termin. Sie können ihn auch buchstabieren.",
    ),
    State.PHONE: (
        "Wie ist Ihre Telefonnummer?",
        "Bitte sagen Sie mir Ihre Telefonnummer, Ziffer für Ziffer, oder tippen Sie sie ein.",
        "Ich brauche eine Telefonnummer. Sagen Sie sie langsam, oder tippen Sie sie und Raute.",
    ),
    State.DAY: (
        "An welchem Tag möchten Sie kommen?",
        "Bitte sagen Sie mir, welcher Tag Ihnen passt. Zum Beispiel Dienstag oder der 3. März.",
        "Welcher Tag passt Ihnen? Sie können einen Wochentag, morgen oder ein Datum sagen.",
    ),
    State.TIME: (
        "Um welche Uhrzeit möchten Sie kommen?",
        "Bitte sagen Sie mir, welche Uhrzeit Ihnen passt. Zum Beispiel 10 Uhr 30 oder 15 Uhr.",
        "Welche Uhrzeit passt Ihnen? Sie können zum Beispiel 14 Uhr 30 sagen.",
    ),
    State.CHANGE: (
        "Was soll ich ändern: den Namen, die Telefonnummer, den Tag oder die Uhrzeit?",
        "Bitte sagen Sie mir, was falsch ist: Name, Telefonnummer, Tag oder Uhrzeit?",
    ),
    State.OFFER: (
        f"Möchten Sie einen neuen Termin buchen? {_YES_OR_NO}",
        f"Soll ich einen neuen Termin für Sie buchen? {_YES_OR_NO} "
        "Sie können auch 1 oder 2 drücken.",
    ),
}
_ASKS_TO_MOVE: dict[State, tuple[str, ...]] = {
    State.NAME: (
        "Um Ihren Termin zu finden: Wie ist Ihr Name, bitte?",
        "Bitte sagen Sie mir Ihren Namen, so wie er für den Termin angegeben wurde.",
    ),
    State.PHONE: (
        "Um Ihren Termin zu finden: Wie ist Ihre Telefonnummer?",
        "Bitte sagen Sie mir die Telefonnummer, die für den Termin angegeben wurde.",
    ),
    State.DAY: (
        "An welchem Tag möchten Sie stattdessen kommen?",
        "Bitte sagen Sie mir, welcher Tag Ihnen jetzt passt. Zum Beispiel Dienstag.",
    ),
    State.TIME: (
        "Um welche Uhrzeit möchten Sie stattdessen kommen?",
        "Bitte sagen Sie mir, welche Uhrzeit Ihnen jetzt passt. Zum Beispiel 15 Uhr.",
    ),
}
_NUMBERS = figures(
    "null eins zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig einundzwanzig zweiundzwanzig "
    "dreiundzwanzig vierundzwanzig fünfundzwanzig sechsundzwanzig siebenundzwanzig "
    "achtundzwanzig neunundzwanzig dreißig einunddreißig"
)
_GLOSSARY = """
ja = yes
jawohl = yes
nein = no
nee = no
hallo = hello
guten tag = hello
guten morgen = good morning
guten abend = good evening
danke = thank you
vielen dank = thank you very much
danke schön = thank you very much
auf wiederhören = goodbye
auf wiedersehen = goodbye
tschüss = goodbye
bitte = please
äh = um
ähm = um
also = so
entschuldigung = sorry
verzeihung = sorry
wie bitte = pardon
in ordnung = okay
genau = exactly
richtig = correct
das ist richtig = that is correct
das stimmt = that is right
stimmt = that is right
alles richtig = all is correct
natürlich = of course
gerne = gladly
perfekt = perfect
nicht = not
nichts = nothing
falsch = wrong
weiß nicht = don't know
wiederholen = repeat
können sie = can you
könnten sie = could you
das = that
alles = all
mein name ist = my name is
ich heiße = my name is
ich bin = i am
hier ist = this is
hier spricht = this is
der name = the name
name = name
namen = name
nachname = surname
vorname = first name
meine telefonnummer ist = my phone number is
meine nummer ist = my phone number is
die telefonnummer = the phone number
telefonnummer = phone number
nummer = number
telefon = phone
der tag = the day
tag = day
datum = date
die uhrzeit = the time
uhrzeit = time
zeit = time
ändern = change
ich möchte = i would like to
ich würde gerne = i would like to
ich will = i want to
ich muss = i need to
ich brauche = i need
ich hätte gerne = i would like
kommen = come
einen termin buchen = book an appointment
einen termin vereinbaren = book an appointment
einen termin machen = book an appointment
buchen = book
vereinbaren = book
einen termin = an appointment
meinen termin = my appointment
termin = appointment
verlegen = reschedule
verschieben = reschedule
und = and
oder = or
am = on
um = at
gegen = around
vom = from
auf = to
für = for
mit = with
die = the
den = the
dem = the
ein = a
eine = a
einen = a
mein = my
meine = my
meinen = my
ich = i
ist = is
es ist = it is
es = it
mir = me
wenn = if
möglich = possible
sehr = very
heute = today
übermorgen = day after tomorrow
morgen = tomorrow
absagen = cancel
montag = Monday
dienstag = Tuesday
mittwoch = Wednesday
donnerstag = Thursday
freitag = Friday
samstag = Saturday
sonnabend = Saturday
sonntag = Sunday
januar = January
februar = February
märz = March
april = April
mai = May
juni = June
juli = July
august = August
september = September
oktober = October
november = November
dezember = December
mittag = noon
sie = you
ihnen = you
können = can
könnte = could
kann = can
habe = have
haben = have
hier = here
heiße = my name is
heißt = name is
wäre = would be
würde = would
möchte = would like
mochte = would like
muss = must
nett = good
so = so
noch = once
einmal = once
ihr = your
wie = how
was = what
dann = then
bin = am
"""
GERMAN = Language(
    code="de",
    tag="de-DE",
    texts=_TEXTS,
    asks=_ASKS,
    asks_to_move=_ASKS_TO_MOVE,
    errands=errands.GERMAN,
    weekdays=(*("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
        *("September", "Oktober", "November", "Dezember"),
    ),
    day="{weekday}, den {nth} {month}",
    nth={},
    nth_else="{n}.",
    time="{hour} Uhr{minutes}",
    time_one="{hour} Uhr{minutes}",
    minutes=" {minute}",
    halves=("", "", ""),
    capitals=True,
    before=(
        (r"\b(\d{1,2})\. (?=\w)", r"\1 "),
        (r"\b(?:ein|eins) uhr\b", "1 uhr"),
    ),
    numbers=_NUMBERS,
    glossary=_GLOSSARY,
    after=(
        (r"\b(\d{1,2}) ?uhr ?(\d\d)\b", r"\1:\2"),
        (r"\b(\d{1,2}) ?uhr\b", r"\1:00"),
    ),
)
