"""twiml, sign, verify and explain, as they are typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicesim.base.errors import ConfigError
from voicesim.cli import app
from voicesim.line.named import LOOPBACK_TOKEN, TOKEN_VARIABLES
from voicesim.twilio.signature import Signer

TOKEN = "f00dfacef00dfacef00dfacef00dface"
URL = "https://agent.example/voice"


def typed(*arguments: str, stdin: bytes = b"", token: str = TOKEN) -> Result:
    environment = dict.fromkeys(TOKEN_VARIABLES, "") | {TOKEN_VARIABLES[0]: token}
    result = CliRunner().invoke(app, arguments, input=stdin, env=environment)
    if isinstance(result.exception, ConfigError):
        raise result.exception
    return result


# --- twiml --------------------------------------------------------------------------------------


def test_a_clean_document_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<Response><Say>Hello</Say></Response>")
    result = typed("twiml", str(tmp_path / "a.xml"))
    assert (result.exit_code, result.stdout) == (0, "")


def test_one_line_a_finding_of_each_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text("<Response>\n <Gather timeout='abc'/>\n <say/>\n</Response>")
    bad.write_text("<Response>\n<Say>a & b</Say></Response>")
    result = typed("twiml", str(good), str(bad))
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == (
        f"{good}:2:1 WARNING 13313 timeout='abc' must be a whole number of seconds, at least 1;"
        " Twilio uses 5. Twilio logs it and goes on."
    )
    assert lines[1].startswith(f"{good}:3:1 WARNING 12200 <say> must be written <Say>")
    assert lines[2].startswith(f"{bad}:2:8 ERROR 12100 An '&' has to be written '&amp;'")
    assert len(lines) == 3


def test_warnings_alone_are_no_failure() -> None:
    result = typed("twiml", "-", stdin=b"<Response><Pause length='0'/></Response>")
    assert result.exit_code == 0
    assert result.stdout.startswith("-:1:10 WARNING 13910 ")


def test_a_url_that_would_fail_is_a_warning() -> None:
    result = typed("twiml", "-", stdin=b"<Response><Gather action='/ok?n=J S'/></Response>")
    assert result.exit_code == 0
    assert result.stdout.startswith("-:1:10 WARNING url-fails action='/ok?n=J S' has a space in it")
    assert result.stdout.endswith("Nothing happens before it is asked.\n")


def test_an_error_that_comes_when_its_verb_is_reached_is_a_failure_too() -> None:
    result = typed("twiml", "-", stdin=b"<Response><Redirect>ftp://x/</Redirect></Response>")
    assert result.exit_code == 1
    assert result.stdout.startswith("-:1:10 ERROR 11100 ")
    assert result.stdout.endswith("Twilio carries out what stands before it.\n")


def test_findings_as_json() -> None:
    result = typed("twiml", "--json", "-", stdin=b"<Response><Reject reason='x'/>")
    told = json.loads(result.stdout)
    assert result.exit_code == told["exit_code"] == 1
    assert (told["errors"], told["warnings"], told["notices"]) == (1, 0, 0)
    [file] = told["files"]
    assert (file["file"], file["kind"]) == ("-", "none")
    assert file["findings"][0]["code"] == "12100"
    assert "gives up" in file["findings"][0]["twilio"]


def test_a_content_type_may_be_named() -> None:
    result = typed("twiml", "--content-type", "application/json", "-", stdin=b"{}")
    assert result.exit_code == 1
    assert " ERROR 12300 " in result.stdout


def test_documents_are_read_as_it_is_assumed() -> None:
    body = b"<Response><Pause length='x'/><Gather actionOnEmptyResult='x'/></Response>"
    usual = typed("twiml", "-", stdin=body).stdout.splitlines()
    assert usual[0].endswith("Twilio uses 1. Twilio logs it and goes on.")
    assert "ERROR 13338" in usual[1]
    assert usual[1].endswith("We take it that Twilio gives up on it (--assume value_error).")
    other = typed("twiml", "--assume", "value_error=warns", "-", stdin=body)
    assert other.stdout.endswith("Twilio uses false. Twilio logs it and goes on.\n")
    assert other.exit_code == 1
    ends = typed(
        "twiml",
        "--assume",
        "bad_value=ends",
        "-",
        stdin=b"<Response><Pause length='x'/></Response>",
    )
    assert ends.exit_code == 1
    assert ends.stdout.endswith(
        "; Twilio ends the call. We take it that Twilio gives up on it (--assume bad_value).\n"
    )
    with pytest.raises(ConfigError, match="names are bad_url, bad_value, "):
        typed("twiml", "--assume", "max_turns=3", "-")


def test_a_file_that_is_not_there_is_a_mistake_of_the_user() -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.xml cannot be read: No such file"):
        typed("twiml", "nowhere.xml")


# --- sign, verify -------------------------------------------------------------------------------


def test_sign_prints_the_signature() -> None:
    result = typed("sign", URL, "Digits=1", "FromCity=", "Q=a=b")
    fields = [("Digits", "1"), ("FromCity", ""), ("Q", "a=b")]
    assert (result.exit_code, result.stdout) == (0, Signer(TOKEN).sign(URL, fields) + "\n")


def test_sign_takes_the_loopback_token_where_none_is_set() -> None:
    url = "http://127.0.0.1:8080/voice"
    assert typed("sign", url, token="").stdout.strip() == Signer(LOOPBACK_TOKEN).sign(url)
    with pytest.raises(ConfigError, match="set VOICESIM_TWILIO_AUTH_TOKEN"):
        typed("sign", URL, token="")


def test_sign_and_verify_drop_the_port_of_a_websocket_where_that_is_assumed() -> None:
    url, dropped = "wss://a.example:8443/s", ("--assume", "wss_port=dropped")
    signature = typed("sign", url, *dropped).stdout.strip()
    assert signature == Signer(TOKEN).sign("wss://a.example/s")
    assert typed("verify", url, signature, *dropped).exit_code == 0
    assert typed("verify", url, signature).exit_code == 1
    with pytest.raises(ConfigError, match="names are wss_port"):
        typed("sign", url, "--assume", "words=exact")


def test_sign_with_a_shared_key_prints_both_headers() -> None:
    result = typed("sign", "wss://a.example/s", "--algorithm", "HMAC_SHA256", "--key", "k1")
    signature = Signer(TOKEN, "HMAC_SHA256").sign("wss://a.example/s")
    assert result.stdout.splitlines() == [
        f"X-Twilio-Signature: {signature}",
        "X-Twilio-Webhooks-Signature-Settings: key=k1,algorithm=HMAC_SHA256",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sign", URL, "Digits"], "'Digits' is no field; write name=value"),
        (["sign", URL, "--algorithm", "md5"], "no algorithm 'MD5'|no algorithm 'md5'"),
        (["explain", "99999"], "'99999' is no code of voice webhooks.*twilio.com/docs/api/errors"),
        (["explain", "30007"], "'30007' is no code of voice webhooks"),
        (["explain", "21211"], "'21211' is no code of voice webhooks"),
        (["explain", "12000"], "'12000' is no code of voice webhooks"),
        (["explain", "1" * 5000], r"there is no code '1{80}\.\.\.'"),
        (["call", URL, "--assume", "play=1"], "--assume 'play=1': write NAME=VALUE"),
        (["explain", "crosstalk"], "near it: cross-talk"),
    ],
)
def test_mistakes_of_the_user(arguments: list[str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        typed(*arguments)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "'' is no URL that Twilio signs"),
        ("a=b", "'a=b' is no URL that Twilio signs .it does not begin with http"),
        ("notaurl", "'notaurl' is no URL that Twilio signs"),
        ("ftp://x/", "'ftp://x/' is no URL that Twilio signs"),
        ("https://", "has no host"),
        ("https://a.example/v\n", "a control character"),
        ("wss://a.example/s ", "a space"),
    ],
)
def test_what_is_no_url_is_neither_signed_nor_verified(url: str, words: str) -> None:
    for command in (["sign", url, "Digits=1"], ["verify", url, "c2lnbmF0dXJl"]):
        with pytest.raises(ConfigError, match=words) as raised:
            typed(*command)
        assert len(raised.value.messages) == 1
        assert "\n" not in raised.value.messages[0]


def test_verify_says_whether_it_matches_and_why_not() -> None:
    signature = Signer(TOKEN).sign(URL, [("Digits", "1")])
    right = typed("verify", URL, signature, "Digits=1")
    assert (right.exit_code, right.stdout) == (0, "the signature matches\n")
    wrong = typed("verify", URL.replace("https", "http"), signature, "Digits=1")
    assert wrong.exit_code == 1
    assert "\nThe scheme: it was signed for the other of http and https." in wrong.stdout
    other = typed("verify", URL, signature, "Digits=2")
    assert other.exit_code == 1
    assert "Another auth token or other fields cannot be told" in other.stdout
    assert TOKEN not in right.output + wrong.output + other.output


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://agent.example/voice",
        "https://agent.example:8443/voice",
        "https://agent.example/voice#rc=2",
        "https://user:password@agent.example/voice",
    ],
)
def test_verify_does_not_mind_what_twilio_drops(url: str) -> None:
    signature = Signer(TOKEN).sign(URL)
    assert typed("verify", url, signature).exit_code == 0


# --- explain ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("12100", "12100 ERROR: Document parse failure"),
        ("13313", "Gather@timeout must be a whole number of seconds, at least 1"),
        ("cross-talk", "kept by CallSid"),
        ("audit-unsigned-served", "served a request that has no signature"),
        ("host-not-allowed", "--allow-host"),
    ],
)
def test_explain(code: str, words: str) -> None:
    result = typed("explain", code)
    assert result.exit_code == 0
    assert words in result.stdout
    assert [line[:11].strip() for line in result.stdout.splitlines()[1:]] == [
        "means",
        "call",
        "look at",
    ]
