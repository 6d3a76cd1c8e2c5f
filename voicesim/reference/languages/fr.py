"""French."""

from voicesim.reference.languages import errands
from voicesim.reference.languages.base import Language, Texts, figures
from voicesim.reference.states import State

_YES_OR_NO = "Répondez par oui ou par non."
_TEXTS = Texts(
    greeting=(
        "Bonjour et merci de votre appel. "
        "Je peux prendre un rendez-vous pour vous, ou déplacer celui que vous avez."
    ),
    not_understood="Désolé, je n'ai pas compris.",
    gladly="Avec plaisir.",
    not_heard_well="Désolé, je n'ai pas bien entendu.",
    silence="Je n'ai rien entendu.",
    welcome_back="Merci. Prenons un nouveau rendez-vous.",
    to_move="Bien sûr, je peux déplacer votre rendez-vous.",
    not_found="Désolé, je n'ai pas trouvé de rendez-vous à votre nom.",
    gives_up=("Désolé, je n'ai pas pu vous aider cette fois. Nous vous rappellerons. Au revoir."),
    nobody_there=(
        "Je n'ai rien entendu, je vais donc raccrocher. Veuillez rappeler plus tard. Au revoir."
    ),
    declined="D'accord, je n'ai rien réservé. Merci de votre appel. Au revoir.",
    over="Merci de votre appel. Au revoir.",
    trouble=(
        "Désolé, une erreur s'est produite de notre côté. Veuillez rappeler plus tard. Au revoir."
    ),
    thanks="Merci.",
    thanks_name="Merci, {name}.",
    all_right="Très bien.",
    found="{name}, j'ai trouvé votre rendez-vous du {day}, à {time}.",
    read_back=(
        "{lead} {name}, avec le numéro {phone}, {link} {day}, à {time}. "
        f"Est-ce correct ? {_YES_OR_NO}{{keys}}"
    ),
    lead="Je récapitule.",
    lead_again="Encore une fois.",
    on="le",
    moved_to="déplacé au",
    keys=" Vous pouvez aussi taper 1 pour oui ou 2 pour non.",
    confirmed="Merci, {name}. Votre rendez-vous est confirmé pour le {day}, à {time}. Au revoir.",
    moved="Merci, {name}. Votre rendez-vous a été déplacé au {day}, à {time}. Au revoir.",
    plus="plus",
)
_ASKS: dict[State, tuple[str, ...]] = {
    State.GOAL: (
        "Comment puis-je vous aider ?",
        "Vous pouvez dire : prendre rendez-vous, ou : déplacer mon rendez-vous. "
        "Comment puis-je vous aider ?",
    ),
    State.NAME: (
        "Quel est votre nom, s'il vous plaît ?",
        "Veuillez me dire votre nom, prénom et nom de famille.",
        "J'ai besoin de votre nom pour le rendez-vous. Vous pouvez aussi l'épeler.",
    ),
    State.PHONE: (
        "Quel est votre numéro de téléphone ?",
        "Veuillez me dire votre numéro de téléphone, chiffre par chiffre, ou utilisez le clavier.",
        "J'ai besoin d'un numéro de téléphone. Dites-le lentement, ou tapez-le puis dièse.",
    ),
    State.DAY: (
        "Quel jour souhaitez-vous venir ?",
        "Veuillez me dire quel jour vous convient. Par exemple, mardi, ou le 3 mars.",
        "Quel jour vous convient ? Vous pouvez dire un jour de la semaine, demain, ou une date.",
    ),
    State.TIME: (
        "À quelle heure souhaitez-vous venir ?",
        "Veuillez me dire quelle heure vous convient. Par exemple, 10 heures 30, ou 15 heures.",
        "Quelle heure vous convient ? Vous pouvez dire, par exemple, 14 heures 30.",
    ),
    State.CHANGE: (
        "Que dois-je changer : le nom, le numéro de téléphone, le jour ou l'heure ?",
        "Dites-moi ce qui est faux : le nom, le numéro de téléphone, le jour ou l'heure ?",
    ),
    State.OFFER: (
        f"Souhaitez-vous prendre un nouveau rendez-vous ? {_YES_OR_NO}",
        f"Dois-je prendre un nouveau rendez-vous pour vous ? {_YES_OR_NO} "
        "Vous pouvez aussi taper 1 ou 2.",
    ),
}
_ASKS_TO_MOVE: dict[State, tuple[str, ...]] = {
    State.NAME: (
        "Pour trouver votre rendez-vous : quel est votre nom, s'il vous plaît ?",
        "Veuillez me dire votre nom, tel qu'il a été donné pour le rendez-vous.",
    ),
    State.PHONE: (
        "Pour trouver votre rendez-vous : quel est votre numéro de téléphone ?",
        "Veuillez me dire le numéro de téléphone donné pour le rendez-vous.",
    ),
    State.DAY: (
        "Quel jour souhaitez-vous à la place ?",
        "Veuillez me dire quel jour vous convient maintenant. Par exemple, mardi, ou le 3 mars.",
    ),
    State.TIME: (
        "Quelle heure souhaitez-vous à la place ?",
        "Veuillez me dire quelle heure vous convient maintenant. Par exemple, 15 heures.",
    ),
}
_NUMBERS = figures(
    "zéro - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq "
    "vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un"
)
_GLOSSARY = """
oui = yes
ouais = yeah
non = no
bonjour = hello
allô = hello
allo = hello
salut = hello
merci = thank you
merci beaucoup = thank you very much
beaucoup = very much
au revoir = goodbye
s'il vous plaît = please
s'il vous plait = please
s'il te plaît = please
euh = um
désolé = sorry
désolée = sorry
pardon = pardon
excusez-moi = excuse me
d'accord = okay
bien sûr = of course
exactement = exactly
parfait = perfect
c'est ça = that is right
c'est exact = that is correct
c'est correct = that is correct
c'est bien ça = that is right
correct = correct
ce n'est pas = that is not
c'est = it is
faux = wrong
pas = not
rien = nothing
tout est correct = all is correct
je ne sais pas = i don't know
répéter = repeat
répétez = repeat
vous pouvez = can you
pouvez-vous = can you
pourriez-vous = could you
cela = that
je m'appelle = my name is
mon nom est = my name is
je suis = i am
ici = this is
le nom = the name
nom = name
prénom = first name
mon numéro de téléphone est = my phone number is
mon numéro est = my phone number is
le numéro de téléphone = the phone number
numéro de téléphone = phone number
téléphone = phone
numéro = number
le jour = the day
jour = day
date = date
l'heure = the time
heure = time
changer = change
je voudrais = i would like to
j'aimerais = i would like to
je souhaite = i would like to
je veux = i want to
je dois = i need to
venir = come
prendre un rendez-vous = book an appointment
prendre rendez-vous = book an appointment
réserver = book
un rendez-vous = an appointment
mon rendez-vous = my appointment
rendez-vous = appointment
déplacer = move
reporter = postpone
décaler = move
et = and
ou = or
à = at
au = to
pour = for
vers = around
un = a
une = a
moi = me
alors = so
si = if
possible = possible
est = is
mon = my
ma = my
je = i
j'ai = i have
me = me
tout = all
très = very
bien = well
demain = tomorrow
après-demain = day after tomorrow
aujourd'hui = today
annuler = cancel
lundi = Monday
mardi = Tuesday
mercredi = Wednesday
jeudi = Thursday
vendredi = Friday
samedi = Saturday
dimanche = Sunday
janvier = January
février = February
mars = March
avril = April
mai = May
juin = June
juillet = July
août = August
septembre = September
octobre = October
novembre = November
décembre = December
1er = 1st
midi = noon
matin = in the morning
vous = you
s'il = if
plaît = please
plait = please
pouvez = can
pouvait = could
voudrais = would like
voudrait = would like
voulez = want
m'appelle = my name is
appelle = call
dois = must
peux = can
l'ai = have it
ai = have
serait = would be
gentil = good
voilà = so
répète = repeat
prendre = take
rendez = appointment
plus = plus
dans = in
ce = that
ça = that
"""
FRENCH = Language(
    code="fr",
    tag="fr-FR",
    texts=_TEXTS,
    asks=_ASKS,
    asks_to_move=_ASKS_TO_MOVE,
    errands=errands.FRENCH,
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
        *("septembre", "octobre", "novembre", "décembre"),
    ),
    day="{weekday} {nth} {month}",
    nth={1: "1er"},
    nth_else="{n}",
    time="{hour} heures{minutes}",
    time_one="{hour} heures{minutes}",
    minutes=" {minute}",
    halves=("", "", ""),
    before=(
        (r"\bun un\b", "1 1"),
        (r"\bau (lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b", r"to \1"),
        (r"\b(?:une|1) heure\b", "1 heures"),
    ),
    numbers=_NUMBERS,
    glossary=_GLOSSARY,
    after=(
        (r"\b(\d{1,2}) ?(?:heures?|h) ?(\d\d)\b", r"\1:\2"),
        (r"\b(\d{1,2}) ?(?:heures?|h)\b", r"\1:00"),
        (r"\ba(?=[ ,]+(?:\d|a[ ,]))|(?<=\d )a\b|(?<=\d, )a\b", "1"),
    ),
)
