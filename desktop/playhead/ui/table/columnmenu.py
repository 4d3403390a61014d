"""The menu of the header: which columns there are, what the rows are sorted by, and how high they are."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override


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
            action.triggered.connect(partial(_without_tick, choose, key))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("The other way round", partial(choose, current))
        self.addSeparator()

    def add_columns(
        self, titles: Mapping[int, str], hidden: Callable[[int], bool], show: Callable[[int, bool], None]
    ) -> None:
        """Offer columns, by section and title, with a tick where they are shown."""
        for section, title in titles.items():
            action = QAction(title, self, checkable=True, checked=not hidden(section))
            action.toggled.connect(partial(self._toggle, show, section))
            self._columns.append(action)
            self.addAction(action)
        self._keep_last()
        self.addSeparator()

    def add_choice(self, titles: Mapping[str, str], current: str, choose: Callable[[str], None]) -> None:
        """Offer one of several things, by key and title."""
        group = QActionGroup(self)
        for key, title in titles.items():
            action = QAction(title, group, checkable=True, checked=key == current)
            action.triggered.connect(partial(_without_tick, choose, key))
            self.addAction(action)
        self.addSeparator()

    def _toggle(self, show: Callable[[int, bool], None], section: int, shown: bool) -> None:  # noqa: FBT001 - Qt's
        show(section, shown)
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


def _without_tick(choose: Callable[[str], None], key: str, _ticked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
    choose(key)
