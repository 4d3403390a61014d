"""Other limits judge anew what was measured, by the figures that are kept, and everything shown follows."""

import asyncio
from dataclasses import replace
from pathlib import Path

from playhead.catalogue.connection import connect
from playhead.catalogue.store import Store
from playhead.core.finding.query import Measure, Order, Span
from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import USUAL_LIMITS
from playhead.core.health.verdicts import Verdict
from playhead.core.recording import Recording
from support.catalogue.catalogue_examples import KEY, catalogue, feed, listed, recording
from support.health.figures_examples import figures

LOUD, SOFT, PROMPT, UNMEASURED = recording(1), recording(2), recording(3, kind="prompt"), recording(4)
STRICT = replace(USUAL_LIMITS, calls_quiet=-26.0)
FINE = Span(Measure.HEALTH, Verdict.FINE.rank)
QUIET = Span(Measure.HEALTH, Verdict.TOO_QUIET.rank, Verdict.TOO_QUIET.rank + 1)


async def measure(store: Store) -> None:
    """Measure all but one: fine, each of them, by the usual limits."""
    for each, loudness in ((LOUD, -20.0), (SOFT, -30.0), (PROMPT, -30.0)):
        await store.analyses.keep_measured(each, Measured(figures(loudness=loudness), b"digest"))


async def verdict(store: Store, each: Recording) -> Verdict | None:
    """The verdict that is shown of a recording, and written into reports."""
    (marks,) = await store.marks.read([each])
    return None if marks.health is None else marks.health.verdict


def test_filter_order_and_what_is_shown_follow_other_limits(tmp_path: Path) -> None:
    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", LOUD, SOFT, PROMPT, UNMEASURED) as store:
            await measure(store)
            assert await listed(store, FINE) == ["1", "2", "3"]
            assert await store.analyses.judge_by(STRICT) == 1
            assert (await listed(store, QUIET), await listed(store, FINE)) == (["2"], ["1", "3"])
            assert await listed(store, order=Order("health", descending=False)) == ["2", "1", "3", "4"]
            assert await verdict(store, SOFT) is Verdict.TOO_QUIET
            assert await verdict(store, UNMEASURED) is None
            assert await store.analyses.judge_by(USUAL_LIMITS) == 1
            assert await listed(store, FINE) == ["1", "2", "3"]

    asyncio.run(scene())


def test_what_is_measured_or_changes_later_is_judged_by_the_limits_that_hold() -> None:
    async def scene() -> None:
        async with catalogue(None, LOUD, SOFT, PROMPT) as store:
            await store.analyses.judge_by(STRICT)
            await measure(store)
            assert await listed(store, QUIET) == ["2"]
            await store.recordings.add([replace(SOFT, name="renamed")], feed())
            assert await listed(store, QUIET) == ["2"]

    asyncio.run(scene())


def test_limits_that_hold_already_cost_nothing_and_outlast_the_program(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, LOUD, SOFT, PROMPT) as store:
            await measure(store)
            await store.analyses.judge_by(STRICT)
        async with catalogue(path) as store:
            assert await store.analyses.judge_by(STRICT) == 0
            assert await verdict(store, SOFT) is Verdict.TOO_QUIET

    asyncio.run(scene())


def test_what_was_judged_by_an_older_playhead_is_judged_anew(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"

    async def scene() -> None:
        async with catalogue(path, SOFT) as store:
            await measure(store)
        connection = connect(path, KEY)
        connection.execute("delete from judging; update search set health = 0 where health is not null")
        connection.close()
        async with catalogue(path) as store:
            assert await store.analyses.judge_by(USUAL_LIMITS) == 1
            assert await verdict(store, SOFT) is Verdict.FINE

    asyncio.run(scene())


def test_a_change_that_is_cut_short_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    soft = [recording(number) for number in range(1, 4)]

    async def scene() -> None:
        async with catalogue(path, *soft) as store:
            for each in soft:
                await store.analyses.keep_measured(each, Measured(figures(loudness=-30.0), b"digest"))
        connection = connect(path, KEY)
        # As a program leaves it that is killed behind the first recording.
        connection.execute("insert or replace into judging values (?, 1)", (STRICT.to_text(),))
        connection.close()
        async with catalogue(path) as store:
            assert await store.analyses.judge_by(STRICT) == 2
            assert await store.analyses.judge_by(STRICT) == 0

    asyncio.run(scene())
