from fractions import Fraction

import pytest
from pydantic_core import PydanticCustomError

from voicesim.verdict.gates import share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90 %", Fraction(9, 10)),
        ("90%", Fraction(9, 10)),
        ("99.95 %", Fraction(9995, 10_000)),
        ("0 %", Fraction(0)),
        ("100 %", Fraction(1)),
        ("2/3", Fraction(2, 3)),
    ],
)
def test_shares_are_exact(text: str, value: Fraction) -> None:
    assert share(text) == value
    assert share(value) == value


@pytest.mark.parametrize("given", ["101 %", "4/3", "1/0", "0.9", 0.9, 1, "-1 %", "% 5", "", None])
def test_what_is_no_share_is_refused(given: object) -> None:
    with pytest.raises(PydanticCustomError, match="must be a share"):
        share(given)
