"""A checkup: everything on the list is measured, gently, and what cannot be is told."""

import asyncio

import pytest

from playhead.core.errors import (
    CatalogueReadOnly,
    CatalogueUnreadable,
    Gone,
    Missing,
    NotAudio,
    PlayheadError,
    Refused,
    Unavailable,
    UnplayedKind,
    Unreachable,
)
from playhead.core.health.audiofigures import Measured
from playhead.core.health.checked import Checked
from playhead.core.health.verdicts import Verdict, judge
from playhead.core.worklists.workrun import LOOK_AGAIN
from playhead.core.worklists.workstates import Hold
from support.fakes import FakeSource
from support.health.checkup_scene import BROKEN, SOUND, CheckupScene, call, play, until
from support.health.figures_examples import figures


def test_everything_is_measured_once_one_after_the_other_and_no_audio_is_kept() -> None:
    async def scene(it: CheckupScene) -> None:
        it.checkups.put(*(call(each) for each in range(5)))
        await it.make().run()
        assert set(it.checkups.outcomes().values()) == {Checked.MEASURED}
        assert len(it.host.opened) == len(it.measurer.measured) == len(it.analyses.figures) == 5
        assert len(it.analyses.drawn) == 5
        assert it.measurer.most == 1
        assert it.cache.kept == {}
        assert (it.last.done, it.last.total, it.last.fetched) == (5, 5, 5 * len(SOUND))

    play(scene)


def test_audio_that_is_here_is_not_fetched_and_what_was_measured_meanwhile_is_not_measured_again() -> None:
    async def scene(it: CheckupScene) -> None:
        cached, played = call(1), call(2)
        it.cache.kept[cached.key] = SOUND
        it.analyses.figures[played.key] = Measured(figures(), b"digest")
        it.checkups.put(cached, played)
        await it.make().run()
        assert it.host.opened == []
        assert it.last.fetched == 0
        assert it.measurer.measured == [SOUND]
        assert set(it.checkups.outcomes().values()) == {Checked.MEASURED}

    play(scene)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Missing(status=404), Checked.GONE),
        (Gone(status=410), Checked.GONE),
        (UnplayedKind(), Checked.UNPLAYED),
        (NotAudio("page"), Checked.BROKEN),
    ],
)
def test_what_cannot_be_measured_is_told_and_stops_nothing(error: PlayheadError, outcome: Checked) -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.cuts = [error]
        it.checkups.put(call(1), call(2), call(3, status="ongoing"))
        await it.make().run()
        assert it.checkups.outcomes() == {"r1": outcome, "r2": Checked.MEASURED, "r3": Checked.SILENT}

    play(scene)


def test_audio_that_cannot_be_decoded_is_broken_and_is_looked_at_again_when_it_is_asked_for() -> None:
    async def scene(it: CheckupScene) -> None:
        it.measurer.faults[SOUND] = BROKEN
        it.checkups.put(call(1))
        await it.make().run()
        kept = it.analyses.figures[call(1).key]
        assert judge(kept.figures, call(1)) is Verdict.BROKEN
        assert it.checkups.outcomes() == {"r1": Checked.BROKEN}
        it.checkups.put(call(1))
        it.measurer.faults.clear()
        await it.make().run()
        assert it.checkups.outcomes() == {"r1": Checked.MEASURED}

    play(scene)


def test_a_network_that_is_gone_is_waited_for_and_said_and_costs_no_recording() -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.cuts = [Unreachable("network")] * 20
        it.checkups.put(call(1), call(2))
        await it.make().run()
        assert set(it.checkups.outcomes().values()) == {Checked.MEASURED}
        assert Hold.NETWORK in {each.held for each in it.told}
        assert it.last.held is None
        assert max(it.slept) == 120.0

    play(scene)


def test_one_recording_that_its_host_does_not_give_is_left_while_others_come() -> None:
    async def scene(it: CheckupScene) -> None:
        other = FakeSource(sounds={"r2": SOUND, "r3": SOUND})
        it.others["a2"] = other
        it.host.cuts = [Unavailable(status=503)] * 3
        it.checkups.put(call(1), call(2, "a2"), call(3, "a2"))
        await it.make().run()
        assert it.checkups.outcomes() == {
            "r1": Checked.FAILED,
            "r2": Checked.MEASURED,
            "r3": Checked.MEASURED,
        }
        assert call(1).key not in it.analyses.figures

    play(scene)


