"""Grafana's dashboards as code. ``python -m dashboards`` writes them, ``--check`` compares."""
