"""The chart of a report: calls arriving over time, response times by persona, as inline SVG."""

from dataclasses import dataclass

from markupsafe import Markup

from voicesim.results.result import Result
from voicesim.results.summary import callers, only, summarise
from voicesim.traffic.curves import integral

WIDTH = 720
_LEFT, _RIGHT = 120, 20
_PLOT = WIDTH - _LEFT - _RIGHT
_TOP, _HEIGHT = 28, 150
_ROW = 26
_MAX_BARS = 120
_PERCENTS = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Bin:
    """Calls that arrived in a stretch of time, and how many were expected."""

    start_s: float
    arrived: int
    expected: float


def bins(result: Result) -> tuple[list[Bin], int]:
    """Arrivals in at most 120 stretches of whole seconds; and how many seconds one lasts."""
    seconds = {second: n for (second,), n in result.counts.seconds.items()}
    last = max([*seconds, int(result.run.run_time_s) - 1, 0])
    width = 1 + last // _MAX_BARS
    curve = result.run.rate_curve
    return [
        Bin(
            start,
            sum(seconds.get(at, 0) for at in range(start, start + width)),
            integral(curve, start, start + width),
        )
        for start in range(0, last + 1, width)
    ], width


def chart(result: Result) -> Markup:
    """The SVG; every text in it is escaped."""
    all_bins, width = bins(result)
    personas = sorted({persona for _, persona in callers(result.counts)})
    lower = _TOP + _HEIGHT + 60
    height = lower + _ROW * len(personas) + 30
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-label="Calls arriving over time and response'
        ' times by persona">{arrivals}{responses}</svg>'
    ).format(
        w=WIDTH,
        h=height,
        arrivals=_arrivals(all_bins, width),
        responses=_responses(result, personas, lower),
    )


def _arrivals(all_bins: list[Bin], width: int) -> Markup:
    highest = max(max(b.arrived, b.expected) for b in all_bins) or 1
    step = _PLOT / len(all_bins)
    bottom = _TOP + _HEIGHT
    parts = [_text(0, 16, f"Calls arriving, in each {width} s; the line is what was expected")]
    parts += [
        _text(_LEFT - 8, _TOP + 10, f"{highest:.0f}", "end"),
        _text(_LEFT - 8, bottom, "0", "end"),
    ]
    points = []
    for at, one in enumerate(all_bins):
        tall = _HEIGHT * one.arrived / highest
        x, y = _LEFT + at * step, bottom - tall
        parts.append(
            Markup(
                '<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                "<title>{} s: {} calls</title></rect>"
            ).format(x, y, max(step - 1, 0.5), tall, one.start_s, one.arrived)
        )
        points.append(f"{x + step / 2:.1f},{bottom - _HEIGHT * one.expected / highest:.1f}")
    parts.append(Markup('<polyline class="expected" points="{}"/>').format(" ".join(points)))
    last = all_bins[-1].start_s + width
    parts += [
        _text(_LEFT, bottom + 18, "0 s"),
        _text(WIDTH - _RIGHT, bottom + 18, f"{last:g} s", "end"),
    ]
    return Markup("").join(parts)


def _responses(result: Result, personas: list[str], top: int) -> Markup:
    """A row a persona: p50, p95 and p99 on a line from 0 to the longest p99."""
    times = {
        persona: summarise(result.counts, only(persona=persona)).response for persona in personas
    }
    longest = max([one.percentile_s(99) for one in times.values()], default=0.0) or 1.0
    parts = [_text(0, top - 14, "Response time of webhooks: p50, p95, p99")]
    for at, persona in enumerate(personas):
        y = top + _ROW * at + 12
        values = [times[persona].percentile_s(percent) for percent in _PERCENTS]
        places = [_LEFT + _PLOT * value / longest for value in values]
        parts.append(_text(_LEFT - 8, y + 4, persona, "end"))
        parts.append(
            Markup('<line class="range" x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}"/>').format(
                places[0], y, places[-1], y
            )
        )
        parts += [
            Markup(
                '<circle class="p{}" cx="{:.1f}" cy="{}" r="5"><title>{}: p{} {:.3f} s</title>'
                "</circle>"
            ).format(percent, place, y, persona, percent, value)
            for percent, place, value in zip(_PERCENTS, places, values, strict=True)
        ]
    end = top + _ROW * len(personas) + 16
    parts += [_text(_LEFT, end, "0 s"), _text(WIDTH - _RIGHT, end, f"{longest:.3f} s", "end")]
    return Markup("").join(parts)


def _text(x: float, y: float, text: str, anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
