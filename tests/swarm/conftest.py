"""Imports Locust as its own command does, first of all: what it patches was imported by pytest."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import locust

__all__ = ["locust"]
