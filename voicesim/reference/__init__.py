"""The reference voice agent: takes and moves appointments over Twilio webhooks.

A program of its own, started with ``python -m voicesim.reference``. It is written with Twilio's SDK
and shares no code with the simulator, so that a mistake in one cannot hide in the other.
"""
