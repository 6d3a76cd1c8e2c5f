"""Locustfile of bench/turn.py: the same form, posted by a user of Locust's own and nothing more."""

import json
import os

from locust import FastHttpUser, task

FORM = json.loads(os.environ["FORM"])


class Bare(FastHttpUser):
    @task
    def post(self):
        self.client.post("/twilio/gather", data=FORM)
