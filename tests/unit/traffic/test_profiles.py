import pytest

from voicesim.traffic.profiles import CONSTANT, Profile, Shape, ramp, steps, users_at

PEAK = Profile(points=((0, 0.2), (40, 1.0), (60, 1.0), (100, 0.2)))
DAY = Profile(shape=Shape.STEPS, points=((8, 0.5), (9, 2.0), (11, 1.0), (12, 0.0)))


@pytest.mark.parametrize(
    ("profile", "share", "multiplier"),
    [
        (CONSTANT, 0, 1),
        (CONSTANT, 1, 1),
        (ramp(0.0, 2.0), 0.25, 0.5),
        (ramp(0.0, 2.0), 1, 2.0),
        (ramp(0.0, 2.0), 1.5, 2.0),
        (ramp(0.0, 2.0), -1, 0.0),
        (PEAK, 0.2, 0.6),
        (PEAK, 0.5, 1.0),
        (PEAK, 1, 0.2),
        (DAY, 0, 0.5),
        (DAY, 0.2499, 0.5),
        (DAY, 0.25, 2.0),
        (DAY, 0.75, 1.0),
        (DAY, 1, 1.0),
        (steps(3, 1), 0.49, 3),
        (steps(3, 1), 0.5, 1),
        (steps(3, 1), 1, 1),
    ],
)
def test_the_multiplier_in_the_course_of_a_run(
    profile: Profile, share: float, multiplier: float
) -> None:
    assert profile.at(share) == pytest.approx(multiplier)


@pytest.mark.parametrize(
    ("profile", "mean"),
    [(CONSTANT, 1), (ramp(0, 2), 1), (PEAK, 0.68), (DAY, 1.375), (steps(3, 1), 2)],
)
def test_the_mean_multiplier(profile: Profile, mean: float) -> None:
    assert profile.mean() == pytest.approx(mean)


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (Profile(points=()), ["must not be empty"]),
        (Profile(points=((0, 1), (0, 2))), ["must grow"]),
        (Profile(points=((5, 1), (4, 2), (3, 1))), ["must grow", "must grow"]),
        (Profile(points=((0, 0), (1, 0))), ["nobody would ever call"]),
        (Profile(shape=Shape.STEPS, points=((0, 0), (1, 5))), ["nobody would ever call"]),
        (CONSTANT, []),
        (PEAK, []),
        (DAY, []),
    ],
)
def test_all_that_is_wrong_with_a_profile_is_said(profile: Profile, words: list[str]) -> None:
    mistakes = profile.mistakes()
    assert len(mistakes) == len(words)
    assert all(word in mistake for word, mistake in zip(words, mistakes, strict=True))


@pytest.mark.parametrize(
    ("elapsed_s", "users"), [(0, 12), (20, 36), (50, 60), (99.9, 12), (100, None), (500, None)]
)
def test_users_follow_the_profile_until_the_run_is_over(elapsed_s: float, users: int) -> None:
    assert users_at(PEAK, 60, elapsed_s, 100) == users


def test_a_quiet_hour_keeps_a_user_and_a_dead_one_none() -> None:
    assert users_at(ramp(0.001, 1), 10, 0, 100) == 1
    assert users_at(ramp(0, 1), 10, 0, 100) == 0
