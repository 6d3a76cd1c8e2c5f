"""The signature vectors collected from the tests of Twilio's libraries and its documentation."""

import json
from pathlib import Path
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from voicesim.twilio.signature import Signer, signed_url, with_body_sha256

FILE = Path(__file__).parents[3] / "shared" / "data" / "signature-vectors.json"
Vector = dict[str, Any]

VECTORS: list[Vector] = (
    json.loads(FILE.read_text(encoding="utf-8"))["vectors"] if FILE.exists() else []
)
ABSENT = pytest.param({}, id="absent", marks=pytest.mark.skip("the collected vectors are not here"))
CASES = [pytest.param(vector, id=vector["name"]) for vector in VECTORS] or [ABSENT]
each_vector = pytest.mark.parametrize("vector", CASES)


def pairs(vector: Vector) -> list[tuple[str, str]]:
    """The fields of the form; None stands for what HTTP cannot carry."""
    sent = []
    for name, value in (vector["params"] or {}).items():
        values = value if isinstance(value, list) else [value]
        sent += [(name, each) for each in values if each is not None]
    return sent


class Form(dict[str, Any]):
    """The vector's fields as a framework gives them."""

    def getlist(self, name: str) -> list[str]:
        value = self[name]
        return value if isinstance(value, list) else [value]


@pytest.mark.skipif(not VECTORS, reason="the collected vectors are not here")
def test_all_vectors_are_here() -> None:
    assert len(VECTORS) == 47


@each_vector
def test_we_sign_as_the_vector_says(vector: Vector) -> None:
    """Libraries accept a URL with and without credentials and port; we sign one of these only."""
    exact = vector["exact_string_signature"]
    if exact is None:  # the vector's parameters cannot be sent over HTTP
        return
    signer = Signer(vector["token"])
    string = vector["signed_url"] or vector["url"]
    as_twilio = signed_url(string) == string
    if as_twilio:
        assert signer.sign(string, pairs(vector)) == exact
    ours = signer.sign(vector["url"], pairs(vector))
    same = as_twilio and signed_url(vector["url"]) == string
    assert (ours == exact) == same
    if vector["body"] is None:
        assert (ours == vector["signature"]) == (same and vector["valid"])


@each_vector
def test_a_receiver_accepts_ours_where_it_accepts_the_vectors(vector: Vector) -> None:
    if not vector["valid"] or vector["exact_string_signature"] is None:
        return
    seen = signed_url(vector["url"])  # no credentials reach a receiver
    params = vector["body"] if vector["body"] is not None else Form(vector["params"] or {})
    ours = Signer(vector["token"]).sign(vector["url"], pairs(vector))
    assert RequestValidator(vector["token"]).validate(seen, params, ours)


@each_vector
def test_the_library_says_what_it_said(vector: Vector) -> None:
    body = vector["body"]
    params = body if body is not None else Form(vector["params"] or {})
    validator = RequestValidator(vector["token"])
    if vector["python_9_13_0_says"] == "raises TypeError":
        with pytest.raises(TypeError):
            validator.validate(vector["url"], params, vector["signature"])
    else:
        says = validator.validate(vector["url"], params, vector["signature"])
        assert says == vector["python_9_13_0_says"]


@each_vector
def test_the_hash_of_a_body_is_put_where_the_vector_has_it(vector: Vector) -> None:
    start, found, _ = vector["url"].partition("bodySHA256=")
    if vector["body"] is None or not found:
        return
    full = with_body_sha256(start.rstrip("?&"), vector["body"].encode())
    assert (full == vector["url"]) == vector["valid"]
