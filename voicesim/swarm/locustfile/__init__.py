"""A folder of its own: Locust puts that of a locustfile on the path, before Python's modules."""
