"""Plays Twilio's call engine for one call, without I/O: ``handle(event, now) -> actions``."""
