"""Puts results on the terminal."""
