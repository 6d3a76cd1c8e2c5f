"""``voicesim export``: results as OpenMetrics, for history and as a baseline."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.data.reading import LONGEST_RESULT, content
from voicesim.metrics import history
from voicesim.metrics.history import Kept
from voicesim.output.printing import tell


def export(
    results: Annotated[list[Path], typer.Argument(help="Each a run's result.json.")],
    baseline: Annotated[
        bool, typer.Option("--baseline", help="The one result as what later runs are held against.")
    ] = False,
    push_gateway: Annotated[
        str, typer.Option(help="A Pushgateway's URL: put there instead of printed.")
    ] = "",
    output: Annotated[str, typer.Option(help="A file to write; default: printed.")] = "",
) -> None:
    """Write results as OpenMetrics, each at the time its run ended."""
    kept = read(results)
    if baseline and len(kept) != 1:
        raise ConfigError([f"--baseline is one result, not {len(kept)}"])
    if push_gateway:
        for one in sorted(kept, key=lambda one: one.ended_s):  # the latest of a workload stays
            history.push(push_gateway, one, as_baseline=baseline)
        return
    text = history.baseline(kept[0]) if baseline else history.history(kept)
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        tell(text.removesuffix("\n").split("\n"))


def read(files: list[Path]) -> list[Kept]:
    """The results in ``files``; ConfigError with every mistake."""
    found: list[Kept] = []
    mistakes: list[str] = []
    for file in files:
        try:
            tree = json.loads(content(file, LONGEST_RESULT))
            found.append(history.kept(tree, str(file)))
        except ConfigError as error:
            mistakes += error.messages
        except (ValueError, RecursionError):
            mistakes.append(f"{file}: is no JSON")
    times = Counter(one.run_id for one in found)
    mistakes += [f"run {run} is there {n} times; give it once" for run, n in times.items() if n > 1]
    if mistakes:
        raise ConfigError(mistakes)
    return found
