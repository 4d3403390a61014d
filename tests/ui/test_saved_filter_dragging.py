"""Saved filters dragged into another order in the side bar."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from playhead.core.stores import Saved
from playhead.ui.accounts.sidebar import SideBar
from playhead.ui.accounts.sourcetree import SourceRole
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.cloud.faultycloud import FaultyCloud
from support.fakes import BIRD
from support.providers.registered import PROVIDERS
from support.window.demo_accounts import bird
from support.window.driven_program import Run, opened

SAVED = [("One", "is:stereo"), ("Two", "is:mono"), ("Three", "is:starred")]


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, icons: Icons) -> SideBar:
    made = SideBar(theme, icons, PROVIDERS)
    qtbot.addWidget(made)
    made.resize(216, 600)
    made.show_accounts([BIRD])
    made.show_saved(SAVED)
    made.show()
    return made


def line(bar: SideBar, text: str) -> QTreeWidgetItem:
    return next(item for item in bar.tree.every_item() if item.text(0) == text)


def edge(bar: SideBar, text: str, *, below: bool) -> QPointF:
    """A point in the upper or the lower half of a line."""
    box = bar.tree.visualItemRect(line(bar, text))
    return QPointF(box.center() + QPoint(0, box.height() // 3 * (1 if below else -1)))


def drop(bar: SideBar, text: str, onto: str, *, below: bool = False) -> Qt.DropAction:
    """Let go of a line in a half of another one; what Qt is left to do then."""
    bar.tree.setCurrentItem(line(bar, text))
    carried = QMimeData()
    # Qt gives such events to a widget only while its own drag goes on.
    event = QDropEvent(
        edge(bar, onto, below=below),
        Qt.DropAction.MoveAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    bar.tree.dropEvent(event)
    return event.dropAction()


@pytest.mark.parametrize(
    ("text", "onto", "below", "moved"),
    [
        ("One", "Two", True, [0, 1]),
        ("One", "Three", False, [0, 1]),
        ("One", "Three", True, [0, 2]),
        ("One", "ACCOUNTS", False, [0, 2]),
        ("Three", "One", False, [2, 0]),
        ("Three", "SAVED FILTERS", True, [2, 0]),
        ("Three", "One", True, [2, 1]),
    ],
)
def test_a_saved_filter_is_dragged_between_others(
    qtbot: QtBot, bar: SideBar, text: str, onto: str, *, below: bool, moved: list[int]
) -> None:
    with qtbot.waitSignal(bar.saved_dragged, timeout=1000) as heard:
        drop(bar, text, onto, below=below)
    assert heard.args == moved


@pytest.mark.parametrize(
    ("text", "onto", "below"),
    [
        ("One", "One", True),
        ("One", "Two", False),
        ("Two", "One", True),
        ("One", "All recordings", True),
        ("One", "ACCOUNTS", True),
        ("All recordings", "Two", True),
    ],
)
def test_nothing_else_is_moved_by_dragging(
    qtbot: QtBot, bar: SideBar, text: str, onto: str, *, below: bool
) -> None:
    before = [item.text(0) for item in bar.tree.every_item()]
    with qtbot.assertNotEmitted(bar.saved_dragged):
        left = drop(bar, text, onto, below=below)
    assert left is Qt.DropAction.IgnoreAction
    assert [item.text(0) for item in bar.tree.every_item()] == before


def test_only_saved_filters_can_be_taken_hold_of_and_nothing_takes_them_in(bar: SideBar) -> None:
    for item in bar.tree.every_item():
        saved = item.data(0, SourceRole.SAVED) is not None
        assert bool(item.flags() & Qt.ItemFlag.ItemIsDragEnabled) is saved
        assert not item.flags() & Qt.ItemFlag.ItemIsDropEnabled


def test_a_place_that_is_not_among_them_refuses_what_is_dragged_there(bar: SideBar) -> None:
    carried = QMimeData()
    event = QDragMoveEvent(
        edge(bar, "All recordings", below=False).toPoint(),
        Qt.DropAction.MoveAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    bar.tree.dragMoveEvent(event)
    assert not event.isAccepted()


def test_the_order_that_was_dragged_is_kept(run: Run[None], cloud: FaultyCloud, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            kept = [Saved(name, text) for name, text in SAVED]
            await person.program.session.catalogue.searches.save(kept)
            person.program.journeys.saving.begin()
            await person.program.jobs.wait("saved")
            bar = person.window.side_bar
            drop(bar, "Three", "One")
            assert [item.text(0) for item in bar.tree.saved_items()] == ["Three", "One", "Two"]
            current = bar.tree.marked
            assert current is not None
            assert current.text(0) == "Three"
            await person.program.jobs.wait("save filters")
            assert list(await person.program.session.catalogue.searches.saved()) == [
                kept[2],
                kept[0],
                kept[1],
            ]

    run(scene())
