"""Dates with the day or the month first, and no date at all."""

import pytest

from playhead.core.finding.moments import DateError, date_span
from support.fakes import NOON


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("14.03.2026", "2026-03-14"),
        ("4.3.2026", "2026-03-04"),
        ("14/3/2026", "2026-03-14"),
        ("3/14/2026", "2026-03-14"),
        ("3/3/2026", "2026-03-03"),
        ("14.03.2026 09:30", "2026-03-14 09:30"),
        ("14/3/2026, 9:30", "2026-03-14 09:30"),
        ("4.3.2026..14/3/2026", "2026-03-04..2026-03-14"),
    ],
)
def test_a_date_that_can_be_one_day_only_is_that_day(text: str, same: str) -> None:
    assert date_span(text, NOON) == date_span(same, NOON)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3/4/2026", "3/4/2026 can be two days. Write 2026-04-03 or 2026-03-04."),
        ("13/14/2026", "There is no such date: 13/14/2026."),
        ("31.02.2026", "There is no such date: 31.02.2026."),
        ("", "Write a date: 2026-03-14, 2026-03, today, lastweek or last30d."),
        (" ", "Write a date: 2026-03-14, 2026-03, today, lastweek or last30d."),
        ("14.3.26", "“14.3.26” is not a date. Write 2026-03-14, 2026-03, today, lastweek or last30d."),
    ],
)
def test_whoever_writes_what_is_no_date_or_two_is_told_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(DateError) as fault:
        date_span(text, NOON)
    assert str(fault.value) == sentence
