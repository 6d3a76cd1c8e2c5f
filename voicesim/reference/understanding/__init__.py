"""What a caller's words mean: names, phone numbers, days, times, yes and no. Pure."""

from voicesim.reference.understanding.heard import Heard, hear, hear_keys

__all__ = ["Heard", "hear", "hear_keys"]
