"""The journal of exports: read as it was written, whatever happens to its recordings meanwhile."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from playhead.catalogue.exportjournal import from_outcome, from_plan
from playhead.core.errors import Missing
from playhead.core.exports import formats
from playhead.core.exports.choices import Choices, CopyForm, Taken
from playhead.core.exports.custody import Machine, Origin, Sitting
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.report import Outcome, State
from playhead.core.finding.query import Flag, Is, Not, Order
from playhead.core.recording import Recording
from playhead.core.stores import Brief, Catalogue, Entry
from playhead.core.zone import SystemZone
from support.catalogue.catalogue_examples import catalogue, feed, listed, recording

PAGE = [recording(number) for number in range(1, 5)]
CHOICES = Choices(
    template="{id8}.{ext}",
    at_once=3,
    taken=Taken.REPLACE,
    copy=CopyForm.OPUS,
    sheets=frozenset({formats.CSV, formats.TEXT}),
    transcripts=False,
    marks=True,
    bag=True,
    query="from:+31205550123",
    coverage="4 of 4",
)


def plan_of(*recordings: Recording, **changes: object) -> Plan:
    """A plan of these recordings."""
    files = tuple(Planned(each, f"2026/{each.id}\ud800.mp3") for each in recordings)
    plain = Plan(Path(PurePosixPath("/target/\udcff folder")), files, {"first": "EU “support”"}, UTC)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def kept(recording: Recording, **changes: object) -> Outcome:
    """An outcome with a file."""
    plain = Outcome(recording=recording, state=State.KEPT, path="a/b.mp3", size=7, sha256="00ff")
    return replace(plain, **changes)  # type: ignore[arg-type]  # as above


def failed(recording: Recording) -> Outcome:
    """An outcome without one."""
    return Outcome(recording=recording, state=State.FAILED, why="gone (HTTP 404)", error=Missing(status=404))


async def entries(store: Catalogue) -> list[Entry]:
    """All of every export, the oldest first."""
    found = [await store.exports.entry(brief.number) for brief in await store.exports.briefs()]
    return [entry for entry in found if entry is not None]


def test_an_export_is_read_as_it_was_written_after_opening_again(tmp_path: Path) -> None:
    path, plan = tmp_path / "catalogue.db", plan_of(*PAGE)

    async def scene() -> None:
        async with catalogue(path, *PAGE) as store:
            before = datetime.now(UTC)
            number = await store.exports.begin(plan, CHOICES)
            other = await store.exports.begin(plan_of(PAGE[0]), Choices())
            await store.exports.settle(number, 0, kept(PAGE[0], state=State.LEFT))
            await store.exports.settle(number, 0, kept(PAGE[0]))
            await store.exports.settle(number, 2, failed(PAGE[2]))
            await store.exports.end(other)
        async with catalogue(path) as store:
            first, second = await entries(store)
            assert (first.number, first.plan, first.choices, first.ended) == (number, plan, CHOICES, False)
            assert before <= first.began <= datetime.now(UTC)
            assert first.outcomes == {0: kept(PAGE[0]), 2: replace(failed(PAGE[2]), error=None)}
            assert (second.number, second.choices, second.ended) == (other, Choices(), True)
            await store.exports.dismiss(number)
            await store.exports.dismiss(number)
            assert [entry.number for entry in await entries(store)] == [other]

    asyncio.run(scene())


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(hours=5, minutes=30)), ZoneInfo("Europe/Amsterdam")]
)
def test_the_zone_of_an_export_is_kept(zone: timezone | ZoneInfo) -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            await store.exports.begin(plan_of(*PAGE, zone=zone), CHOICES)
            (entry,) = await entries(store)
            assert entry.plan.zone == zone

    asyncio.run(scene())


def test_the_zone_of_the_computer_stays_the_zone_of_the_computer() -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            await store.exports.begin(plan_of(*PAGE, zone=SystemZone()), CHOICES)
            (entry,) = await entries(store)
            assert isinstance(entry.plan.zone, SystemZone)

    asyncio.run(scene())


def test_what_an_export_kept_counts_as_exported_even_when_it_is_dismissed() -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            before = datetime.now(UTC)
            number = await store.exports.begin(plan_of(*PAGE), CHOICES)
            await store.exports.settle(number, 0, kept(PAGE[0]))
            await store.exports.settle(number, 1, failed(PAGE[1]))
            await store.exports.dismiss(number)
            assert await listed(store, Is(Flag.EXPORTED)) == ["1"]
            assert await listed(store, Not(Is(Flag.EXPORTED))) == ["2", "3", "4"]
            first, second = await store.marks.read(PAGE[:2])
            assert first.exported is not None
            assert before <= first.exported <= datetime.now(UTC)
            assert second.exported is None
            for descending in (False, True):
                order = Order("exported", descending=descending)
                assert await listed(store, order=order) == ["1", "2", "3", "4"]

    asyncio.run(scene())


def test_a_file_that_did_not_get_its_name_after_all_is_not_exported_by_that_export() -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            earlier = await store.exports.begin(plan_of(PAGE[0]), CHOICES)
            number = await store.exports.begin(plan_of(*PAGE), CHOICES)
            await store.exports.settle(earlier, 0, kept(PAGE[0]))
            for place in (0, 1):
                await store.exports.settle(number, place, kept(PAGE[place]))
                await store.exports.settle(number, place, failed(PAGE[place]))
            assert await listed(store, Is(Flag.EXPORTED)) == ["1"]

    asyncio.run(scene())


def test_recordings_of_a_disconnected_account_leave_the_plan_and_the_rest_goes_on() -> None:
    others = [recording(number, account="other") for number in (7, 8)]
    plan = plan_of(PAGE[0], others[0], PAGE[1], others[1], PAGE[2])

    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            await store.recordings.add(others, feed("other"))
            number = await store.exports.begin(plan, CHOICES)
            await store.exports.settle(number, 2, kept(PAGE[1]))
            await store.forget("other")
            # One who goes on with the plan of before, and one who has read the plan anew.
            await store.exports.settle(number, 3, kept(others[1]))
            await store.exports.settle(number, 4, kept(PAGE[2], size=8))
            (entry,) = await entries(store)
            assert [file.recording for file in entry.plan.files] == PAGE[:3]
            assert entry.outcomes == {1: kept(PAGE[1]), 2: kept(PAGE[2], size=8)}
            await store.exports.settle(number, 2, kept(PAGE[2], size=9))
            (entry,) = await entries(store)
            assert entry.outcomes[2].size == 9

    asyncio.run(scene())


def test_what_stands_before_an_export_begins_is_written_with_it() -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            number = await store.exports.begin(plan_of(*PAGE), CHOICES, {0: kept(PAGE[0]), 2: kept(PAGE[2])})
            entry = await store.exports.entry(number)
            assert entry is not None
            assert entry.outcomes == {0: kept(PAGE[0]), 2: kept(PAGE[2])}

    asyncio.run(scene())


def test_an_export_of_what_is_not_in_the_catalogue_has_no_files() -> None:
    async def scene() -> None:
        async with catalogue() as store:
            number = await store.exports.begin(plan_of(*PAGE), CHOICES)
            await store.exports.settle(number, 0, kept(PAGE[0]))
            await store.exports.end(999)
            (entry,) = await entries(store)
            assert (entry.number, entry.plan.files, entry.outcomes) == (number, (), {})

    asyncio.run(scene())


def test_how_exports_stand_is_told_without_their_files(tmp_path: Path) -> None:
    async def scene() -> None:
        async with catalogue(tmp_path / "catalogue.db", *PAGE) as store:
            number = await store.exports.begin(plan_of(*PAGE), CHOICES)
            other = await store.exports.begin(plan_of(PAGE[0]), Choices())
            await store.exports.settle(number, 0, kept(PAGE[0]))
            await store.exports.settle(number, 1, kept(PAGE[1], present=True))
            await store.exports.settle(number, 2, failed(PAGE[2]))
            await store.exports.end(number)
            first, second = await store.exports.briefs()
            whole = await store.exports.entry(number)
            assert whole is not None
            assert first == Brief(
                number=number,
                folder=plan_of().folder,
                choices=CHOICES,
                began=whole.began,
                files=4,
                states={State.KEPT: 2, State.FAILED: 1},
                present=1,
                size=14,
                ended=True,
            )
            assert first.retryable == 2
            assert (second.number, second.files, second.states, second.ended) == (other, 1, {}, False)
            await store.exports.dismiss(number)
            assert await store.exports.entry(number) is None

    asyncio.run(scene())


def test_sources_sittings_and_moments_are_read_as_they_were_written() -> None:
    machine = Machine("office-7", "Debian GNU/Linux 12")
    sitting = Sitting(began=datetime.now(UTC), person="Maria", program="Playhead 1", machine=machine)
    fetched = kept(PAGE[0], fetched=datetime.now(UTC), sitting=sitting, media_type="audio/L16")
    origin = Origin(provider="bird", address="api.bird.com", workspace="w-1")

    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            number = await store.exports.begin(plan_of(*PAGE, origins={"first": origin}), CHOICES)
            await store.exports.settle(number, 0, fetched)
            (entry,) = await entries(store)
            assert entry.plan.origins == {"first": origin}
            assert entry.outcomes == {0: fetched}

    asyncio.run(scene())


def test_what_earlier_versions_wrote_down_is_read() -> None:
    old = '{"state":"kept","path":"a.mp3","size":7,"sha256":"00","why":"","present":false,"copy":null}'
    outcome = from_outcome(old, PAGE[0])
    assert (outcome.path, outcome.fetched, outcome.sitting) == ("a.mp3", None, None)
    plan = from_plan('{"folder":"/x","labels":{},"zone":"Europe/Amsterdam"}', ())
    assert plan.origins == {}


def test_what_may_not_be_audio_is_read_as_that_and_does_not_count_as_exported() -> None:
    async def scene() -> None:
        async with catalogue(None, *PAGE) as store:
            number = await store.exports.begin(plan_of(*PAGE[:2]), CHOICES)
            doubtful = kept(PAGE[1], state=State.DOUBTFUL, why="Playhead cannot tell whether it is audio")
            await store.exports.settle(number, 0, kept(PAGE[0]))
            await store.exports.settle(number, 1, doubtful)
            (entry,) = await entries(store)
            assert entry.outcomes[1] == doubtful
            (brief,) = await store.exports.briefs()
            assert brief.states == {State.KEPT: 1, State.DOUBTFUL: 1}
            assert brief.retryable == 0
            assert await listed(store, Is(Flag.EXPORTED)) == ["1"]

    asyncio.run(scene())
