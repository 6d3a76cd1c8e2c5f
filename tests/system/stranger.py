"""A locustfile without voicesim: users with the names of the peak hour's, who let nobody ring."""

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
