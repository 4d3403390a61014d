"""Nothing that is hidden, or closed, claims the focus in what a screen reader reads."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from playhead.ui.inspector.inspector import NOTES, Inspector
from playhead.ui.look.controls import DropDown
from playhead.ui.look.dialogs import keep
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.showing import Showing
from playhead.ui.window import Window
from support.fakes import BIRD, NOON, recording

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, icons: Icons) -> Window:
    model = RecordingModel(NOON)
    made = Window()
    made.furnish(model, theme, icons, QIcon())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.show_recordings()
    made.side_bar.show_accounts([BIRD])
    return made


def every(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A node and all below it, as a screen reader walks them."""
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from every(child)


def claiming(window: Window) -> list[str]:
    """Names of all that claim the focus."""
    found = every(QAccessible.queryAccessibleInterface(window))
    return [each.text(QAccessible.Text.Name) for each in found if each.state().focused]


def test_only_the_filter_claims_the_focus_while_it_has_it(window: Window) -> None:
    window.side_bar.tree.setFocus()
    window.filter.focus()
    assert claiming(window) == ["Filter"]


def test_the_line_of_the_side_bar_claims_it_with_the_tree(window: Window) -> None:
    window.filter.focus()
    window.side_bar.tree.setFocus()
    assert claiming(window) == ["Accounts", "All recordings"]


def test_hidden_tabs_claim_nothing_and_keep_their_page(window: Window) -> None:
    window.inspector.show_recording(recording(0), Showing(NOON, {}))
    window.inspector.show_page(NOTES)
    window.inspector.hide()
    window.filter.focus()
    assert claiming(window) == ["Filter"]
    window.inspector.show()
    assert window.inspector.page == NOTES


def test_a_page_that_is_turned_to_while_the_tabs_are_hidden_is_there_when_they_are_shown(
    window: Window,
) -> None:
    inspector: Inspector = window.inspector
    inspector.show_page(NOTES)
    inspector.offer_words(possible=False)
    inspector.show_recording(recording(0), Showing(NOON, {}))
    assert inspector.page == NOTES
    assert inspector.notes.isVisibleTo(inspector)


def test_the_list_of_a_closed_box_claims_nothing(qtbot: QtBot) -> None:
    box = DropDown()
    qtbot.addWidget(box)
    box.addItems(["a", "b", "c"])
    box.show()

    def focused() -> list[str]:
        """The lines that claim the focus, which the list itself may have for a moment longer."""
        found = every(QAccessible.queryAccessibleInterface(box.view()))
        return [name for each in found if each.state().focused and (name := each.text(QAccessible.Text.Name))]

    box.setCurrentIndex(2)
    assert focused() == []
    box.showPopup()
    assert focused() == ["c"]
    box.hidePopup()
    assert focused() == []


def test_a_dialog_that_is_kept_is_no_window_until_it_is_shown_again(window: Window, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    keep(dialog)

    def windows() -> int:
        return len(QGuiApplication.topLevelWindows())

    before = windows()
    for _ in range(2):
        dialog.show()
        assert windows() > before
        dialog.close()
        qtbot.waitUntil(lambda: windows() == before)
    assert isinstance(QApplication.instance(), QApplication)
