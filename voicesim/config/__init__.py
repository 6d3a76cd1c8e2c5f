"""Parses TOML text into the models of the rooms below, reporting every mistake at once."""
