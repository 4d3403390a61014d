"""Input that waits: keys, clicks and the wheel at a table whose rows are there before what answers them."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QTableView, QWidget
from typing_extensions import override

_HELD = {
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.ContextMenu,
    QEvent.Type.Wheel,
}
"""Kinds of input that select, open, sort or ask for something, or that lead to other rows: a click that
waited would hit one of those."""


class HeldInput(QObject):
    """Keeps what is done to a table, its rows, header and scroll bar; `close` lets it happen."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        header, bar = table.horizontalHeader().viewport(), table.verticalScrollBar()
        self._watched: list[QWidget] = [table, table.viewport(), header, bar]
        self._events: list[tuple[QObject, QEvent]] = []
        for each in self._watched:
            each.installEventFilter(self)

    def close(self) -> None:
        """Let everything happen, in its order, as soon as Qt has its turn; nothing is kept from now on."""
        for each in self._watched:
            each.removeEventFilter(self)
        for receiver, event in self._events:
            QCoreApplication.postEvent(receiver, event)
        self._events.clear()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HELD:
            return super().eventFilter(watched, event)
        self._events.append((watched, event.clone()))
        return True
