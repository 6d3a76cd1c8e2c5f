"""A locustfile without voicesim whose users have the names of the peak hour's, and let nobody ring."""

from locust import User, constant, task


class StandardCaller(User):
    wait_time = constant(1)

    @task
    def idle(self) -> None:
        pass


class ElderlyCaller(StandardCaller):
    pass


class InternationalCaller(StandardCaller):
    pass


class UnclearSpeechCaller(StandardCaller):
    pass
