"""Facts about Twilio: signatures, webhook fields, the TwiML vocabulary and parser. No behaviour."""
