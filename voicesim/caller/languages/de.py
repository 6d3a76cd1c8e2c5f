"""German. That its speakers say so, and what sounds alike in it, are assumptions.

But "zwei" is taken for "drei": that is why it is "zwo" on the telephone (Duden).
"""

from voicesim.caller.asking import Want
from voicesim.caller.languages.base import Language, Sayings, rule
from voicesim.caller.languages.clock import GERMAN_CLOCK, GERMAN_DATES, GERMAN_NUMBERS
from voicesim.caller.languages.glossary_de import GLOSSARY
from voicesim.caller.languages.talks.de import GERMAN as TALK
from voicesim.caller.models import Goal

_SAYINGS = Sayings(
    answers={
        Want.NAME: (
            "{name}.",
            "Mein Name ist {name}.",
            "Ja, natürlich, mein Name ist {name}.",
        ),
        Want.PHONE: (
            "{phone}.",
            "Meine Telefonnummer ist {phone}.",
            "Also, ich habe sie hier, meine Telefonnummer ist {phone}.",
        ),
        Want.DAY: (
            "{day}.",
            "Ich möchte am {day} kommen.",
            "Also, wenn es möglich ist, möchte ich am {day} kommen.",
        ),
        Want.TIME: (
            "{time}.",
            "Um {time}, bitte.",
            "Also, ich möchte bitte um {time} kommen.",
        ),
        Want.REASON: (
            "{reason}.",
            "Es geht um {reason}.",
            "Also, es ginge um {reason}, bitte.",
        ),
        Want.OLD: (
            "{old_day} um {old_time}.",
            "Er ist am {old_day} um {old_time}.",
            "Also, ich habe es aufgeschrieben, er ist am {old_day} um {old_time}.",
        ),
        Want.OTHER: (
            "Das habe ich nicht.",
            "Tut mir leid, das habe ich nicht da.",
            "Ach, es tut mir leid, das habe ich gerade nicht da.",
        ),
        Want.CONFIRM: ("Ja.", "Ja, das ist richtig.", "Ja, das stimmt so, vielen Dank."),
        Want.YES_NO: ("Ja.", "Ja, bitte.", "Ja, das wäre sehr nett, danke."),
        Want.MORE: ("Nein, danke.", "Nein, danke.", "Nein, danke, das ist alles."),
    },
    goals={
        Goal.BOOK: (
            "Ich möchte einen Termin buchen.",
            "Guten Tag, ich möchte bitte einen Termin buchen.",
            "Guten Tag, also, ich möchte einen Termin vereinbaren, wenn es möglich ist.",
        ),
        Goal.RESCHEDULE: (
            "Ich möchte meinen Termin verschieben.",
            "Guten Tag, ich möchte bitte meinen Termin verschieben.",
            "Guten Tag, also, ich muss meinen Termin verschieben, wenn es möglich ist.",
        ),
        Goal.ODD_INPUT: ("Guten Tag.", "Guten Tag.", "Guten Tag."),
    },
    corrections={
        "name": "Nein, mein Name ist {name}.",
        "phone": "Nein, meine Telefonnummer ist {phone}.",
        "day": "Nein, ich möchte am {day} kommen.",
        "time": "Nein, ich möchte um {time} kommen.",
    },
    clauses={
        "name": "mein Name ist {name}",
        "phone": "meine Telefonnummer ist {phone}",
        "when": "ich möchte am {day} um {time} kommen",
        "day": "ich möchte am {day} kommen",
        "time": "ich möchte um {time} kommen",
        "move": (
            "ich möchte meinen Termin verschieben vom {old_day} um {old_time} auf {day} um {time}"
        ),
    },
    also="und",
    greeting="Guten Tag.",
    is_it_done={
        Goal.BOOK: "Habe ich dann den Termin am {day} um {time}?",
        Goal.RESCHEDULE: "Ist mein Termin dann verschoben auf {day} um {time}?",
    },
    repeat="Entschuldigung, können Sie das bitte wiederholen?",
    no="Nein.",
    goodbye="Auf Wiederhören.",
    nothing_wrong="Nichts, alles richtig.",
    no_goal={
        Goal.BOOK: "Nein, ich möchte einen Termin buchen.",
        Goal.RESCHEDULE: "Nein, ich möchte meinen Termin verschieben.",
        Goal.ODD_INPUT: "Nein.",
    },
    fillers=("Äh", "Ähm"),
    half_of_day=("Vormittags, um {time}.", "Nachmittags, um {time}."),
)
_DAYS = "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag"
GERMAN = Language(
    code="de",
    sayings=_SAYINGS,
    days=(*("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),),
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    date="{weekday}, den {day}. {month}",
    hours="{hour} Uhr{minutes}",
    minutes=" {minute}",
    halves=("", ""),
    numbers=("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
    plus="plus",
    doubles={},
    reason="eine Kontrolle",
    marks="der die das sie ihr ihre ihren ist ich für und oder bitte wie einen um kann",
    glossary=GLOSSARY + TALK.glossary,
    before=(
        # an ordinal; no key, and no hour at the end of a sentence
        rule(r"(?<!die )(?<!taste )(?<!sie )(?<!um )(?<!bis )\b(\d{1,2})\. (?=\w)", r"\1 "),
        GERMAN_DATES,
        GERMAN_NUMBERS,
        rule(rf"\bvo[nm] (?={_DAYS})", "from "),
        rule(
            r"\bich habe (?:Ihren|den) Termin(?![^.?!]*\bnicht\b)( [^.?!]{1,90}?),? "
            r"(?:verschoben|verlegt|umgebucht)(?=[.!,])",
            r"i have moved your appointment\1",
        ),
        rule(rf"\b({_DAYS}) ?(?:morgen|früh)\b", r"\1 Vormittag"),
        rule(rf"\b({_DAYS})(vormittag|nachmittag|abend)s?\b", r"\1 \2"),
        rule(r"\bein(?:s)? Uhr\b", "1 Uhr"),
        rule(r"\b(halb|viertel|vor|nach) eins\b", r"\1 1"),
        rule(r"\bvon (\d[^.?]{0,12}?) bis (?=\d)", r"from \1 to "),
        rule(
            r"(?:\bwir (?:(?:rufen|erreichen|kontaktieren|können) )?|\b(?:rufe|erreiche) ich |"
            r"\bich (?:rufe|erreiche) )Sie( (?!nicht\b)[^.?!,]{1,30}?)? unter\b"
            r"(?= (?:\w+ ){0,2}[+\d])",
            r"we call you\1 at",
        ),
        rule(
            r"\b(?:wir |ich )?(?:schicke|sende)n?(?: wir| ich)? Ihnen( [^.?!,]{1,40}?) an\b"
            r"(?= (?:\w+ ){0,2}[+\d])",
            r"we text you\1 at",
        ),
        rule(
            r"\b(?:Sie stehen|ich habe Sie) (?:([^.?!]{1,60}?) )?im (?:Termin)?(?:kalender|plan)\b",
            r"Sie sind gebucht \1",
        ),
        rule(r"\b((?:\w+tag|Mittwoch)s?) bis (?=(?:\w+tag|Mittwoch)s?\b)", r"\1 to "),
        rule(
            r"\b(?:sollen|soll|darf|dürfen|kann|können) (?:Sie )?(?:jemand|wir|ich|eine? Kolleg\w+)"
            r" (?:Sie )?(?:zurück|an)rufen\?",
            "shall someone call you back?",
        ),
        rule(r"\b24 Stunden\b", "24 hours"),
        rule(r"\bmachen ((?:um|ab) [^.?!,]{1,25}?) auf\b", r"öffnen \1"),
        rule(r"\bSie haben (?:eine? )?(\d\d?) (?:gesagt|gewählt|gedrückt|gegeben)", r"you said \1"),
        rule(r"\b(?:wir rufen|(\w+) ruft) Sie ([^.?!]{0,40}?)\ban\b", r"\1 ruft Sie zurück \2"),
        rule(r"\bruft Sie ([^.?!]{1,60}?) zurück\b", r"ruft Sie zurück \1"),
        rule(r"\bist fest (?:gebucht|eingetragen|reserviert)\b", "ist bestätigt"),
        rule(
            r"\b(?:ich habe|wir haben) Sie (?![^.?!]*\bnicht\b)([^.?!]{1,90}?)"
            r" (?:eingetragen|vorgemerkt|notiert|gebucht|eingebucht|eingeplant)(?=[.!,])",
            r"ich habe Sie eingetragen \1",
        ),
        rule(
            r"\b(?:ich habe|wir haben) (?:Ihnen |für Sie )?(?:den|einen|Ihren) Termin"
            r"(?![^.?!]*\bnicht\b)( [^.?!]{1,90}?)"
            r" (?:eingetragen|vorgemerkt|notiert|gebucht|reserviert|vereinbart)(?=[.!,])",
            r"i have booked the appointment\1",
        ),
        rule(
            r"\bSie haben ((?:am|für) [^.?!]{1,60}?) (?:einen|Ihren|den) Termin(?=[.!,])",
            r"Sie haben einen Termin \1",
        ),
        rule(r"\bwir freuen uns(?: darauf)?, Sie (?=am\b)", "we look forward to seeing you "),
        rule(
            r"\bich habe ((?-i:[A-ZÄÖÜ])[\w-]+ (?-i:[A-ZÄÖÜ])[\w-]+) (?=(?:für|am) )"
            r"(?![^.?!]*\bnicht\b)([^.?!]{1,60}?) (?:eingetragen|vorgemerkt|notiert|gebucht)"
            r"(?=[.!,])",
            r"ich habe Sie eingetragen, \1, \2",
        ),
        rule(r"\bich trage Sie ([^.?!]{1,90}?) ein(?=[.!,])", r"ich habe Sie eingetragen \1"),
        rule(
            r"\b(ist|wurde)( [^.?!]{1,90}?) (bestätigt|gebucht|eingetragen|reserviert|verschoben"
            r"|verlegt|umgebucht|vereinbart|abgesagt|storniert)(?=[.!,]| und (?:wir|we)\b)",
            r"\1 \3\2",
        ),
    ),
    after=GERMAN_CLOCK,  # "am" is a German word too
    sounds=(
        "zwei=drei drei=zwei eins=einst vier=für fünf=fünft sechs=sex sieben=sieb acht=nacht "
        "neun=nein null=nur Montag=Sonntag Sonntag=Montag Dienstag=Donnerstag "
        "Donnerstag=Dienstag Freitag=Frei Samstag=Sonntag ja=da nein=neun Name=Nahme ist=iss "
        "mein=dein meine=deine Termin=Termine buchen=suchen möchte=mochte einen=ein Uhr=nur "
        "um=und am=an bitte=mitte Danke=Tanke kommen=können verschieben=schieben richtig=wichtig "
        "guten=Gut Tag=sag ich=mich Telefonnummer=Nummer das=dass stimmt=nimmt"
    ),
)