def test_an_account_that_refuses_its_credential_keeps_its_part_for_another_one() -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.cuts = [Refused(status=401)] * 2
        it.checkups.put(call(1), call(2))
        checkup = it.make()
        await checkup.run()
        assert it.last.refused == ("a1",)
        assert (it.last.done, it.last.total) == (0, 2)
        await checkup.run()
        assert it.last.done == 2
        assert not it.last.refused

    play(scene)


def test_while_something_plays_nothing_is_fetched_and_no_connection_is_kept_open() -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.piece = 100_000
        it.host.gate.clear()
        it.checkups.put(call(1))
        checkup = it.make()
        running = asyncio.ensure_future(checkup.run())
        await until(lambda: it.host.opened)
        checkup.hold(Hold.PLAYING, on=True)
        it.host.gate.set()
        await until(lambda: not it.host.open_now)
        assert it.last.held is Hold.PLAYING
        assert it.measurer.measured == []
        checkup.hold(Hold.PLAYING, on=False)
        await running
        assert it.host.opened[1] == (it.host.piece, '"v1"')
        assert it.measurer.measured == [SOUND]

    play(scene)


def test_a_full_disk_is_waited_for_and_nothing_is_measured_twice() -> None:
    async def scene(it: CheckupScene) -> None:
        it.checkups.failures = [CatalogueReadOnly("full"), CatalogueReadOnly("full")]
        it.checkups.put(call(1))
        await it.make().run()
        assert it.slept.count(LOOK_AGAIN) == 2
        assert Hold.DISK in {each.held for each in it.told}
        assert it.last.held is None
        assert len(it.measurer.measured) == 1

    play(scene)


def test_a_catalogue_that_is_broken_ends_it_with_its_error() -> None:
    async def scene(it: CheckupScene) -> None:
        it.checkups.failures = [CatalogueUnreadable()]
        it.checkups.put(call(1), call(2))
        with pytest.raises(CatalogueUnreadable):
            await it.make().run()

    play(scene)


def test_a_limit_keeps_what_comes_in_a_second_below_it() -> None:
    async def scene(it: CheckupScene) -> None:
        it.checkups.put(*(call(each) for each in range(4)))
        checkup = it.make()
        checkup.limit(100_000.0)
        await checkup.run()
        assert it.last.fetched / (it.now + 0.26) <= 100_000.0
        assert it.last.rate <= 110_000.0

    play(scene)


def test_an_account_that_leaves_takes_its_work_out_and_the_others_go_on() -> None:
    async def scene(it: CheckupScene) -> None:
        it.others["a2"] = FakeSource(sounds={"r2": SOUND})
        it.host.gate.clear()
        it.checkups.put(call(1), call(3), call(2, "a2"))
        checkup = it.make()
        running = asyncio.ensure_future(checkup.run())
        await until(lambda: it.checkups.outcomes()["r2"])
        checkup.withdraw("a1")
        for each in (call(1), call(3)):
            del it.checkups.kept[each.key]
        await checkup.go_on()
        await running
        assert it.host.open_now == 0
        assert (it.last.done, it.last.total) == (1, 1)

    play(scene)


def test_what_is_added_while_it_runs_is_measured_too() -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.gate.clear()
        it.checkups.put(call(1))
        checkup = it.make()
        running = asyncio.ensure_future(checkup.run())
        await until(lambda: it.host.opened)
        it.checkups.put(call(2))
        await checkup.go_on()
        it.host.gate.set()
        await running
        assert set(it.checkups.outcomes().values()) == {Checked.MEASURED}
        assert len(it.measurer.measured) == 2

    play(scene)


def test_the_time_that_is_left_is_guessed_from_the_time_it_was_at_work() -> None:
    async def scene(it: CheckupScene) -> None:
        it.checkups.put(*(call(each) for each in range(10)))
        checkup = it.make()
        checkup.limit(len(SOUND) / 2)
        await checkup.run()
        guesses = [each.left for each in it.told if 4 <= each.done <= 6 and each.left is not None]
        assert guesses
        assert guesses[0] == pytest.approx(10, rel=0.5)
        assert it.last.left == 0

    play(scene)


def test_a_run_that_is_cancelled_leaves_the_rest_to_the_next_one() -> None:
    async def scene(it: CheckupScene) -> None:
        it.host.gate.clear()
        it.checkups.put(call(1))
        running = asyncio.ensure_future(it.make().run())
        await until(lambda: it.host.opened)
        running.cancel()
        await asyncio.wait({running})
        assert it.host.open_now == 0
        it.host.gate.set()
        await it.make().run()
        assert it.checkups.outcomes() == {"r1": Checked.MEASURED}

    play(scene)
