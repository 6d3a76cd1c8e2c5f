"""What Locust's own statistics are told: names without ids, without secrets, and not too many."""

from types import SimpleNamespace
from typing import Any

from tests.unit.verdict.runs import record
from voicesim.base.redact import Redactor
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import Outcome
from voicesim.swarm.statistics import MAX_NAMES, Statistics


class Fired:
    """Locust's event, which keeps what it was fired with."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def fire(self, **row: Any) -> None:
        self.rows.append(row)

    @property
    def names(self) -> list[str]:
        return [row["name"] for row in self.rows]


def statistics(*secrets: str) -> tuple[Statistics, Fired]:
    fired = Fired()
    environment: Any = SimpleNamespace(events=SimpleNamespace(request=fired))
    made = Statistics(environment)
    made.begin(Redactor(secrets))
    return made, fired


def answered(made: Statistics, url: str, kind: Kind = Kind.GATHER) -> None:
    made.webhook(
        url,
        kind,
        Answer(url=url, status=200, content_type="text/xml", elapsed_s=0.25, body=b"<Response/>"),
    )


def test_a_webhook_is_named_by_route_and_kind() -> None:
    made, fired = statistics()
    answered(made, "http://127.0.0.1:9/gather/CA0123456789abcdef0123456789abcdef/next?turn=3")
    answered(made, "http://127.0.0.1:9", Kind.VOICE)
    assert fired.names == ["/gather/*/next (gather)", "/ (voice)"]
    assert fired.rows[0]["response_time"] == 250
    assert fired.rows[0]["exception"] is None


def test_a_name_gives_no_orders_to_a_terminal() -> None:
    made, fired = statistics()
    answered(made, "http://127.0.0.1:9/a\x9b2J\u202eb")
    assert fired.names == ["/a\\x9b2J\\u202eb (gather)"]


def test_no_secret_is_in_a_name_however_it_is_cut() -> None:
    made, fired = statistics("t0ken-123456-of-the-agent")
    answered(made, "http://127.0.0.1:9/t0ken-123456-of-the-agent/x")
    answered(made, f"http://127.0.0.1:9/{'p' * 70}/t0ken-123456-of-the-agent/x")
    assert fired.names[0] == "/[hidden]/x (gather)"
    assert "t0ken" not in fired.names[1]


def test_an_agent_cannot_fill_the_table_and_a_run_begins_anew() -> None:
    made, fired = statistics()
    for number in range(2 * MAX_NAMES):
        answered(made, f"http://127.0.0.1:9/{chr(97 + number % 26)}{'x' * (number // 26)}")
    assert len(set(fired.names)) == MAX_NAMES + 1
    made.begin(Redactor())
    answered(made, "http://127.0.0.1:9/fresh")
    assert fired.names[-1] == "/fresh (gather)"


def test_a_call_is_good_or_its_outcome() -> None:
    made, fired = statistics()
    made.call(record(0))
    made.call(record(1, Outcome.ABANDONED))
    assert fired.names == ["quick_booking (standard)"] * 2
    assert fired.rows[0]["exception"] is None
    assert str(fired.rows[1]["exception"]) == "abandoned"
