from guide.write.breaker import Breaker


def test_it_opens_after_failures_in_a_row_and_lets_one_attempt_through_after_the_pause():
    now = [0.0]
    breaker = Breaker(limit=2, pause=30, clock=lambda: now[0])
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now[0] = 31
    assert breaker.allows()
    assert not breaker.allows()  # only one
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()
