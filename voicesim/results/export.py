"""A call's record as plain data, for programs."""

from voicesim.call.entries import Came
from voicesim.call.outcome import CallRecord
from voicesim.results.ladder import transcript


def as_data(record: CallRecord, origin: str) -> dict[str, object]:
    """Everything JSON can hold of a record; ``transcript`` is what equal seeds share."""
    return {
        "index": record.index,
        "call_sid": record.sid,
        "scenario": record.scenario,
        "persona": record.persona,
        "from": record.caller_number,
        "outcome": record.outcome.value,
        "why": record.why,
        "length_s": record.length_s,
        "turns": record.turns,
        "repeats": record.repeats,
        "response_s": {
            "total": record.response_total_s,
            "each": [
                entry.elapsed_s
                for entry in record.entries
                if isinstance(entry, Came) and entry.steers
            ],
        },
        "fields": [
            {"name": f.name, "meant": f.meant, "reported": f.reported, "heard": f.heard}
            for f in record.fields
        ],
        "findings": [
            {
                "code": f.code,
                "level": f.level.value,
                "message": f.message,
                "line": f.line,
                "column": f.column,
                "element": f.element,
                "url": f.url,
                "turn": f.turn or None,
            }
            for f in record.findings
        ],
        "transcript": transcript(record.entries, origin),
    }
