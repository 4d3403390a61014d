"""Buttons: Enter presses the one that has the focus, in dialogs too, and their menus are for keys as well."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from playhead.ui.look.buttons import MenuButton, drop, lettered
from playhead.ui.look.dialogs import DialogLayout
from playhead.ui.look.icons import Icons

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def button(qtbot: QtBot, icons: Icons) -> MenuButton:
    made = MenuButton(icons, "Insert a field", "&Insert")
    qtbot.addWidget(made)
    for title in ("Date", "Caller"):
        made.menu_shown.addAction(title)
    made.show()
    made.setFocus()
    return made


def pointed_at(menu: QMenu) -> str:
    """The title of the entry that Enter would choose."""
    entry: QAction | None = menu.activeAction()
    return "" if entry is None else entry.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down])
def test_keys_open_a_menu_at_its_first_entry(button: MenuButton, key: Qt.Key) -> None:
    QTest.keyClick(button, key)
    assert button.menu_shown.isVisible()
    assert pointed_at(button.menu_shown) == "Date"
    button.menu_shown.close()


def test_a_click_opens_a_menu_that_points_at_nothing(button: MenuButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.menu_shown.isVisible()
    assert pointed_at(button.menu_shown) == ""
    button.menu_shown.close()


def test_a_menu_says_what_it_is_for(button: MenuButton) -> None:
    name = QAccessible.queryAccessibleInterface(button.menu_shown).text(QAccessible.Text.Name)
    assert name == "Insert a field"


@pytest.mark.parametrize("low", [False, True])
def test_a_menu_is_on_the_screen_and_covers_no_button(button: MenuButton, low: bool) -> None:  # noqa: FBT001
    screen = button.screen().availableGeometry()
    button.move(QPoint(20, screen.bottom() - button.frameGeometry().height() if low else 0))
    drop(button.menu_shown, button)
    menu = button.menu_shown.geometry()
    assert screen.contains(menu)
    assert not menu.intersects(button.geometry())
    button.menu_shown.close()


def test_every_entry_has_a_letter_of_its_own() -> None:
    assert lettered(["Caller", "Called", "Id", "A & B"]) == ["&Caller", "Ca&lled", "&Id", "&A && B"]
    assert lettered(["a", "a"]) == ["&a", "a"]


@pytest.fixture
def dialog(qtbot: QtBot) -> QDialog:
    """A dialog with a field, a tick, two buttons, and one that accepts it."""
    made, body, foot = QDialog(), QWidget(), QWidget()
    qtbot.addWidget(made)
    row = QHBoxLayout(body)
    test = QPushButton("Test")
    test.setAutoDefault(False)
    for part in (QLineEdit(), QCheckBox("Tick"), QToolButton(), test):
        row.addWidget(part)
    accept = QPushButton("Export", default=True)
    accept.clicked.connect(made.accept)
    QHBoxLayout(foot).addWidget(accept)
    DialogLayout(made, body, foot, width=400)
    with qtbot.waitActive(made):
        made.open()
    return made


@pytest.mark.parametrize("kind", [QToolButton, QPushButton])
def test_enter_on_a_button_of_a_dialog_presses_that_one(
    dialog: QDialog, qtbot: QtBot, kind: type[QToolButton] | type[QPushButton]
) -> None:
    button = dialog.findChildren(kind)[0]
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert dialog.isVisible()


@pytest.mark.parametrize("kind", [QLineEdit, QCheckBox])
def test_enter_elsewhere_accepts_the_dialog(dialog: QDialog, kind: type[QWidget]) -> None:
    field = dialog.findChildren(kind)[0]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not dialog.isVisible()
