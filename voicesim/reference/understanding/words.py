"""Words that are parts of names, and words that no name has."""

PARTICLES = frozenset(
    {"al", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du"}
    | {"el", "ibn", "la", "las", "le", "los", "san", "st", "ter", "van", "von", "y", "zu"}
)
TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "st", "jr", "sr"})
SENTENCE_WORDS = """
a able about actually after afternoon again ahead alert all already also am an and another any
anyone anything appointment appointments are as ask at available away back bad be because been
before best better book booking both but by bye call called caller calling came can can't cancel
cannot catch change check checkup clear clock come confirm correct could couldn't date day days
dear did didn't different doctor does doesn't doing don't done double eh else end er evening
eventually everything exactly excuse few find fine first for forget forgot from get getting give
go going good goodbye great had half hang happy has have haven't having he hear heard hello help
her here hey hi him his hmm hold hour how huh i i'd i'll i'm i've if in incorrect instead into is
isn't it it's its just keep know last late later let let's like line listen little long look
looking lost make many maybe me mean meant midday midnight mine minus minute minutes mistake
moment month more morning mother move much must my name name's need never new next night no nobody
none noon nope not nothing now number o'clock of off often ok okay old on once one only operator
or other our out over pardon past people perhaps person phone please plus pm possible postpone
problem put quarter question ready really remember repeat reschedule reschedules rescheduling
right said same say says script see service set she shift should slot slow slower so some somebody
someone something soon sorry speak speaking spell spelled spelling stay still stop such sure
surname talk telephone tell than thank thanks that that's the their them then there there's these
they thing things think this those time times to today today's together told tomorrow tonight too
triple try trying two uh uhh um under understand until up us used very visit wait want wanted was
wasn't we we'd week well went were what what's when where which while who why with without won't
word work works would wrong yeah year yep yes yet you you'd you're your yours yourself
"""
"""A word of these says that the caller speaks a sentence and not a name."""
