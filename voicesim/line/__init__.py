"""HTTP as Twilio speaks it. I/O begins here."""
