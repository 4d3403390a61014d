"""When the demo's recordings were made: in order, mostly by day, seldom at weekends."""

from datetime import UTC, datetime

from playhead.demo.calendar import Calendar

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
COUNT = 5000


def made() -> list[datetime]:
    calendar = Calendar(COUNT, NOW, seed=1)
    return [datetime.fromtimestamp(calendar.millisecond(serial) / 1000, UTC) for serial in range(COUNT)]


def test_a_later_number_is_a_later_moment_and_the_last_is_a_little_before_now() -> None:
    moments = made()
    assert moments == sorted(set(moments))
    assert 0 < (NOW - moments[-1]).total_seconds() < 600
    assert 500 < (NOW - moments[0]).days < 550


def test_most_is_made_by_day_and_little_at_weekends() -> None:
    moments = made()
    at_weekends = sum(each.weekday() >= 5 for each in moments)
    by_day = sum(7 <= each.hour < 18 for each in moments)
    assert 0 < at_weekends < COUNT / 7
    assert COUNT * 0.9 < by_day < COUNT


def test_the_first_one_after_a_moment_is_found() -> None:
    calendar = Calendar(COUNT, NOW, seed=1)
    for serial in (0, 1, COUNT // 2, COUNT - 1, COUNT + 5):
        moment = calendar.millisecond(serial)
        assert calendar.first_at(moment, COUNT + 10) == serial
        assert calendar.first_at(moment + 1, COUNT + 10) == serial + 1
    assert calendar.first_at(calendar.millisecond(COUNT - 1) + 1, COUNT) == COUNT
