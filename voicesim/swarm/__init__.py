"""The only room that imports Locust: persona users as rate tokens, workers, options, reports."""

from voicesim.swarm.users import (
    ElderlyCaller,
    InternationalCaller,
    StandardCaller,
    UnclearSpeechCaller,
    workload,
)

__all__ = [
    "ElderlyCaller",
    "InternationalCaller",
    "StandardCaller",
    "UnclearSpeechCaller",
    "workload",
]
