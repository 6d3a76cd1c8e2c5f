"""Hostile agents without end: ``make fuzz``. Every case follows from its number alone."""
