"""Prometheus: the families of a run, and of results kept for history."""
