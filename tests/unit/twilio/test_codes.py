import csv
import re
from pathlib import Path

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.twilio.codes import CODES, finding

NEWER = {"13336", "13339", "13999"}
"""Came to Twilio's dictionary after the copy was made."""
DICTIONARY = Path(__file__).parents[4] / "shared" / "data" / "twilio-error-codes.tsv"


def test_the_level_is_twilios() -> None:
    assert finding("12200", "Oh.", line=2, column=0, element="Say") == Finding(
        "12200", Level.WARNING, "Oh.", line=2, column=0, element="Say"
    )
    assert finding("11205", "Oh.", url="https://a/").level is Level.ERROR


def test_other_codes_are_our_mistake() -> None:
    with pytest.raises(KeyError):
        finding("99999", "Oh.")


@pytest.mark.skipif(not DICTIONARY.exists(), reason="a copy of the error dictionary is not here")
def test_the_table_says_what_the_error_dictionary_says() -> None:
    with DICTIONARY.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file, delimiter="\t")}
    ours = {code: (str(level), title) for code, (level, title) in CODES.items()}
    assert ours.keys() - rows.keys() == NEWER
    theirs = {code: (rows[code]["level"], rows[code]["title"]) for code in ours.keys() - NEWER}
    assert {code: ours[code] for code in theirs} == theirs
    voice = {code for code in rows if re.fullmatch("1[1-6][0-9]{3}|319[0-9]{2}|641[0-9]{2}", code)}
    assert voice <= ours.keys()
