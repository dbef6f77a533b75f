"""Guessing codes is slowed down; those who type them right are never held up."""

from myths.server.rate_limit import RateLimiter


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_address_may_fail_a_few_times_and_then_waits_for_the_window_to_pass():
    clock = Clock()
    limiter = RateLimiter(times=3, total=100, seconds=60, clock=clock)
    for second in range(3):
        clock.now = second
        assert limiter.wait("a") == 0
        limiter.failed("a")
    assert limiter.wait("a") == 58  # until the first failure is a minute old
    assert limiter.wait("b") == 0
    clock.now = 60
    assert limiter.wait("a") == 0


def test_many_addresses_together_are_slowed_down_too():
    clock = Clock()
    limiter = RateLimiter(times=3, total=5, seconds=60, clock=clock)
    for number in range(5):
        limiter.failed(f"address {number}")
    assert limiter.wait("another") == 60


def test_old_failures_are_forgotten():
    clock = Clock()
    limiter = RateLimiter(times=1, total=5, seconds=60, clock=clock)
    limiter.failed("a")
    clock.now = 61
    assert limiter.wait("a") == 0
    assert not limiter._failures
