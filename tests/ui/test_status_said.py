"""What the status line says of what is shown: not of what was shown before, nor of what is still typed."""

import asyncio
from array import array
from collections.abc import Callable, Coroutine

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.core.finding.query import EVERYTHING, Query, Word
from playhead.core.jobs import Jobs
from playhead.core.loading.library import Library
from playhead.core.stores import Listing
from playhead.ui.listing.listingstate import ListingState
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, FakeCatalogue, FakeSource, FixedClock, recording
from support.sessions import session_over
from support.window.driven_program import Run, until

MARIA = Query("maria", Word("maria"))


class Reported:
    """A window that is told of what `state` holds, over three recordings and a page that is still to come."""

    def __init__(self, window: Window, model: RecordingModel, jobs: Jobs) -> None:
        self.state = ListingState(listing(3, 3), window)
        self.window = window
        self.model = model
        self.jobs = jobs
        catalogue = FakeCatalogue()
        self.library = Library(catalogue, FixedClock())
        self.library.connect(FakeSource([[recording(each) for each in range(3)], [recording(3)]]))
        self.reporting = ListingStatus(
            session_over(catalogue, self.library, jobs),
            self.state,
            window.rows,
            window.status,
            window.side_bar,
            window.notices,
            window.filter,
        )
        self.shows(3)

    def shows(self, rows: int) -> None:
        """So many rows are in the table."""
        self.model.show_listing(array("q", range(rows)))

    def answers(self, query: Query, rows: int, matched: int, *, searching: bool = False) -> None:
        """The catalogue has answered."""
        self.shows(rows)
        self.state.query, self.state.searching = query, searching
        self.state.show(listing(rows, matched))

    @property
    def sentence(self) -> str:
        return self.window.status.sentence.whole

    @property
    def said(self) -> str:
        """The sentence, and what is said after it where there is room."""
        return self.window.status.accessibleDescription()

    @property
    def emptiness(self) -> str:
        return " ".join(label.text() for label in self.window.rows.emptiness.findChildren(QLabel))


Scene = Callable[[Reported], Coroutine[object, object, None]]


def listing(rows: int, matched: int) -> Listing:
    return Listing(ids=array("q", range(rows)), matched=matched, loaded=3)


@pytest.fixture
def look(qtbot: QtBot, run: Run[None], theme: Theme, icons: Icons) -> Callable[[Scene], None]:
    """Plays a scene before a window."""

    def failed(name: str, error: Exception) -> None:
        raise AssertionError(name) from error

    async def play(scene: Scene) -> None:
        model, window, jobs = RecordingModel(NOON), Window(), Jobs(failed)
        qtbot.addWidget(window)
        window.furnish(model, theme, icons, QIcon())
        window.show_recordings()
        window.show()
        reported = Reported(window, model, jobs)
        await reported.library.load(reported.library.base(BIRD.id))
        reported.reporting.show()
        await scene(reported)
        await jobs.close()

    return lambda scene: run(play(scene))


def test_a_count_that_takes_its_time_is_said_to_be_on_its_way(look: Callable[[Scene], None]) -> None:
    async def scene(reported: Reported) -> None:
        before = reported.sentence
        assert before.startswith("3 loaded")
        reported.state.query = MARIA
        reported.reporting.look_anew()
        assert reported.sentence == before
        await until(lambda: reported.said == "counting…", "that it is counted")
        reported.answers(MARIA, 1, 1)
        assert reported.sentence.startswith("1 matches in 3 loaded")

    look(scene)


def test_a_count_that_comes_at_once_is_said_at_once(look: Callable[[Scene], None]) -> None:
    async def scene(reported: Reported) -> None:
        reported.reporting.look_anew()
        reported.answers(MARIA, 1, 1)
        said = [reported.sentence]
        while len(said) < 30:
            await asyncio.sleep(0.005)
            said.append(reported.sentence)
        assert set(said) == {said[0]}

    look(scene)


def test_an_empty_table_does_not_say_of_a_filter_what_is_not_counted_yet(
    look: Callable[[Scene], None],
) -> None:
    async def scene(reported: Reported) -> None:
        reported.answers(MARIA, 0, 0)
        assert "Nothing matches" in reported.emptiness
        reported.state.query = Query("max", Word("max"))
        reported.reporting.look_anew()
        await until(lambda: "Looking…" in reported.emptiness, "that it is looked for")
        assert "Nothing matches" not in reported.emptiness

    look(scene)


def test_rows_are_all_that_is_loaded_only_if_none_is_held_back(look: Callable[[Scene], None]) -> None:
    async def scene(reported: Reported) -> None:
        assert reported.reporting.whole() == "loaded"
        reported.answers(EVERYTHING, 2, 3)
        assert reported.reporting.whole() == "shown"
        reported.answers(MARIA, 2, 2)
        assert reported.reporting.whole() == "loaded that match"
        reported.reporting.look_anew()
        assert reported.reporting.whole() == "shown"

    look(scene)


def test_while_the_rest_is_searched_nothing_takes_the_place_of_its_progress(
    look: Callable[[Scene], None],
) -> None:
    async def scene(reported: Reported) -> None:
        reported.answers(EVERYTHING, 2, 3, searching=True)
        assert "searching…" in reported.said
        reported.state.progressed.emit(900, 3.0)
        assert "searching: 900 recordings read · 300 a second" in reported.said
        reported.answers(EVERYTHING, 2, 3, searching=True)
        assert "searching: 900 recordings read · 300 a second" in reported.said
        reported.state.progressed.emit(930, 3.1)
        assert "searching: 900 recordings read" in reported.said
        reported.answers(EVERYTHING, 2, 3)
        assert reported.said.endswith("1 older one follows as you scroll")
        reported.answers(EVERYTHING, 2, 3, searching=True)
        assert "searching…" in reported.said

    look(scene)


def test_while_the_filter_cannot_be_understood_it_is_said_what_the_rows_are_for(
    look: Callable[[Scene], None],
) -> None:
    async def scene(reported: Reported) -> None:
        reported.window.filter.show_fault("Write what to look for after “kind:”.", 0, 5)
        reported.reporting.show()
        assert reported.sentence.startswith("still without a filter · 3 loaded")
        reported.answers(MARIA, 0, 0)
        assert reported.sentence.startswith("still for “maria” · 0 match in 3 loaded")
        assert "No recording matches “maria” among" in reported.emptiness
        reported.answers(Query("m" * 99, Word("m" * 99)), 1, 1)
        assert reported.sentence.startswith(f"still for “{'m' * 23}…” · ")
        reported.window.filter.show_fine()
        reported.reporting.show()
        assert "still" not in reported.said

    look(scene)
