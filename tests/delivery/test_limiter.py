"""Telegram's limits as we keep them, with time in our hands."""

import math

import pytest

from delivery import limiter
from delivery.limiter import TELEGRAM, Limiter, Profile


class Time:
    """A monotonic clock that stands still."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr(limiter, "monotonic", clock)
    return clock


def test_any_second_holds_less_than_thirty(time: Time) -> None:
    kept = Limiter(TELEGRAM)
    starts: list[float] = []
    for _ in range(3000):
        for _ in range(kept.free(16)):
            kept.take(1)
            starts.append(time.now)
        time.now += 0.003
    busiest = max(sum(at <= other < at + 1 for other in starts) for at in starts)
    assert 24 <= busiest < 30
    assert 24 <= len(starts) / 9 <= 26  # and the rate is used


def test_a_chat_keeps_its_distance_also_for_rows_written_later(time: Time) -> None:
    kept = Limiter(TELEGRAM)
    kept.sent(5)
    kept.sent(-5)
    assert kept.held() == [-5, 5]
    time.now += 1.01
    assert kept.held() == [-5]
    time.now += 2
    assert kept.held() == []


def test_loopback_has_no_limits(time: Time) -> None:
    kept = Limiter(None)
    kept.sent(5)
    kept.take(1000)
    assert (kept.free(16), kept.held(), kept.wait()) == (16, [], math.inf)


def test_one_refused_chat_stops_only_itself(time: Time) -> None:
    kept = Limiter(None)
    kept.refused(5, 30)
    kept.sent(5)
    assert (kept.held(), kept.free(16)) == ([5], 16)
    time.now += 29
    assert kept.held() == [5]
    time.now += 2
    assert kept.held() == []


def test_several_refused_chats_stop_all(time: Time) -> None:
    kept = Limiter(TELEGRAM)
    for chat in (1, 2, 3):
        kept.refused(chat, 10)
    assert kept.free(16) == 0
    assert 9.9 < kept.wait() <= 10
    time.now += 10.1
    assert kept.free(16) > 0


def test_chats_refused_one_after_the_other_do_not_stop_all(time: Time) -> None:
    kept = Limiter(TELEGRAM)
    for chat in range(10):
        kept.refused(chat, 1)
        time.now += 1.1
    assert kept.free(16) > 0


def test_the_sender_sleeps_until_something_opens(time: Time) -> None:
    kept = Limiter(Profile(rate=10, burst=2, chat_seconds=1, group_seconds=3))
    assert kept.free(16) == 2
    kept.take(2)
    assert kept.free(16) == 0
    assert kept.wait() == pytest.approx(0.1)
    kept.sent(7)
    time.now += 0.5
    assert kept.free(1) == 1
    assert kept.wait() == pytest.approx(0.5)


def test_quiet_chats_are_forgotten(time: Time) -> None:
    kept = Limiter(TELEGRAM)
    for chat in range(1000):
        kept.sent(chat)
    time.now += 5
    kept.held()
    assert not kept._held
