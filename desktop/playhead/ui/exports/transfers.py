"""The transfers panel: every export that runs, waits, was cut short or has ended, and other long work."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.exports.plan import Plan
from playhead.ui.exports.transfer import Transfer
from playhead.ui.exports.transferbuttons import Act
from playhead.ui.look.icons import Icons
from playhead.ui.look.taborder import stop_in_place
from playhead.ui.look.theme import as_panel

_HIGHEST: Final = 268
"""Pixels: some lines, or one that is unfolded; the rest is scrolled to."""


class TransfersPanel(QWidget):
    """A line per export, the newest on top, below those of other work; hidden while there is none.

    Exports are told apart by numbers that the caller gives. The signals say which one the person means.
    """

    acted = Signal(int, object)
    """An `Act` is asked for: number of the export, act. What is dismissed is not shown any more."""
    cancel_one_asked = Signal(int, int)
    """One file of an export is no longer wanted: number, place in the plan."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._transfers: dict[int, Transfer] = {}
        self._others: dict[QWidget, tuple[QWidget, ...]] = {}
        """Lines of other work than exports, with the widgets at which Tab stops."""
        self.setObjectName("transfersPanel")
        self.setAccessibleName("Transfers")
        as_panel(self)
        lines = QWidget()
        as_panel(lines)
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._area = _Area(lines)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        rule = QFrame()
        rule.setProperty("hairline", "true")
        whole.addWidget(rule)
        whole.addWidget(self._area)
        self.hide()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The exports that are shown, in the order in which they came."""
        return tuple(self._transfers)

    def add(self, number: int, plan: Plan, *, folder: Path | None = None) -> Transfer:
        """Show another export, queued at first; one of the same number is replaced where it stands.

        `folder` is what is handed on, if that is not the folder of the plan.
        """
        transfer = Transfer(plan, self._icons, folder=folder)
        transfer.acted.connect(lambda act: self._act(number, act))
        transfer.cancel_one_asked.connect(lambda place: self.cancel_one_asked.emit(number, place))
        transfer.unfolded.connect(lambda: self._fold_others(number))
        where = len(self._others)
        if number in self._transfers:
            where = self._lines.indexOf(self._transfers[number])
            self.remove(number)
        self._transfers[number] = transfer
        self._lines.insertWidget(where, transfer)
        self._show()
        return transfer

    def put(self, line: QWidget, stops: tuple[QWidget, ...]) -> None:
        """Show the line of other work, above the exports; Tab stops at `stops`."""
        self._others[line] = stops
        self._lines.insertWidget(0, line)
        self._show()

    def take(self, line: QWidget) -> None:
        """Show a line no longer that was `put`."""
        del self._others[line]
        self._discard(line)

    def transfer(self, number: int) -> Transfer:
        """The export of this number; raises `KeyError` if it is not shown."""
        return self._transfers[number]

    def remove(self, number: int) -> None:
        """Show an export no longer; fine if it is not shown."""
        transfer = self._transfers.pop(number, None)
        if transfer is not None:
            self._discard(transfer)

    def _discard(self, line: QWidget) -> None:
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show()

    def _act(self, number: int, act: Act) -> None:
        if act is Act.DISMISS:
            self.remove(number)
        self.acted.emit(number, act)

    def _fold_others(self, number: int) -> None:
        for other, transfer in self._transfers.items():
            if other != number:
                transfer.fold()
        # What was just unfolded has its place after the layout's next turn.
        QTimer.singleShot(0, self._transfers[number], lambda: self._reveal(number))

    def _reveal(self, number: int) -> None:
        if number in self._transfers:
            self._area.verticalScrollBar().setValue(self._transfers[number].y())

    def _show(self) -> None:
        stops = {line: line.stops for line in self._transfers.values()} | self._others
        self.setVisible(bool(stops))
        in_order = sorted(stops, key=self._lines.indexOf)
        stop_in_place(self, (stop for line in in_order for stop in stops[line]))
        self._area.updateGeometry()


class _Area(QScrollArea):
    """As high as what is in it, up to a limit; then it scrolls."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), min(_HIGHEST, self._inner.sizeHint().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(48, self._inner.sizeHint().height()))
