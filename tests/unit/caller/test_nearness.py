import pytest

from voicesim.caller.nearness import near

PHONE = "416-555-0142"


@pytest.mark.parametrize(
    ("field", "heard", "other", "expected"),
    [
        ("name", "Jan Toe", "Jane Doe", True),
        ("name", "Jane Smith", "Jane Doe", True),
        ("name", "Uhs", "uhs.", True),
        ("name", "Bob Wrongman", "Jane Doe", False),
        ("name", "John Smith", "Walter Mayer", False),
        ("name", "Jane", "...", False),
        ("phone", "416 555 0143", PHONE, True),
        ("phone", "416 555 0133", PHONE, True),
        ("phone", "416 555 0233", PHONE, False),
        ("phone", "46 555 142", PHONE, True),
        ("phone", "416 416 555 0", "416 416-555-0142", True),
        ("phone", "0142", PHONE, True),
        ("phone", "212 555 0000", PHONE, False),
        ("phone", "four one six, five five five, zero one four two", PHONE, True),
        ("day", "Friday", "Tueday", True),
    ],
)
def test_near(field: str, heard: str, other: str, expected: bool) -> None:
    assert near(field, heard, other) is expected
    assert near(field, heard, "", other) is expected
