"""What is said of a timeline: its peaks, and what of it is not loaded."""

from datetime import UTC, datetime, timedelta

import pytest

from playhead.core.loading.coverage import Coverage, Unloaded, unloaded
from playhead.core.timeline.grains import Grain
from playhead.core.timeline.timeline import Bar, Split
from playhead.core.timeline.weeks import Week
from playhead.ui.wording import stripwords
from support.fakes import BIRD, CONVIRZA

NOW = datetime(2026, 10, 28, 12, tzinfo=UTC)
SINCE = datetime(2026, 10, 27, 9, tzinfo=UTC)


def day(number: int, *counts: int) -> Bar:
    start = int(datetime(2026, 10, number, tzinfo=UTC).timestamp())
    return Bar(start, start + 86_400, counts)


def covered(account: int = 0, **changes: object) -> Coverage:
    plain: dict[str, object] = {"exhausted": False, "begun": True, "horizon": SINCE - timedelta(days=account)}
    return Coverage(account=(BIRD, CONVIRZA)[account], **{**plain, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("coverages", "older", "said"),
    [
        ([covered(exhausted=True)], False, ""),
        ([covered()], False, "nothing older than 27 Oct 2026 is loaded"),
        ([covered()], True, "not everything older than 27 Oct 2026 is loaded"),
        ([covered(), covered(1, exhausted=True)], False, "not everything older than 27 Oct 2026 is loaded"),
        ([covered(), covered(1)], False, "not everything older than 27 Oct 2026 is loaded"),
        ([covered(begun=False, horizon=None)], False, "nothing is loaded yet"),
        (
            [covered(exhausted=True), covered(1, begun=False, horizon=None)],
            True,
            "of some account nothing is loaded yet",
        ),
        (
            [covered(), covered(1, begun=False, horizon=None)],
            False,
            "of some account nothing is loaded yet",
        ),
        (
            [covered(ordered=False)],
            False,
            "not everything is loaded, and what is missing can be of any date",
        ),
    ],
)
def test_what_is_not_loaded_is_said_as_far_as_it_is_known(
    *, coverages: list[Coverage], older: bool, said: str
) -> None:
    assert stripwords.unloaded(unloaded(coverages), UTC, older=older) == said


def test_the_peak_is_said_with_the_year_where_it_is_another() -> None:
    bars = [day(1, 3, 1), day(2, 0, 0), day(27, 100, 20)]
    assert stripwords.peaks(Grain.DAY, bars, NOW) == "most on Tue 27 Oct (120)"
    assert stripwords.peaks(Grain.DAY, bars, NOW, whole=True) == "most on Tuesday 27 October (120)"
    later = NOW.replace(year=2027)
    assert stripwords.peaks(Grain.DAY, bars, later) == "most on Tue 27 Oct 2026 (120)"
    assert stripwords.peaks(Grain.WEEK, bars, NOW) == "most in the week of 27 Oct (120)"
    assert stripwords.peaks(Grain.MONTH, bars, NOW) == "most in October (120)"
    assert stripwords.peaks(Grain.DAY, [*bars, day(28, 120)], NOW).endswith("(120) and 1 more time")
    assert stripwords.peaks(Grain.DAY, [day(1, 2), day(2, 0), day(3, 2)], NOW) == "2 recordings each"
    assert stripwords.peaks(Grain.DAY, [day(1, 2)], NOW) == ""
    assert stripwords.busiest(Week()) == ""


@pytest.mark.parametrize(
    ("grain", "seconds", "said"),
    [
        (Grain.MINUTE, 60, "Tue 27 Oct 2026, 09:00"),
        (Grain.HOUR, 3600, "Tue 27 Oct 2026, 09:00 to 10:00"),
        (Grain.HOUR, 86_400, "Tue 27 Oct 2026, 09:00 to Wed 28 Oct 2026, 09:00"),
        (Grain.WEEK, 7 * 86_400, "Tue 27 Oct 2026 to Tue 3 Nov 2026"),
        (Grain.YEAR, 86_400, "2026"),
    ],
)
def test_a_period_is_named_by_what_it_is_made_of(grain: Grain, seconds: int, said: str) -> None:
    start = int(SINCE.timestamp())
    assert stripwords.period(grain, start, start + seconds, UTC) == said


def test_parts_are_called_as_elsewhere() -> None:
    assert [stripwords.part(Split.KIND, each) for each in ("call", "Memo", "")] == ["Calls", "Memo", "Others"]
    assert stripwords.part(Split.KIND, "call", one=True) == "Call"
    assert stripwords.part(Split.DIRECTION, "incoming") == "Incoming"
    assert stripwords.part(Split.HEALTH, "") == "Not measured"
    assert stripwords.unloaded(Unloaded(), UTC, older=True) == ""
