"""What names each fault rightly: decided before any result was looked at.

A fault counts as found when one of the findings or failed gates of its row is there. "11217@keypad"
is the finding 11217 in a call of the scenario keypad; "gate:even_goals(+44)" the gate even_goals,
failed, with "+44" in what it says. Whatever else is found does not count.
"""

EXPECTED: dict[str, tuple[str, ...]] = {
    "stall": ("stalled",),
    "latency": ("gate:peak_hour_response",),
    "errors": ("11217",),
    "drip": ("gate:peak_hour_response",),
    "malformed": ("12100",),
    "content-type": ("12300",),
    "unknown-verb": ("12200",),
    "leaks-trace": ("leaks-trace",),
    "digits-fail": ("11217@keypad",),
    "accepts-unsigned": ("audit-unsigned-served",),
    "refuses-blank": ("audit-blank-refused",),
    "mixup": ("cross-talk",),
    "forgets-name": ("asked-again", "forgot-the-call"),
    "other-day": ("stored-wrong",),
    "old-day": ("correction-ignored",),
    "old-name": ("readback-wrong",),
    "wrong-number": ("readback-wrong",),
    "refuses-country": ("gate:even_goals(+44)",),
    "never-hangs-up": ("never-ends",),
    "hangs-up-early": ("hung-up-early",),
    "loops-on-silence": ("loops",),
    "skips-state": ("not-asked",),
    "hours-missing": ("hours-missing",),
    "cancels-other": ("cancelled-other",),
    "cancel-kept": ("not-cancelled",),
    "books-twice": ("booked-twice",),
    "books-again": ("booked-twice",),
    "drops-cookie": ("cookie-not-sent",),
    "loses-call": ("forgot-the-call",),
}
WORKLOADS = ("peak_hour", "front_desk")
"""Clean agents meet them in turn."""
WORKLOAD = dict.fromkeys(EXPECTED, WORKLOADS[0])
"""The run that a fault meets: of these nobody at the peak asks for what they break."""
WORKLOAD |= dict.fromkeys(("hours-missing", "cancels-other", "cancel-kept"), WORKLOADS[1])
