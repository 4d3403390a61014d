"""The slim panel of a running export: how far it is, how it ended, and what failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playhead.ui.icons import IconLabel, Icons
from playhead.ui.labels import PlainLabel, as_tip, plain
from playhead.ui.theme import as_panel
from playhead.ui.words import count, length, number, size

_STEPS: Final = 1000
_LIST_HEIGHT: Final = 104
_NAME: Final = 48
"""Letters of a name in the list of failures: what follows it matters more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an export is. `size` is the estimate in bytes for all of it, `rate` is bytes per second."""

    done: int
    total: int
    bytes: int = 0
    size: int | None = None
    rate: float | None = None
    left: float | None = None
    """Seconds that it will still take; None while nobody can tell."""

    def sentence(self) -> str:
        """`12 of 300 · 48 MB of about 1.2 GB · 8 MB/s · 2 min 05 s left`."""
        parts = [f"{number(self.done)} of {number(self.total)}"]
        if self.bytes or self.size:
            parts.append(size(self.bytes) + (f" of about {size(self.size)}" if self.size else ""))
        if self.rate:
            parts.append(f"{size(self.rate)}/s")
        if self.left is not None:
            parts.append(f"{length(self.left)} left")
        return " · ".join(parts)

    def share(self) -> float:
        """What part is done, 0 to 1: by bytes where their number is known, else by recordings."""
        if self.size:
            return min(1.0, self.bytes / self.size)
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A recording that could not be exported: what it is called, and why as a sentence."""

    name: str
    sentence: str


class TransfersPanel(QWidget):
    """Shows one export; hidden before the first and after it was dismissed."""

    cancel_asked = Signal()
    open_asked = Signal()
    """The person wants to see the folder."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setObjectName("transfersPanel")
        self.setAccessibleName("Transfers")
        as_panel(self)
        self._mark = IconLabel(icons.get("check", "good"))
        self._sentence = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName("Progress of the export")
        self._cancel = self._make_button("Cancel", "cancelExportButton")
        self._cancel.clicked.connect(self._ask_cancel)
        self._show = self._make_button("Show", "showFailuresButton")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._turn_list)
        self._open = self._make_button("Open folder", "openFolderButton")
        self._open.clicked.connect(self.open_asked)
        self._close = QToolButton()
        self._close.setIcon(icons.get("clear", "dim"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName("Dismiss")
        self._close.setToolTip("Dismiss")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.hide)
        self._failures = QListWidget()
        self._failures.setObjectName("failureList")
        self._failures.setAccessibleName("What could not be exported")
        self._failures.setProperty("panel", "true")
        self._failures.setFixedHeight(_LIST_HEIGHT)
        self._failures.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._failures.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """An export runs and is this far."""
        self._sentence.show_text(progress.sentence())
        self._bar.setValue(round(progress.share() * _STEPS))
        if self._bar.isHidden() or self.isHidden():
            self._cancel.setEnabled(True)
            self._cancel.setText("Cancel")
            self._set_running(running=True)
            self.show_failures(())
            self.show()

    def show_result(self, sentence: str, failures: Sequence[Failure] = ()) -> None:
        """The export has ended: say how; failures can be looked at one by one."""
        self._sentence.show_text(sentence)
        self._set_running(running=False)
        icon, role = ("warning", "attention") if failures else ("check", "good")
        self._mark.show_icon(self._icons.get(icon, role))
        self.show_failures(failures)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """What failed so far."""
        self._failures.clear()
        for failure in failures:
            name = plain(failure.name)
            shown = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
            item = QListWidgetItem(f"{shown} — {plain(failure.sentence)}")
            item.setToolTip(as_tip(failure.sentence))
            self._failures.addItem(item)
        self._show.setVisible(bool(failures))
        self._show.setChecked(False)
        self._show.setText(f"Show {count(len(failures), 'failure')}")

    def _make_button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(16, 6, 8, 6)
        line.setSpacing(8)
        line.addWidget(self._mark)
        line.addWidget(self._bar)
        line.addWidget(self._sentence, 1)
        for button in (self._show, self._open, self._cancel, self._close):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        below = QHBoxLayout()
        below.setContentsMargins(32, 0, 0, 0)
        below.addWidget(self._failures)
        column.addLayout(below)
        self._failures.hide()
        self._show.hide()
        self._set_running(running=False)

    def _set_running(self, *, running: bool) -> None:
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
        self._mark.setHidden(running)
        self._open.setHidden(running)
        self._close.setHidden(running)

    def _ask_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText("Stopping…")
        self.cancel_asked.emit()

    def _turn_list(self) -> None:
        shown = self._show.isChecked()
        self._failures.setVisible(shown)
        words = count(self._failures.count(), "failure")
        self._show.setText(f"Hide {words}" if shown else f"Show {words}")
