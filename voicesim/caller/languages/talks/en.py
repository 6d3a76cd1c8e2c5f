"""What is said and heard in English where no new appointment is wanted."""

from voicesim.caller.languages.talks.base import FIRST, Talk, any_of, scale
from voicesim.caller.models import Desk, Goal

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

ENGLISH = Talk(
    goals={
        Goal.CANCEL: (
            "I'd like to cancel my appointment.",
            "Hi, I'd like to cancel my appointment, please.",
            "Hello, good day to you, I'm afraid I have to cancel my appointment.",
        ),
        Goal.HOURS: (
            "What are your opening hours?",
            "Hi, could you tell me your opening hours, please?",
            "Hello, good day to you, I only wanted to ask what your opening hours are.",
        ),
        Goal.PERSON: (
            "I'd like to speak to a person.",
            "Hi, I'd like to speak to a person, please.",
            "Hello, good day to you, I would rather speak to a real person, if I may.",
        ),
        Goal.WRONG_NUMBER: (
            "Sorry, wrong number.",
            "Oh, I'm sorry, I have the wrong number. Goodbye.",
            "Oh dear, I'm so sorry, I must have dialled the wrong number. Goodbye.",
        ),
    },
    asks={
        Goal.CANCEL: "So is my appointment on {day} at {time} cancelled?",
        Goal.HOURS: "So when are you open, please?",
        Goal.PERSON: "So can I speak to a person?",
        Goal.WRONG_NUMBER: "Hello, is this the Rialto cinema?",
    },
    no_goal={
        Goal.CANCEL: "No, I'd like to cancel my appointment.",
        Goal.HOURS: "No, I'd only like to know your opening hours.",
        Goal.PERSON: "No, I'd like to speak to a person, please.",
        Goal.WRONG_NUMBER: "No, I'm sorry, I have the wrong number.",
    },
    thanks="Thank you very much. Goodbye.",
    day="it is on {day}",
    time="it is at {time}",
    when="it is on {day} at {time}",
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
    numbers=_NUMBERS,
    scale=scale(_NUMBERS, "to|and|through|up to|-|–", "minutes?|hours?|days?|am|pm"),
    open_question=any_of(
        r"\bin your own words\b|\b(?:any|other|further) (?:comments?|suggestions?|feedback)\b",
        r"\b(?:tell|let) us (?:\w+ ){0,3}(?:why|what|how|about|know|more)\b",
        rf"{FIRST}(?:and |so )?(?:what|why|how)\b.*\?|\bis there anything\b",
        r"\byour (?:comments?|message)\b",
        r"\b(?:after|at) the (?:beep|tone)\b",
    ),
    finished=any_of(
        r"\b(?:thanks?|thank you)\b.{0,60}\b(?:feedback|time|answers?|survey|participat|"
        r"taking part|responses?|opinion|help)",
        r"\b(?:that's|that is|that was|those were|this is|this was) "
        r"(?:all|everything|it\b|the end|the last)",
        r"\b(?:answers?|responses?|feedback) (?:has been|have been|is|are|was|were) (?:now )?"
        r"(?:saved|recorded|stored|noted|received)\b|\btake care\b",
        r"\bsurvey is (?:now )?(?:complete|over|finished|done)\b",
        r"\bend of (?:the|our|this) survey\b",
        r"\bwe (?:really )?(?:appreciate|value) (?:it|your)\b|\bgood ?bye\b|\bbye\b",
        r"\bhave an? (?:\w+ )?(?:day|evening|weekend|one)\b",
    ),
    regrets=any_of(
        r"\bsorry\b(?!,? (?:to hear|that (?:you|it|we)|about|for|if|we kept|you\b))",
        r"\bunfortunately\b|\bunable to\b|\bcannot\b|\bcan't (?!wait\b)|(?<!nothing )went wrong\b",
        r"\ban? (?:\w+ )?error\b|\bfailed\b|\binvalid\b|\bnot an? valid\b",
        r"\b(?:not|[a-z]+n't)(?: (?:be|been|yet|successfully))* (?:sav|stor|record|receiv|"
        r"regist|get|got|process|submit|accept|understand|valid|hear|catch|complete)",
        r"\b(?:problem|trouble|issue|difficult\w*) (?:\w+ )?(?:sav|stor|record|process|submit)",
        r"\b(?:we|i)(?:'ve| have)? lost\b|\b(?:got|was|were|been) lost\b",
        r"\b(?:answers?|responses?|scores?) (?:is|are|was|were) (?:now )?(?:gone|deleted)\b",
        r"\bsystem (?:is|was) (?:down|un)",
        r"\bsurvey (?:has been|was|is) (?:now )?(?:cancell?ed|closed|unavailable|aborted)\b",
    ),
    connects=any_of(
        r"\b(?:transfer|connect|hand|pass|put) you\b",
        r"\b(?:transferring|connecting|handing|passing|putting) you\b",
        r"\byou(?:'ve| have) reached\b|\byou(?:'re| are) through to\b",
    ),
    waits=any_of(
        r"\bplease hold\b|\bhold (?:on|the line)\b|\bstay on the line\b|\bwelcome to\b",
        r"\bright with you\b",
    ),
    desks={
        Desk.SALES: any_of(r"\bsales\b|\bnew orders?\b|\bplace an order\b|\bbuy\b|\bpurchas"),
        Desk.SUPPORT: any_of(
            r"\bsupport\b|\b(?:help|service) ?desk\b|\btechnicians?\b|\bcustomer (?:service|care)",
            r"\btechnical (?:team|department|desk|office|help|service|question|problem|issue)s?\b",
        ),
        Desk.BILLING: any_of(
            r"\bbilling\b|\binvoices?\b|\bpayments?\b|\bbills?\b|\baccounting\b",
            r"\baccounts (?:department|team|desk|office|receivable|payable)\b",
        ),
        Desk.OPENING_HOURS: any_of(r"\bhours\b|\bopening times\b|\bwhen we(?:'re| are) open\b"),
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
)
