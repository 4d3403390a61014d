"""Taking hold of selected rows with the pointer, to carry them out of the window."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QTableView
from typing_extensions import override

_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class RowGrip(QObject):
    """Tells a drag of selected rows from clicks and from selecting by dragging, which stay as they are.

    A press on a selected row reaches the table only when the button is released where it was: pressing alone
    must not end a selection that is to be dragged. Qt's own detection lists every selected cell, which takes
    a second where all of a hundred thousand rows are selected.
    """

    began = Signal()
    """Selected rows are being dragged."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._pressed: QMouseEvent | None = None
        self._held = False
        table.viewport().installEventFilter(self)

    @property
    def held(self) -> bool:
        """True while the button is still down since rows were taken hold of."""
        return self._held

    def let_go(self) -> None:
        """A drag of the system has come to its end; its release is not seen here."""
        self._held = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(event)
            case QEvent.Type.MouseMove:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease:
                return self._release()
        return False

    def _press(self, event: QMouseEvent) -> bool:
        self._held = False
        index = self._table.indexAt(event.position().toPoint())
        takes = (
            event.button() is Qt.MouseButton.LeftButton
            and event.modifiers() == _PLAIN
            and index.isValid()
            and self._table.selectionModel().isSelected(index)
        )
        self._pressed = _copy(event) if takes else None
        return takes

    def _move(self, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            # The release went elsewhere, to a menu or another program.
            self._pressed, self._held = None, False
        if self._pressed is not None:
            way: QPointF = event.position() - self._pressed.position()
            if way.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self._pressed = None
                self._held = True
                self.began.emit()
            return True
        return self._held

    def _release(self) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            self._table.viewport().removeEventFilter(self)
            QCoreApplication.sendEvent(self._table.viewport(), pressed)
            self._table.viewport().installEventFilter(self)
            return False
        held, self._held = self._held, False
        return held


def _copy(event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position(),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
