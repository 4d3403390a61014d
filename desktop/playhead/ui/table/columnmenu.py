"""The menu of the header: which columns there are, what the rows are sorted by, and how high they are."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override


class Show(Protocol):
    """Shows or hides the column of a section."""

    def __call__(self, section: int, *, shown: bool) -> None:
        """Do it."""


class ColumnMenu(QMenu):
    """Stays open while columns are shown and hidden, so that several can be; the last one stays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns: list[QAction] = []

    def add_order(
        self, titles: Sequence[tuple[str, str]], current: str, choose: Callable[[str], None]
    ) -> None:
        """Offer to sort by a column of these keys and titles; by the current one, the other way round."""
        menu = self.addMenu("Sort by")
        group = QActionGroup(menu)
        for key, title in titles:
            action = QAction(title, group, checkable=True, checked=key == current)
            action.triggered.connect(lambda _, key=key: choose(key))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("The other way round", partial(choose, current))
        self.addSeparator()

    def add_columns(self, titles: Mapping[int, str], hidden: Callable[[int], bool], show: Show) -> None:
        """Offer columns, by section and title, with a tick where they are shown."""
        for section, title in titles.items():
            action = QAction(title, self, checkable=True, checked=not hidden(section))
            action.toggled.connect(lambda shown, section=section: self._show(show, section, shown=shown))
            self._columns.append(action)
            self.addAction(action)
        self._keep_last()
        self.addSeparator()

    def add_choice(self, titles: Mapping[str, str], current: str, choose: Callable[[str], None]) -> None:
        """Offer one of several things, by key and title."""
        group = QActionGroup(self)
        for key, title in titles.items():
            action = QAction(title, group, checkable=True, checked=key == current)
            action.triggered.connect(lambda _, key=key: choose(key))
            self.addAction(action)
        self.addSeparator()

    def _show(self, show: Show, section: int, *, shown: bool) -> None:
        show(section, shown=shown)
        self._keep_last()

    def _keep_last(self) -> None:
        shown = [action for action in self._columns if action.isChecked()]
        for action in self._columns:
            action.setEnabled(shown != [action])

    def _tick(self, action: QAction | None) -> bool:
        """Whether the action is a column's; its tick is changed then."""
        if action not in self._columns:
            return False
        action.trigger()
        return True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (chosen and self._tick(self.activeAction())):
            super().keyPressEvent(event)
