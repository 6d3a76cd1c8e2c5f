"""Calls, appointments and answers given, in SQLite: a restart loses nothing.

One connection, used from one thread; one small transaction a webhook.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import sqlalchemy as sa

from voicesim.reference.answers import Appointment
from voicesim.reference.states import Call, State
from voicesim.reference.understanding.name import name_key
from voicesim.reference.understanding.phone import phone_key

_METADATA = sa.MetaData()

_CALLS = sa.Table(
    "calls",
    _METADATA,
    sa.Column("call_sid", sa.String, primary_key=True),
    sa.Column("account_sid", sa.String, nullable=False),
    sa.Column("caller", sa.String, nullable=False),
    sa.Column("test", sa.Boolean, nullable=False, index=True),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("duration_s", sa.Integer),
    sa.Column("moves", sa.Boolean, nullable=False),
    sa.Column("moving_id", sa.Integer),
    sa.Column("appointment_id", sa.Integer),
    sa.Column("name", sa.String),
    sa.Column("phone", sa.String),
    sa.Column("day", sa.Date),
    sa.Column("time", sa.String),
    sa.Column("guess", sa.String, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("silences", sa.Integer, nullable=False),
    sa.Column("turns", sa.Integer, nullable=False),
)
_APPOINTMENTS = sa.Table(
    "appointments",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("phone", sa.String, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("time", sa.String, nullable=False),
    sa.Column("caller", sa.String, nullable=False),
    sa.Column("call_sid", sa.String, unique=True),  # a call books once, whatever happens
    sa.Column("test", sa.Boolean, nullable=False),
    sa.Column("name_key", sa.String, nullable=False, index=True),
    sa.Column("phone_key", sa.String, nullable=False, index=True),
    sa.Column("caller_key", sa.String, nullable=False, index=True),
    sqlite_autoincrement=True,  # an id is never given twice, not even after a deletion
)
_ANSWERS = sa.Table(
    "answers",
    _METADATA,
    sa.Column("call_sid", sa.String, primary_key=True),
    sa.Column("token", sa.String, primary_key=True),
    sa.Column("body", sa.String, nullable=False),
    sqlite_with_rowid=False,
)

_CALL_FIELDS = _CALLS.c.keys()
_GET_CALL = sa.select(_CALLS).where(_CALLS.c.call_sid == sa.bindparam("sid"))
_SET_CALL = (
    sa.update(_CALLS)
    .where(_CALLS.c.call_sid == sa.bindparam("sid"))
    .values({name: sa.bindparam(name) for name in _CALL_FIELDS if name != "call_sid"})
)
_GET_ANSWER = sa.select(_ANSWERS.c.body).where(
    _ANSWERS.c.call_sid == sa.bindparam("sid"), _ANSWERS.c.token == sa.bindparam("given")
)
_A = _APPOINTMENTS.c
# Not ordered here, and no index on test: either would lead SQLite away from the three indexes.
_LIKE = sa.select(_APPOINTMENTS).where(
    _A.test == sa.bindparam("is_test"),
    _A.date >= sa.bindparam("today"),
    sa.or_(
        _A.phone_key.in_([sa.bindparam("a"), sa.bindparam("b")]),
        _A.caller_key == sa.bindparam("a"),
        _A.name_key == sa.bindparam("named"),
    ),
)


class Transaction:
    """What one webhook or look-up reads and writes; the dialogue's Book."""

    def __init__(self, connection: sa.Connection, today: date) -> None:
        self._connection = connection
        self._today = today
        self._loaded: set[str] = set()
        self.added = 0
        """Appointments booked in this transaction."""

    def answer(self, call_sid: str, token: str) -> str | None:
        """Give the answer given before to the request with this idempotency token."""
        found = self._connection.execute(_GET_ANSWER, {"sid": call_sid, "given": token})
        body: str | None = found.scalar()
        return body

    def keep_answer(self, call_sid: str, token: str, body: str) -> None:
        """Keep an answer for the case that Twilio asks again."""
        values = {"call_sid": call_sid, "token": token, "body": body}
        self._connection.execute(sa.insert(_ANSWERS), values)

    def call(self, call_sid: str) -> Call | None:
        """Load a call."""
        row = self._connection.execute(_GET_CALL, {"sid": call_sid}).mappings().first()
        if row is None:
            return None
        self._loaded.add(call_sid)
        return Call(**{**row, "state": State(row["state"])})

    def save(self, call: Call) -> None:
        """Store a call, new or loaded in this transaction."""
        values = {name: getattr(call, name) for name in _CALL_FIELDS} | {"state": call.state.value}
        if call.call_sid in self._loaded:
            self._connection.execute(_SET_CALL, values | {"sid": values.pop("call_sid")})
        else:
            self._connection.execute(sa.insert(_CALLS), values)
            self._loaded.add(call.call_sid)

    def like(self, call: Call) -> list[Appointment]:
        """List appointments to come of the call's caller number, phone or name; see Book."""
        keys = {
            "is_test": call.test,
            "today": self._today,
            "a": phone_key(call.caller) or None,  # None is equal to nothing
            "b": phone_key(call.phone) or None,
            "named": name_key(call.name) or None,
        }
        rows = self._connection.execute(_LIKE, keys)
        found = (Appointment(r.id, r.name, r.phone, r.date, r.time, r.caller) for r in rows)
        return sorted(found, key=lambda appointment: appointment.id)

    def add(self, call: Call) -> int:
        """Book what the call asked for; see Book."""
        wish = call.wish()
        new = Appointment(0, wish.name, wish.phone, wish.day, wish.time, call.caller)
        return self.add_appointment(new, call.test, call.call_sid)

    def move(self, call: Call) -> bool:
        """Change the appointment the call is about; see Book."""
        change = (
            sa.update(_APPOINTMENTS)
            .where(_A.id == call.moving_id)
            .values(
                date=call.day,
                time=call.time,
                name=call.name,
                name_key=name_key(call.name),
                phone=call.phone,
                phone_key=phone_key(call.phone),
            )
        )
        return self._connection.execute(change).rowcount == 1

    def cancel(self, call: Call) -> bool:
        """Take out the appointment the call is about; see Book."""
        gone = sa.delete(_APPOINTMENTS).where(_A.id == call.moving_id)
        return self._connection.execute(gone).rowcount == 1

    def add_appointment(self, new: Appointment, test: bool, call_sid: str | None = None) -> int:
        """Add an appointment (its ``id`` is not looked at); give the id it got."""
        values = {
            "name": new.name,
            "phone": new.phone,
            "date": new.day,
            "time": new.time,
            "caller": new.caller,
            "call_sid": call_sid,
            "test": test,
            "name_key": name_key(new.name),
            "phone_key": phone_key(new.phone),
            "caller_key": phone_key(new.caller),
        }
        insert = sa.insert(_APPOINTMENTS).returning(_A.id)
        self.added += 1
        return int(self._connection.execute(insert, values).scalar_one())

    def appointments(self) -> list[dict[str, Any]]:
        """List all appointments as the look-up shows them."""
        rows = self._connection.execute(sa.select(_APPOINTMENTS).order_by(_A.id))
        return [_shown(row) for row in rows]

    def appointment(self, appointment_id: int) -> dict[str, Any]:
        """Give one appointment as the look-up shows it."""
        query = sa.select(_APPOINTMENTS).where(_A.id == appointment_id)
        return _shown(self._connection.execute(query).one())

    def delete_test_appointments(self) -> int:
        """Delete the appointments marked as test; give how many there were."""
        return self._connection.execute(sa.delete(_APPOINTMENTS).where(_A.test)).rowcount

    def delete_test_calls(self) -> int:
        """Delete the calls marked as test and the answers they got; give how many calls."""
        theirs = sa.select(_CALLS.c.call_sid).where(_CALLS.c.test)
        self._connection.execute(sa.delete(_ANSWERS).where(_ANSWERS.c.call_sid.in_(theirs)))
        return self._connection.execute(sa.delete(_CALLS).where(_CALLS.c.test)).rowcount


def _shown(row: sa.Row[Any]) -> dict[str, Any]:
    day: date = row.date
    return {
        "id": row.id,
        "name": row.name,
        "phone": row.phone,
        "date": day.isoformat(),
        "day": day.strftime("%A"),
        "time": row.time,
        "call_sid": row.call_sid,
        "test": row.test,
    }


class Store:
    """The database file; ``:memory:`` for none."""

    def __init__(self, path: str) -> None:
        self._engine = sa.create_engine(sa.URL.create("sqlite", database=path))
        try:
            self._connection = self._engine.connect()
            self._prepare()
        except BaseException:
            self._engine.dispose()
            raise

    def _prepare(self) -> None:
        with self._connection.begin():
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
                self._connection.exec_driver_sql(f"PRAGMA {pragma}")
            _METADATA.create_all(self._connection)

    @contextmanager
    def transaction(self, today: date = date.min) -> Iterator[Transaction]:
        """Do all within or nothing; appointments before ``today`` are not found by a call."""
        with self._connection.begin():
            yield Transaction(self._connection, today)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._engine.dispose()
