"""Buttons and their menus: opened by pointer and key, placed on the screen, with letters for the entries."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolButton, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    # The empty window needs `press_button`, and icons bring the theme and all preferences along.
    from playhead.ui.look.icons import Icons

_OPENING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down})
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class MenuButton(QToolButton):
    """A button with a menu below it; Enter, Space and Down open it at its first entry.

    Not Qt's own menu of a button: that runs a loop in the loop, in which all tasks stand still, and a screen
    reader hears no entry of it.
    """

    def __init__(self, icons: "Icons", name: str, text: str = "") -> None:
        """Without `text` it is narrow, an arrow alone."""
        super().__init__()
        self.setProperty("framed", "true")
        self.setIcon(icons.get("chevron-down", "dim"))
        self.setIconSize(QSize(12, 12))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        if text:
            self.setText(text)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        else:
            self.setToolTip(name)
            self.setProperty("narrow", "true")
        self.menu_shown = QMenu(self)
        """The menu that it opens."""
        self.menu_shown.setAccessibleName(name)
        self.clicked.connect(lambda: drop(self.menu_shown, self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING:
            self.click()
            if self.menu_shown.isVisible():
                begin_at_first(self.menu_shown)
        else:
            super().keyPressEvent(event)


def drop(menu: QMenu, widget: QWidget) -> None:
    """Open `menu` below `widget`, at the side where its text begins; above it where the screen ends below."""
    menu.ensurePolished()
    size, screen = menu.sizeHint(), widget.screen().availableGeometry()
    place = widget.mapToGlobal(widget.rect().bottomLeft() + QPoint(0, 1))
    top = widget.mapToGlobal(widget.rect().topLeft()).y() - size.height()
    if place.y() + size.height() > screen.bottom() and top >= screen.top():
        place.setY(top)
    if widget.isRightToLeft():
        place.setX(place.x() + widget.width() - size.width())
    menu.popup(place)


def begin_at_first(menu: QMenu) -> None:
    """Point at the first entry, for who came by key: Qt points at none, and nothing is spoken."""
    if menu.activeAction() is None:
        # As the person would do: to be set from here, an entry with entries of its own would open them.
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(menu, down)


def begin_in_open_menu() -> None:
    """Point at the first entry of the menu that a key has just opened, if one has."""
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        begin_at_first(menu)


def lettered(titles: Sequence[str]) -> Sequence[str]:
    """The titles of a menu, each with a letter of its own to choose it by, as far as there are letters."""
    marked: dict[int, str] = {}
    taken: set[str] = set()
    # Those with few letters first: the others have more to choose from.
    for place, title in sorted(enumerate(titles), key=lambda each: len(set(each[1].casefold()))):
        own = next((each for each in title if each.isalnum() and each.casefold() not in taken), "")
        taken.add(own.casefold())
        shown = title.replace("&", "&&")
        marked[place] = shown.replace(own, f"&{own}", 1) if own else shown
    return [marked[place] for place in range(len(titles))]


def press_button(event: QKeyEvent, *, ticks: bool) -> bool:
    """Let Enter press the button that has the focus, as Space does; true if there is one.

    Without `ticks`, not one that is ticked: in a dialog Enter accepts it from there.
    """
    button = QApplication.focusWidget()
    if event.key() not in _ENTER or not isinstance(button, QAbstractButton):
        return False
    if not ticks and button.isCheckable() and not isinstance(button, QToolButton):
        return False
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(button, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier))
    return True
