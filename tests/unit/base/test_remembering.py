"""What is short is worked out once; what is long is not kept."""

from voicesim.base.remembering import LONGEST, kept, remembered

worked: list[tuple[str, ...]] = []


@remembered(2)
def joined(one: str, other: str = "") -> str:
    """Both texts."""
    worked.append((one, other))
    return one + other


def test_what_is_short_is_worked_out_once_and_what_is_long_each_time() -> None:
    worked.clear()
    for _ in range(3):
        assert joined("a", "b") == "ab"
        assert joined("a" * LONGEST) == "a" * LONGEST
        assert joined("a", "b" * (LONGEST + 1)).endswith("b")
    assert len(worked) == 1 + 1 + 3


def test_the_oldest_is_forgotten() -> None:
    worked.clear()
    for text in ("x", "y", "z", "x"):
        joined(text)
    assert len(worked) == 4


def test_it_is_still_the_function_that_it_was() -> None:
    assert (joined.__name__, joined.__doc__) == ("joined", "Both texts.")


def test_what_is_kept_of_texts_is_bounded() -> None:
    worked: list[str] = []

    @kept(2)
    def size(text: str) -> int:
        worked.append(text[:1])
        return len(text)

    assert [size("a"), size("bb"), size("a"), size("bb")] == [1, 2, 1, 2]
    assert worked == ["a", "b"]
    size("c")  # full: begun anew
    size("a")
    assert worked == ["a", "b", "c", "a"]
    long = "d" * (LONGEST + 1)
    assert size(long) == size(long) == LONGEST + 1
    assert worked[4:] == ["d", "d"]
    size("c")
    assert worked[4:] == ["d", "d"]
