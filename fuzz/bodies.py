"""What a hostile agent answers: documents that are broken, huge, deep, or something else.

All of it is drawn from a ``random.Random``, so that a case is repeated by its number.
"""

import gzip
import zlib
from collections.abc import Callable
from html import escape
from random import Random

from voicesim.line.hop import BODY_LIMIT, HopAnswer, HopFailure, HopResult
from voicesim.twilio.twiml import MAX_BYTES
from voicesim.twilio.vocabulary import ELEMENTS, RESPONSE, Element

ORIGIN = "http://127.0.0.1:9"
NAMES = sorted({element.name for element in ELEMENTS.values()})
CARRIED = ("Say", "Play", "Pause", "Gather", "Record", "Dial", "Redirect", "Hangup", "Reject")
WORDS = (
    *("Hello", "What is your name, please?", "Press 1 for sales, 2 for support.", "Goodbye."),
    *("What day would you like to come?", "Is that correct? Please say yes or no.", "undefined"),
    *("Your appointment is confirmed for Tuesday at 3 PM.", "555-0142", "five " * 40, "<name>"),
    *("\u202e\u0000\ud7ff", "é日本😀", "a" * 5000, "1 for a, " * 400, "?" * 3000, "press " * 800),
)
VALUES = (
    *("", "0", "1", "-1", "9" * 4000, "1e999", "auto", "true", "dtmf speech", "#", "*", "POST"),
    *("/next", "?q", "#f", "http://[", "//", "mailto:a", "https://elsewhere.test/", "x" * 60_000),
    *("http://127.0.0.1:99999/", "\u0661\u0662", "a,b," * 9000, "é 日本", "../" * 3000, "\t x "),
)
CHARSETS = ("utf-8", "utf-16", "utf-32", "latin-1", "cp037", "utf-7", "shift_jis", "koi8-r", "xx")
TYPES = (
    *("text/xml", "text/xml", "text/xml; charset=utf-16", "application/xml", "text/html"),
    *("text/plain", "audio/wav", "image/png", "", "text/xml\u00ff", "multipart/x; " * 900),
)
CROWDED = (
    *("<Say/>", "<Say>a</Say>", "<Pause length='0'/>", "<Gather/>", "<Leave/>", "<Sms>a</Sms>"),
    *(
        "<Play>/a</Play>",
        "<Say>Press 1 for a.</Say>",
        "<Gather hints='a,b,c'><Say>b</Say></Gather>",
    ),
)
GOOD = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="speech dtmf" action="/a">'
    "<Say>What is your name, please?</Say></Gather><Redirect>/b</Redirect></Response>"
)


def text_of(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 4)))


def element(random: Random, parent: Element, depth: int = 0) -> str:
    """An element that may stand in ``parent``, or one that may not."""
    name = random.choice((*CARRIED, *sorted(parent.children), *NAMES))
    kind = parent.children.get(name, RESPONSE)
    keys = random.choices([*sorted(kind.attributes), "action", "bogus"], k=random.randint(0, 4))
    shown = "".join(f' {key}="{escape(random.choice(VALUES))}"' for key in dict.fromkeys(keys))
    inside = escape(text_of(random)) if random.random() < 0.5 else ""
    if depth < 3:
        inside += "".join(element(random, kind, depth + 1) for _ in range(random.randint(0, 2)))
    return f"<{name}{shown}>{inside}</{name}>"


def twiml(random: Random) -> bytes:
    verbs = "".join(element(random, RESPONSE) for _ in range(random.randint(0, 5)))
    return f"<Response>{verbs}</Response>".encode("utf-8", "replace")


def dialogue(random: Random) -> bytes:
    """Sound TwiML that says odd things: what callers and the explorer read."""
    kind = random.choice(("speech", "dtmf", "dtmf speech"))
    action = random.choice(("/a", "/b", "", f"/c?step={random.randint(1, 9)}"))
    digits = random.choice(("", ' numDigits="1"', ' finishOnKey=""'))
    gather = f'<Gather input="{kind}" action="{action}"{digits}>'
    gather += f"<Say>{escape(text_of(random))}</Say>"
    end = random.choice(("", "<Redirect/>", "<Hangup/>", "<Record/>", "<Redirect>/b</Redirect>"))
    return f"<Response>{gather}</Gather>{end}</Response>".replace("\u0000", "").encode()


def noise(random: Random) -> bytes:
    return random.randbytes(random.choice((0, 1, 3, 50, 3000, BODY_LIMIT, 200_000)))


def mutated(random: Random) -> bytes:
    body = bytearray(random.choice((GOOD.encode(), twiml(random))))
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(body) + 1)
        match random.randrange(4):
            case 0:
                body[at : at + 1] = random.randbytes(1)
            case 1:
                del body[at : at + random.randint(1, 30)]
            case 2:
                body[at:at] = body[: random.randint(1, 200)]
            case _:
                body[at:at] = random.choice((b"\xff", b"\xc3", b"\x00", b"\xed\xa0\x80", b"]]>"))
    return bytes(body)


