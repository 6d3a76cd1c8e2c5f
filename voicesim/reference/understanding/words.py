"""Words that are parts of names, and words that no name has."""

PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du"}
    | {"el", "ibn", "la", "las", "le", "los", "san", "st", "ter", "van", "von", "y", "zu"}
)
TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "st", "jr", "sr", "sra", "srta"}
    | {"ing", "lic", "mme", "mlle", "herr", "frau", "dipl"}
)
LAST_NAMES_TOO = frozenset({"clear", "date", "day", "doctor", "else", "good", "more"})
"""Sentence words that may yet end a name."""
SENTENCE_WORDS = """
a able about actually address after afternoon again agent ahead ain't alert all already also am an
and another any anyone anything appointment appointments are as ask at available away back bad be
because been before better book booking both busy but by bye call called caller calling came can
can't cancel cannot catch change check checkup cleaning clear clinic clock come complaint confirm
consultation correct cost could couldn't date day days dear dental dentist did didn't different
doctor doctor's does doesn't doing don't done double eh else email emergency end er evening
eventually everything exactly excuse few find fine first follow follow-up for forget forgot from
get getting give go going gonna good goodbye great had half hang happy has have haven't having he
he's hear heard hello help her here hey hi him his hmm hold home hour hours how huh human i i'd
i'll i'm i've if in incorrect info information instead insurance into is isn't it it's its just
keep know last late later let let's like line listen look looking mail make manager many maybe me
mean meant midday midnight mine minus minute minutes mistake moment month more morning mother move
much must my name name's need neighbor neighbour never new next night no nobody none noon nope not
nothing now number o'clock of off office often ok okay on once one only opening operator or other
our out over pain pardon past people perhaps phone please plus pm possible postpone problem put
quarter question questions quite rather ready really remember repeat representative reschedule
reschedules rescheduling reservation right robot said same say says script see service set she
she's shift should slot slow slower so some somebody someone something somewhere soon sorry speak
speaking spell spelled spelling stay still stop such sure surname talk telephone tell than thank
thanks that that's the their them then there there's these they they're thing things think this
those time times to today today's together told tomorrow tonight too tooth triple try trying two
uh uhh um under understand until up us used very visit wait wanna want wanted was wasn't we we'd
we'll week well went were what what's when where whether which while who why with without won't
wondering word work works would wrong yeah year yep yes yesterday yet you you'd you're your yours
yourself
"""
"""A word of these says that the caller speaks a sentence and not a name."""
