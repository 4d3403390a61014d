"""What an export says of its progress: little enough, and nothing mad whatever clocks do."""

from dataclasses import dataclass
from pathlib import Path

from playhead.core.exports.engine.progress import Progress, Rate, Running, Tally
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome, State
from playhead.core.pace import Pace
from support.fakes import recording

SUBJECTS = [recording(number, size=1000) for number in range(3)]
PLAN = plan(SUBJECTS, Path("/exports"), labels={})


@dataclass
class Seconds:
    """A clock that is moved by hand."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def outcome(place: int, state: State = State.KEPT) -> Outcome:
    return Outcome(recording=SUBJECTS[place], state=state, size=1000 if state is State.KEPT else 0)


def test_progress_is_told_at_most_twenty_times_a_second_and_loses_no_place() -> None:
    seen: list[Progress] = []
    clock = Seconds()
    tally = Tally(PLAN, seen.append, Pace(now=clock))
    for arrived in range(0, 1000, 10):
        tally.running(Running(0, "a", arrived, 1000))
    assert len(seen) == 1
    tally.settle(0, outcome(0))
    tally.settle(2, outcome(2, State.FAILED))
    clock.now += 0.06
    tally.settle(1, outcome(1))
    assert len(seen) == 2
    assert seen[-1].changed == (0, 2, 1)
    assert (seen[-1].kept, seen[-1].failed, seen[-1].done) == (2, 1, 3)
    assert seen[-1].left == 0.0


def test_what_becomes_known_of_a_file_later_is_told_too() -> None:
    seen: list[Progress] = []
    clock = Seconds()
    tally = Tally(PLAN, seen.append, Pace(now=clock))
    tally.settle(0, outcome(0))
    clock.now += 1
    tally.settle(0, outcome(0))
    assert [each.changed for each in seen] == [(0,), (0,)]
    assert seen[-1].kept == 1


def test_a_clock_that_goes_back_silences_nothing() -> None:
    seen: list[Progress] = []
    clock = Seconds()
    tally = Tally(PLAN, seen.append, Pace(now=clock))
    tally.running(Running(0, "a", 10, 1000))
    clock.now -= 1000
    tally.running(Running(0, "a", 20, 1000))
    assert [each.arrived for each in seen] == [10, 20]
    assert seen[-1].rate == 0


def test_a_pause_is_told_at_once_and_only_when_it_changes() -> None:
    seen: list[Progress] = []
    tally = Tally(PLAN, seen.append, Pace(now=Seconds()))
    for reason in ("person", "person", None, "full"):
        tally.paused(reason)
    assert [each.paused for each in seen] == ["person", None, "full"]


def test_the_rate_is_of_the_last_seconds() -> None:
    rate = Rate()
    assert rate.value == 0
    for second in range(60):
        rate.note(100 + second, 1000 * second if second < 40 else 39_000 + 10 * second)
    assert 10 <= rate.value < 20


def test_hours_asleep_do_not_count_into_the_rate() -> None:
    rate = Rate()
    for second in range(5):
        rate.note(second, 1000 * second)
    rate.note(36_000, 5000)
    rate.note(36_001, 6000)
    assert rate.value == 1000
    rate.note(5, 7000)
    assert rate.value == 0


def test_what_is_fetched_again_does_not_make_the_rate_negative() -> None:
    seen: list[Progress] = []
    clock = Seconds()
    tally = Tally(PLAN, seen.append, Pace(now=clock))
    for arrived in (100, 900, 0, 200):
        clock.now += 1
        tally.running(Running(0, "a", arrived, 1000))
    assert seen[-1].arrived == 200
    assert 0 < seen[-1].rate < 1000
