"""The strip is true to what is looked for, however long counting takes, and costs nothing while hidden."""

import asyncio
from array import array
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from playhead.core.finding.query import Query, Word
from playhead.core.jobs import Jobs
from playhead.core.loading.library import Library
from playhead.core.stores import Catalogue, Listing
from playhead.core.timeline.timeline import Split, Timeline
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.strip.strip import StripJourney
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, recording
from support.sessions import session_over
from support.timelines import timeline
from support.window.driven_program import Run, until

MARIA = Query("maria", Word("maria"))
Told = Callable[[Timeline], object]


class SlowTimelines:
    """Timelines that are there when a test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[Query, Split, Told, asyncio.Future[Timeline]]] = []

    async def timeline(self, query: Query, split: Split, told: Told = bool) -> Timeline:
        answer: asyncio.Future[Timeline] = asyncio.get_running_loop().create_future()
        self.asked.append((query, split, told, answer))
        return await answer


class SlowCatalogue(FakeCatalogue):
    """A fake catalogue with timelines."""

    def __init__(self) -> None:
        super().__init__()
        self.timelines = SlowTimelines()


class Followed:
    """A window whose strip follows `state`."""

    def __init__(self, window: Window, jobs: Jobs) -> None:
        self.window = window
        self.state = ListingState(Listing(ids=array("q"), matched=0, loaded=0), window)
        catalogue = SlowCatalogue()
        self.timelines = catalogue.timelines
        self.library = Library(cast(Catalogue, catalogue), FixedClock())
        self.library.connect(FakeSource([[recording(each) for each in range(3)], [recording(3)]]))
        self.journey = StripJourney(
            session_over(catalogue, self.library, jobs), self.state, window.strip, window.filter
        )

    def rows_arrive(self) -> None:
        """The table has other rows."""
        self.state.show(self.state.listing)

    async def counts(self, number: int) -> None:
        """So many timelines were asked for so far."""
        await until(lambda: len(self.timelines.asked) == number, "the count")

    @property
    def number(self) -> int:
        return sum(bar.number for bar in self.window.strip.strip.sight.bars)

    @property
    def sentence(self) -> str:
        return self.window.strip.sentence.whole


Scene = Callable[[Followed], Coroutine[object, object, None]]


def days(number: int) -> Timeline:
    return timeline(*(datetime(2026, 3, each + 1, tzinfo=UTC) for each in range(number)))


@pytest.fixture
def follow(qtbot: QtBot, run: Run[None], theme: Theme, icons: Icons) -> Callable[[Scene], None]:
    """Plays a scene before a window."""

    def failed(name: str, error: Exception) -> None:
        raise AssertionError(name) from error

    async def play(scene: Scene) -> None:
        window, jobs = Window(), Jobs(failed)
        qtbot.addWidget(window)
        window.furnish(RecordingModel(NOON), theme, icons, QIcon())
        window.resize(1280, 800)
        window.show_recordings()
        window.show()
        followed = Followed(window, jobs)
        await followed.library.load(followed.library.base(BIRD.id))
        await scene(followed)
        await jobs.close()

    return lambda scene: run(play(scene))


def test_the_newest_bars_are_shown_while_the_others_are_counted_and_never_of_another_filter(
    follow: Callable[[Scene], None],
) -> None:
    async def scene(followed: Followed) -> None:
        followed.state.ask(Query())
        await followed.counts(1)
        _, _, told, answer = followed.timelines.asked[0]
        told(replace(days(3), whole=False))
        await until(lambda: followed.number == 3, "the first bars")
        assert followed.sentence.startswith("Counting…")
        followed.state.ask(MARIA)
        await followed.counts(2)
        told(replace(days(9), whole=False))
        query, split, _, latest = followed.timelines.asked[1]
        assert (query, split) == (MARIA, Split.KIND)
        latest.set_result(days(2))
        await until(lambda: followed.number == 2, "the bars of the newer filter")
        assert not followed.sentence.startswith("Counting…")
        assert answer.cancelled()

    follow(scene)


def test_a_count_that_takes_long_is_not_begun_anew_by_every_page_that_arrives(
    follow: Callable[[Scene], None],
) -> None:
    async def scene(followed: Followed) -> None:
        followed.journey.look()
        await followed.counts(1)
        for _ in range(40):
            followed.rows_arrive()
            await asyncio.sleep(0.01)
        assert len(followed.timelines.asked) == 1
        followed.timelines.asked[0][3].set_result(days(1))
        await followed.counts(2)
        followed.timelines.asked[1][3].set_result(days(4))
        await until(lambda: followed.number == 4, "what arrived")

    follow(scene)


def test_nothing_is_counted_while_it_is_hidden_and_all_of_it_when_it_is_shown_again(
    follow: Callable[[Scene], None],
) -> None:
    async def scene(followed: Followed) -> None:
        followed.window.strip.hide()
        followed.state.ask(MARIA)
        followed.rows_arrive()
        await asyncio.sleep(0)
        assert not followed.timelines.asked
        followed.window.strip.show()
        await followed.counts(1)
        followed.timelines.asked[0][3].set_result(days(3))
        await until(lambda: followed.number == 3, "the bars")
        assert "is loaded" in followed.window.strip.strip.accessibleDescription()
        followed.window.strip.next_split()
        await followed.counts(2)
        assert followed.timelines.asked[1][1] is Split.DIRECTION

    follow(scene)
