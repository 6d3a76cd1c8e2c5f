"""What reading a TwiML answer costs: parse, check and walk, beside lxml's parse and walk.

Run by ``make bench``. Both read the same bytes, typical answers with a Gather, turn about in one
process; no two answers in a row are alike, so that nothing that is remembered helps. The least time
of many rounds is compared. lxml checks nothing and knows nothing of TwiML.
Exits 1 above GOAL times lxml.
"""

import sys
from itertools import cycle
from timeit import timeit

import static
from lxml import etree

from voicesim.call.terms import Terms
from voicesim.call.verbs import gather_listening, prompt
from voicesim.twilio.twiml import parse

BODY = static.DOCUMENT.replace("$question", static.QUESTIONS[0])
BODIES = [BODY.replace("/gather", f"/gather{n:05d}").encode() for n in range(10_000)]
OURS, THEIRS = cycle(BODIES), cycle(BODIES)
ROUNDS, TIMES = 300, 200
GOAL = 3.0
TERMS = Terms()


def ours() -> str:
    document = parse(next(OURS), "text/xml; charset=utf-8")
    gather = document.verbs[0]
    return prompt(gather.children, TERMS, gather_listening(gather)).text


def theirs() -> str:
    texts = []
    for element in etree.fromstring(next(THEIRS)).iter():
        dict(element.attrib)
        if element.tag == "Say":
            texts.append(element.text)
    return " ".join(texts)


def main() -> int:
    assert ours() == theirs()
    rounds = [(timeit(ours, number=TIMES), timeit(theirs, number=TIMES)) for _ in range(ROUNDS)]
    ours_us, theirs_us = (min(column) * 1e6 / TIMES for column in zip(*rounds, strict=True))
    ratio = ours_us / theirs_us
    size = len(BODIES[0])
    print(f"parse, check and walk of {size} bytes: {ours_us:.1f} us; lxml {theirs_us:.1f} us")
    print(f"ours is {ratio:.2f} x lxml (at most {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
