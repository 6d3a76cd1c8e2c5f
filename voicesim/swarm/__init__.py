"""The only room that imports Locust: persona users as rate tokens, workers, options, reports.

Locustfiles import ``voicesim.swarm.users``. Desk, station, reports and streams know nothing of
Locust, which patches sockets when it is imported.
"""
