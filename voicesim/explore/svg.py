"""The dialogue as an SVG: boxes in rows by how many moves they are away, a line for each arrow."""

from html import escape
from textwrap import wrap

from voicesim.explore.complaints import Complaints
from voicesim.explore.drawing import Arrow, Box, arrows, boxes, together
from voicesim.explore.graph import Graph

BOX_WIDTH, BOX_HEIGHT = 230, 62
GAP_X, GAP_Y, EDGE = 30, 96, 20
LETTERS = 38
"""In a line of a box."""
LINES = 3
_STYLE = (
    "text{font:11px sans-serif;fill:#1b1b1b}.q{fill:#eef3fb;stroke:#3b5b92}"
    ".e{fill:#f4f4f4;stroke:#777}.x{fill:#fdecea;stroke:#b00020}"
    "path{fill:none;stroke:#777}.bad{stroke:#b00020;stroke-width:2}.as{stroke-dasharray:4 3}"
    ".l{font-size:10px;fill:#444;paint-order:stroke;stroke:#fff;stroke-width:3px}"
)
_Spot = tuple[int, int]


def svg(graph: Graph, complaints: Complaints) -> str:
    """The drawing as a document of its own."""
    lines = arrows(graph, complaints)
    ends = {f"e{at}": arrow for at, arrow in enumerate(lines) if not arrow.end}
    rows = _rows(lines)
    spots = {
        name: (EDGE + at * (BOX_WIDTH + GAP_X), EDGE + depth * (BOX_HEIGHT + GAP_Y))
        for depth, row in enumerate(rows)
        for at, name in enumerate(row)
    }
    drawn = [_line(arrow, at, spots) for at, arrow in enumerate(lines)]
    drawn += [_place(box, spots[f"n{box.number}"]) for box in boxes(graph)]
    drawn += [_end(arrow, spots[name]) for name, arrow in ends.items()]
    if "n0" in spots:
        drawn.append(_box("e", ["the caller rings"], spots["n0"]))
    width = EDGE + max((len(row) for row in rows), default=1) * (BOX_WIDTH + GAP_X)
    height = EDGE + len(rows) * (BOX_HEIGHT + GAP_Y)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><style>{_STYLE}</style>'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#777"/></marker></defs>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _rows(lines: list[Arrow]) -> list[list[str]]:
    """The names of what is drawn, row by row: n0 the ring, n1 ... places, e0 ... ends of calls."""
    rows = [["n0"]]
    seen = {"n0"}
    while rows[-1]:
        below = []
        for at, arrow in enumerate(lines):
            name = f"n{arrow.end}" if arrow.end else f"e{at}"
            if f"n{arrow.start}" in rows[-1] and name not in seen:
                seen.add(name)
                below.append(name)
        rows.append(below)
    return rows[:-1]


def _line(arrow: Arrow, at: int, spots: dict[str, _Spot]) -> str:
    start, end = spots.get(f"n{arrow.start}"), spots.get(f"n{arrow.end}" if arrow.end else f"e{at}")
    if start is None or end is None:
        return ""
    x1, y1 = start[0] + BOX_WIDTH // 2, start[1] + BOX_HEIGHT
    x2, y2 = end[0] + BOX_WIDTH // 2, end[1]
    if y2 > y1:
        bend = (y1 + y2) // 2
        path = f"M{x1} {y1}C{x1} {bend} {x2} {bend} {x2} {y2}"
        label = (x2, y2 - 10 - 11 * (at % 3))
    else:  # back to a place above, or to itself: round the right side
        side = max(start[0], end[0]) + BOX_WIDTH + 12 + at % 12
        path = f"M{x1} {y1}C{x1} {y1 + 40} {side} {y1 + 40} {side} {y1 - 20}"
        path += f"S{side} {y2 - 30} {x2} {y2}"
        label = (x1, y1 + 14 + 11 * (at % 3))
    kind = " ".join(name for name, on in (("bad", arrow.failed), ("as", arrow.assumed)) if on)
    words = escape(_short(together(arrow.moves)))
    return (
        f'<path class="{kind}" d="{path}" marker-end="url(#a)"/>'
        f'<text class="l" x="{label[0]}" y="{label[1]}" text-anchor="middle">{words}</text>'
    )


def _place(box: Box, spot: _Spot) -> str:
    return _box("q", wrap(f"{box.number}: {box.text}", LETTERS), spot, f"[{box.listens}]")


def _end(arrow: Arrow, spot: _Spot) -> str:
    words = f'"{arrow.said}" {arrow.ended}' if arrow.said else arrow.ended
    return _box("x" if arrow.failed else "e", wrap(words, LETTERS), spot)


def _box(kind: str, lines: list[str], spot: _Spot, foot: str = "") -> str:
    x, y = spot
    shown = lines[:LINES]
    if len(lines) > LINES:
        shown[-1] = f"{shown[-1][: LETTERS - 3]}..."
    if foot:
        shown.append(foot)
    rows = "".join(
        f'<text x="{x + 8}" y="{y + 15 + 14 * at}">{escape(row)}</text>'
        for at, row in enumerate(shown)
    )
    size = f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}"'
    return f'<rect class="{kind}" x="{x}" y="{y}" {size} rx="6"/>{rows}'


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 3]}..."
