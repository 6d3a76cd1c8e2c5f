"""The dialogue as a tree, as Mermaid and as SVG: every place once, every end, nothing unescaped."""

from dataclasses import replace
from xml.etree import ElementTree

from tests.unit.explore.dialogues import ORIGIN, Fields, explored, keys, speech
from voicesim.explore.drawing import mermaid, together, tree
from voicesim.explore.svg import svg
from voicesim.explore.telling import as_data, summary, way_of

NASTY = '"]; end <b> & # `x` \\ | -->'


def agent(path: str, fields: Fields) -> str | int:
    if path == "/choice":
        if fields.get("Digits") == "1":
            return speech("What is your name?", "/name", "<Redirect>/choice?Digits=1</Redirect>")
        return 500 if fields.get("Digits") == "2" else "<Redirect>/voice</Redirect>"
    if path == "/name":
        return f"<Say>Thank you {NASTY.replace('&', '&amp;').replace('<', '&lt;')}.</Say>"
    return keys("For sales press 1, for support press 2.")


FOUND = explored(agent)
LINES = [*tree(FOUND.graph, FOUND.complaints)]


def test_the_tree_has_every_place_once_and_names_it_again_where_it_comes_back() -> None:
    text = "\n".join(LINES)
    assert text.count('-> 1 "For sales') == text.count('-> 2 "What is your name?"') == 1
    assert "stays silent -> 2 (assumed the same)" in text
    assert "presses 0, 3, 4, 5, 6, 7, 8, 9, * -> 1 (assumed the same)" in text
    assert all(line.isprintable() for line in LINES)


def test_what_fails_is_marked_and_has_its_way() -> None:
    (bad,) = (line for line in LINES if "ERROR" in line)
    assert bad.startswith("   |- ERROR presses 2 (support) -> ")
    (complaint,) = (one for one in FOUND.complaints.all if one.is_error)
    assert way_of(complaint) == "rings > presses 2 (support)"


def test_mermaid_is_one_line_an_arrow_and_escaped() -> None:
    lines = mermaid(FOUND.graph, FOUND.complaints).splitlines()
    assert lines[0] == "flowchart TD"
    assert sum(line.startswith('  n1["1: For sales press 1') for line in lines) == 1
    assert any("-.->" in line for line in lines)
    assert any(line.startswith("  linkStyle ") for line in lines)
    for line in lines:
        for words in line.split('"')[1::2]:
            assert not set(words) & set('"<>`\\')
        assert line.count('"') % 2 == 0


def test_the_svg_is_sound_and_holds_every_place() -> None:
    root = ElementTree.fromstring(svg(FOUND.graph, FOUND.complaints))
    name = "{http://www.w3.org/2000/svg}"
    boxes = [box for box in root.iter(f"{name}rect") if box.get("class") == "q"]
    assert len(boxes) == len(FOUND.graph.places) == 2
    spots = {(box.get("x"), box.get("y")) for box in boxes}
    assert len(spots) == len(boxes)
    width = int(root.get("width", "0"))
    assert all(int(box.get("x", "0")) + 230 <= width for box in boxes)


def test_the_data_hold_questions_arrows_and_findings() -> None:
    data = as_data(FOUND, ORIGIN)
    assert data["complete"] is True
    questions, arrows, findings = data["questions"], data["arrows"], data["findings"]
    assert isinstance(questions, list)
    assert isinstance(arrows, list)
    assert isinstance(findings, list)
    assert [one["way"] for one in questions] == [[], ["presses 1 (sales)"]]
    assert {key: arrows[0][key] for key in ("from", "to")} == {"from": 0, "to": 1}
    assert findings[0]["message"].startswith("/choice answered with status 500")


def test_the_summary_says_how_far_it_came() -> None:
    text = "\n".join(summary(FOUND))
    assert f"{FOUND.calls} calls, {FOUND.webhooks} webhooks" in text
    assert "2 questions" in text
    assert "taken to be one that was known" in text


def test_keys_are_drawn_together() -> None:
    moves = ("presses 1 (sales)", "presses 3", "presses 9999999999", 'says "x"')
    assert together(moves) == 'presses 1 (sales) / says "x" / presses 3, too much'


def test_a_place_is_drawn_where_it_was_found_first_whatever_leads_there_besides() -> None:
    result = explored(agent)
    root = next(iter(result.graph.places.values()))
    to_name = root.landed[root.moves[0]][0]
    early = replace(to_name, assumed=True, way=(root.moves[0],) * 2)
    root.landed = {root.moves[1]: [early], root.moves[0]: [to_name]}
    root.moves = (root.moves[1], root.moves[0])
    lines = [*tree(result.graph, result.complaints)]
    assert sum('-> 2 "What is your name?"' in line for line in lines) == 1
