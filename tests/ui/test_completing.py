"""Completing in the filter line: what is offered below it, and which keys it takes."""

import asyncio
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.jobs import Jobs
from playhead.core.loading.library import Library
from playhead.ui.filter.filter import FilterJourney
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.fakes import BIRD, FakeCatalogue, FakeSearches, FakeSource, FixedClock, recording
from support.providers.registered import PROVIDERS
from support.sessions import session_over
from support.window.driven_program import Run, until

KEY = Qt.Key


@dataclass
class Line:
    """A filter line in a window, with what completes it."""

    window: QWidget
    filter: FilterLine
    completing: FilterJourney
    searches: FakeSearches
    jobs: Jobs
    left: list[str]

    @property
    def offered(self) -> list[str]:
        """What stands in the list, as far as it is shown."""
        shown = self.completing.suggestions
        found = [shown.item(place).text() for place in range(shown.count())]
        return [] if shown.isHidden() else found

    def type(self, text: str) -> None:
        QTest.keyClicks(self.filter.line, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.filter.line, key)

    async def sees(self, *labels: str) -> None:
        await until(lambda: self.offered == list(labels), f"{labels} below the line")


@pytest.fixture
def line(qtbot: QtBot, theme: Theme, icons: Icons) -> Line:
    def failed(name: str, error: Exception) -> None:
        raise AssertionError(name) from error

    window = QWidget()
    qtbot.addWidget(window)
    made = FilterLine(theme, icons)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.resize(800, 500)
    catalogue, jobs = FakeCatalogue(), Jobs(failed)
    catalogue.kept = [
        recording(n, status=status) for n, status in enumerate(("available", "failed", "no answer"))
    ]
    library = Library(catalogue, FixedClock(), PROVIDERS)
    for label in ("EU support", "Marketing"):
        library.connect(FakeSource([], account=replace(BIRD, id=label, label=label)))
    completing = FilterJourney(session_over(catalogue, library, jobs), made, theme)
    left: list[str] = []
    made.left.connect(lambda: left.append(made.text))
    window.show()
    made.focus()
    return Line(window, made, completing, catalogue.searches, jobs, left)


def test_field_words_are_offered_while_typing_and_tab_takes_the_first(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("maria dir")
        assert line.offered == ["direction:"]
        line.press(KEY.Key_Tab)
        assert line.filter.text == "maria direction:"
        assert line.filter.line.hasFocus()
        assert line.offered == ["in", "out"]
        line.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
        assert line.filter.text == "maria direction:out"
        assert line.offered == []
        assert line.left == []
        await line.jobs.close()

    run(scene())


def test_values_come_from_the_catalogue_and_are_quoted_as_needed(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("status:n")
        await line.sees("no answer")
        line.press(KEY.Key_Tab)
        assert line.filter.text == 'status:"no answer"'
        line.type(" account:eu")
        await line.sees("EU support")
        await line.jobs.close()

    run(scene())


def test_the_next_key_ends_what_was_asked_for_the_one_before(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("status:n")
        line.type(" ")
        await asyncio.sleep(0)
        await line.jobs.wait("complete")
        assert line.offered == []
        await line.jobs.close()

    run(scene())


def test_without_a_highlighted_one_enter_goes_to_the_rows(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("dir")
        line.press(KEY.Key_Return)
        assert line.left == ["dir"]
        assert line.offered == []
        await line.jobs.close()

    run(scene())


def test_up_from_the_first_leads_back_to_the_line(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("d")
        line.press(KEY.Key_Down)
        assert line.completing.suggestions.place == 0
        line.press(KEY.Key_Up)
        assert line.completing.suggestions.place == -1
        line.press(KEY.Key_Up)
        assert line.completing.suggestions.place == len(line.offered) - 1
        await line.jobs.close()

    run(scene())


def test_escape_hides_the_offer_first_and_clears_the_filter_then(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("dir")
        line.press(KEY.Key_Escape)
        assert line.offered == []
        assert line.filter.text == "dir"
        line.press(KEY.Key_Escape)
        assert line.filter.text == ""
        await line.jobs.close()

    run(scene())


def test_a_click_takes_a_suggestion_and_leaves_the_focus(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("du")
        shown = line.completing.suggestions
        place = shown.visualItemRect(shown.item(0)).center()
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert line.filter.text == "duration:"
        assert line.filter.line.hasFocus()
        await line.jobs.close()

    run(scene())


def test_a_word_in_the_middle_is_completed_where_it_stands(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.filter.set_text("🎉 dir maria")
        for _ in range(len(" maria")):
            line.press(KEY.Key_Left)
        QTest.keyClick(line.filter.line, KEY.Key_Space, Qt.KeyboardModifier.ControlModifier)
        line.press(KEY.Key_Tab)
        assert line.filter.text == "🎉 direction: maria"
        await line.jobs.close()

    run(scene())


def test_control_space_offers_every_field(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("maria ")
        assert line.offered == []
        QTest.keyClick(line.filter.line, KEY.Key_Space, Qt.KeyboardModifier.ControlModifier)
        assert line.offered[:2] == ["from:", "to:"]
        await line.jobs.close()

    run(scene())


def test_what_was_used_before_is_offered_in_the_empty_line_and_can_be_forgotten(
    run: Run[None], line: Line
) -> None:
    async def scene() -> None:
        line.type("is:stereo")
        line.press(KEY.Key_Return)
        await until(lambda: line.searches.before == ["is:stereo"])
        line.press(KEY.Key_Escape, KEY.Key_Down)
        await line.sees("is:stereo", "Forget these")
        line.press(KEY.Key_Down, KEY.Key_Return)
        assert line.filter.text == "is:stereo"
        line.press(KEY.Key_Escape, KEY.Key_Down)
        await line.sees("is:stereo", "Forget these")
        line.press(KEY.Key_Up, KEY.Key_Return)
        await until(lambda: line.searches.before == [])
        assert line.offered == []
        await line.jobs.close()

    run(scene())


def test_a_filter_with_a_fault_is_not_remembered(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        line.type("kind:x")
        line.filter.show_fault("There is no such kind.", 0, 6)
        line.press(KEY.Key_Return)
        await asyncio.sleep(0)
        await line.jobs.close()
        assert line.searches.before == []

    run(scene())


def test_the_offer_stays_within_the_window_in_either_direction(
    run: Run[None], line: Line, theme: Theme
) -> None:
    async def scene() -> None:
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            line.window.setLayoutDirection(direction)
            line.filter.clear()
            line.type("d")
            shown = line.completing.suggestions
            assert line.window.rect().contains(shown.geometry())
            assert shown.geometry().top() >= line.filter.line.geometry().bottom()
            assert not shown.grab().isNull()
        await line.jobs.close()

    run(scene())


def test_the_offer_follows_the_line_when_only_a_pane_around_it_moves(run: Run[None], line: Line) -> None:
    async def scene() -> None:
        whole, panes = QWidget(), QSplitter()
        QVBoxLayout(whole).addWidget(panes)
        panes.addWidget(QWidget())
        panes.addWidget(line.window)
        whole.resize(1000, 500)
        whole.show()
        panes.setSizes([300, 600])
        line.filter.focus()
        line.type("d")
        shown = line.completing.suggestions
        before = shown.x()
        panes.setSizes([200, 700])
        assert shown.isVisible()
        assert before - 110 < shown.x() < before - 90
        line.window.setParent(None)
        await line.jobs.close()

    run(scene())
