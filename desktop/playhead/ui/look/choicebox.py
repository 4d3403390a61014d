"""A box that shows which of several values are chosen, and lets the person choose in a menu."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter
from typing_extensions import override

from playhead.ui.look.labels import as_tip, plain


class ChoiceBox(QComboBox):
    """Any number of values; none chosen means any."""

    changed = Signal()
    """The person chose, or took a choice back."""

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        """`values` are what can be chosen, with the words for each."""
        super().__init__()
        self._name = name
        self._words = dict(values)
        self._chosen: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = _StayingMenu(self)
        self._menu.triggered.connect(self._take)
        self._show()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that are chosen."""
        return self._chosen

    def offer(self, values: Sequence[str]) -> None:
        """Offer these besides those that are known already."""
        self._words |= {each: each for each in values if each not in self._words}

    def show_chosen(self, values: Sequence[str]) -> None:
        """Show these as chosen; nobody is told. What is not offered can be taken back, and is gone then."""
        self._chosen = tuple(values)
        self._show()

    def _fill(self) -> None:
        self._menu.clear()
        unknown = {each: each for each in self._chosen if each not in self._words}
        for value, words in (unknown | self._words).items():
            action = self._menu.addAction(plain(words).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.setData(value)
        if self._menu.isEmpty():
            self._menu.addAction("Nothing is known to choose from").setEnabled(False)

    def _take(self, action: QAction) -> None:
        value = action.data()
        rest = tuple(each for each in self._chosen if each != value)
        self._chosen = (*rest, value) if action.isChecked() else rest
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.setToolTip(as_tip(self._said) if self._chosen else "")
        self.setAccessibleName(f"{self._name}: {self._said}")
        self.update()

    @property
    def _said(self) -> str:
        return plain(", ".join(self._words.get(each, each) for each in self._chosen)) or "any"

    @override
    def showPopup(self) -> None:
        self._fill()
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, box, self).width() - 4
        painter = QStylePainter(self)
        painter.drawComplexControl(control, option)
        text = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        option.currentText = text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class _StayingMenu(QMenu):
    """A menu that a click or Space leaves open, so that several can be chosen at once."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not _turn(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not _turn(self.activeAction()):
            super().keyPressEvent(event)


def _turn(action: QAction | None) -> bool:
    """Choose `action`, if it is there and a choice; whether it was."""
    if action is None or not action.isCheckable():
        return False
    action.trigger()
    return True
