"""Phone agents in styles unlike the reference agent's: Flask and Twilio's SDK, each with a fault.

Their words were written before callers could follow them, and fitted to no table of ours.
"""
