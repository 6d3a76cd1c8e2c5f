"""What a process of a run is made of: only what is alike adds up."""

from argparse import Namespace
from hashlib import sha256
from pathlib import Path

from voicesim import __version__, data
from voicesim.data.reading import beginning
from voicesim.traffic.workload import Workload

Makings = dict[str, str]
"""``voicesim`` (version), ``workload`` (name), ``workload file`` (digest of the workload as it was
read, wherever its file lies), ``data`` (digest of what comes with voicesim and of the user's
own) and ``files`` (digest of the gates and target profile that were typed as files)."""
KINDS = ("personas", "scenarios", "workloads", "gates", "targets")
LONGEST = 40
"""Letters of what another process says that are repeated."""
ADVICE = {
    "voicesim": "install the same version on both",
    "workload": "start both with the same locustfile",
    "workload file": "put the same workload file on both",
    "data": "install the same personas, scenarios, workloads, gates and targets on both, and"
    f" have the same in the folders that {data.OWN} names",
    "files": "put the same --gates and --target files on both, under the same path",
}


def makings(workload: Workload, options: Namespace | None = None) -> Makings:
    """Of this process, in a run of ``workload`` with ``options``, or without a run."""
    texts = [
        part
        for kind in KINDS
        for name, text in data.texts(kind).items()
        for part in (f"{kind}/{Path(name).name}", text)
    ]
    typed = (options.gates, options.target) if options else ()
    paths = [Path(name) for name in typed if name and name.endswith(".toml")]
    read = [beginning(path) if path.is_file() else b"" for path in paths]
    return {
        "voicesim": __version__,
        "workload": workload.name,
        "workload file": _digest([workload.model_dump_json().encode()]),
        "data": _digest([text.encode() for text in texts]),
        "files": _digest(read),
    }


def difference(worker: object, master: object) -> str:
    """How a worker is unlike the master, and what to do about it; "" when it is not."""
    has, wanted = ({} if not isinstance(told, dict) else told for told in (worker, master))
    for what, advice in ADVICE.items():
        theirs, ours = (str(side.get(what, "of no version"))[:LONGEST] for side in (has, wanted))
        if theirs != ours:
            return f"its {what} is {theirs!r} and the master's {ours!r}: {advice}"
    return ""


def _digest(texts: list[bytes]) -> str:
    hashed = sha256()
    for text in texts:
        hashed.update(b"%d:%b" % (len(text), text))
    return hashed.hexdigest()[:16]