def bomb(random: Random) -> bytes:
    """Entities that unfold: the billion laughs, one long entity many times, ones from elsewhere."""
    kinds = (
        lambda: "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)),
        lambda: f"<!ENTITY a11 '{'x' * 30_000}'>",
        lambda: "<!ENTITY a11 SYSTEM 'file:///etc/passwd'>",
        lambda: "<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;",
    )
    inside = random.choice(kinds)()
    return f"<!DOCTYPE Response [{inside}]><Response><Say>{'&a11;' * 900}</Say></Response>".encode()


def deep(random: Random) -> bytes:
    name = random.choice(("p", "Gather", "Response", "Foo", "Say", "Dial"))
    levels = random.choice((10, 63, 64, 65, 500, 20_000))
    ends = f"</{name}>" * levels if random.random() < 0.5 else ""
    return f"<Response>{f'<{name}>' * levels}x{ends}</Response>".encode()


def huge(random: Random) -> bytes:
    size, new = random.choice((1000, 9000, 30_000, 65_000)), random.random()
    kinds = (
        lambda: f"<Say voice='{'v' * size}'>x</Say>",
        lambda: "<Say " + " ".join(f"a{n}='1'" for n in range(size // 8)) + "/>",
        lambda: f"<{'n' * size}/>",
        lambda: (
            f"<Gather action='/{new}{'u' * size}' timeout='{'9' * 500}'><Say>Hi?</Say></Gather>"
        ),
        lambda: f"<Redirect>/{new}{'/x' * (size // 2)}</Redirect>",
        lambda: "<Pause/>" * (size // 8),
        lambda: f"<Gather hints='{'h,' * (size // 2)}'/><Say>{'w ' * 400}</Say>",
    )
    return f"<Response>{random.choice(kinds)()}</Response>".encode()


def charset(random: Random) -> bytes:
    """A document that is not encoded as it says, or in something rare."""
    declared, used = random.choice(CHARSETS), random.choice(CHARSETS[:-1])
    text = f'<?xml version="1.0" encoding="{declared}"?><Response><Say>Hé</Say></Response>'
    return text.encode(used, "replace")


def crowd(random: Random) -> HopAnswer:
    """As many small verbs as a document holds, and on to the next."""
    verb = random.choice(CROWDED)
    end = random.choice(("<Redirect/>", f"<Redirect>/{random.random()}</Redirect>", "<Gather/>"))
    verbs = verb * ((MAX_BYTES - 100) // len(verb))
    body = f"<Response>{verbs}{end}</Response>".encode()
    return HopAnswer(200, (("Content-Type", "text/xml"),), body, 0.0)


BODIES: tuple[Callable[[Random], bytes], ...] = (
    *(noise, twiml, twiml, dialogue, dialogue, dialogue, mutated, mutated),
    *(bomb, deep, huge, charset),
)


def packed(random: Random, body: bytes) -> tuple[str, bytes]:
    """A Content-Encoding and what is sent under it: sound, a bomb, cut off, or not that at all."""
    if random.random() < 0.75:
        return "", body
    encoding = random.choice(("gzip", "deflate", "x-gzip", "br", "gzip, gzip", "\u00ff"))
    kinds = (
        lambda: gzip.compress(body),
        lambda: zlib.compress(body),
        lambda: gzip.compress(bytes(4_000_000)),
        lambda: gzip.compress(b"") * 3000,
        lambda: gzip.compress(gzip.compress(bytes(500_000))),
        lambda: gzip.compress(body)[: random.randint(0, 20)],
        lambda: gzip.compress(body) + random.randbytes(9),
        lambda: body,
    )
    return encoding, random.choice(kinds)()


def answer(random: Random) -> HopResult:
    """One answer as the line would hand it up."""
    if random.random() < 0.03:
        codes = (("11205", False), ("11205", True), ("11202", True), ("11206", False))
        code, connecting = random.choice(codes)
        return HopFailure(code, "did not answer", 0.0, connecting)
    encoding, body = packed(random, random.choice(BODIES)(random))
    status = random.choice((200,) * 12 + (204, 301, 302, 307, 304, 404, 500, 199, 999, -1))
    content_type = "text/xml" if random.random() < 0.7 else random.choice(TYPES)
    headers = [("Content-Type", content_type)]
    headers += [("Content-Encoding", encoding)] if encoding else []
    if status // 100 == 3:
        headers.append(("Location", random.choice((*VALUES, f"{ORIGIN}/moved"))))
    if random.random() < 0.2:
        paths = ("/", "/elsewhere", "x" * 5000, "")
        cookie = f"a{random.randint(0, 9)}={'b' * 90}; Path={random.choice(paths)}"
        headers += [("Set-Cookie", cookie)] * random.choice((1, 2, 300))
    kept = body[: BODY_LIMIT + 16_384]
    return HopAnswer(status, tuple(headers), kept, 0.0, len(body) > BODY_LIMIT)
