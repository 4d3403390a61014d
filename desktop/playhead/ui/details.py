"""The fields of a recording in words: the inspector's first page."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QWidget
from typing_extensions import override

from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui import words
from playhead.ui.labels import as_tip, plain
from playhead.ui.theme import as_panel, monospace

Line = tuple[str, str, str]
"""What it is, how it is shown, what is copied."""

IDS = {"Recording", "Call", "Channel", "Conference"}


class Details(QScrollArea):
    """A line for each field that has a value; a double click copies it."""

    copied = Signal(str, str)
    """The text, and what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = QWidget()
        self._form = QFormLayout(self._fields)
        self._form.setContentsMargins(0, 8, 0, 8)
        self._form.setHorizontalSpacing(8)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        as_panel(self._fields)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._fields)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_recording(self, recording: Recording, now: datetime) -> None:
        """Show the fields of `recording`."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, shown, whole in lines(recording, now):
            self._form.addRow(_caption(name), self._value(name, shown, whole))

    def _value(self, name: str, shown: str, whole: str) -> QLabel:
        label = _Value(shown, whole)
        label.setAccessibleName(f"{name}: {whole}")
        label.copied.connect(lambda: self.copied.emit(whole, name))
        if shown != whole or name in IDS:
            label.setFont(monospace())
        return label


class _Value(QLabel):
    """One field's value; a double click copies the whole of it."""

    copied = Signal()

    def __init__(self, shown: str, whole: str) -> None:
        super().__init__(plain(shown))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumWidth(40)
        if shown != whole:
            self.setToolTip(as_tip(whole))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.copied.emit()


def lines(recording: Recording, now: datetime) -> list[Line]:
    """Every field that has a value, in the person's words and zone."""

    def when(moment: datetime | None) -> str:
        return words.exact_moment(moment, now) if moment else ""

    def ident(value: str | None) -> Line | None:
        return None if not value else ("", shortened(value, 20), value)

    sound = [
        recording.format or "",
        "" if recording.stereo is None else "stereo" if recording.stereo else "mono",
        words.size(recording.size) if recording.size is not None else "",
    ]
    found: list[tuple[str, str | Line | None]] = [
        ("Started", when(recording.started)),
        ("Ended", when(recording.ended)),
        ("Duration", words.length(recording.duration) if recording.duration is not None else ""),
        ("From", _party(recording.caller)),
        ("To", _party(recording.callee)),
        ("Name", recording.name or ""),
        ("File", recording.filename or ""),
        ("Kind", recording.kind),
        ("Direction", recording.direction or ""),
        ("Status", recording.status or ""),
        ("Audio", " · ".join(part for part in sound if part)),
        ("Transcribed", "" if recording.transcribed is None else "yes" if recording.transcribed else "no"),
        ("Origin", recording.origin or ""),
        ("Created", when(recording.created)),
        ("Created by", recording.creator or ""),
        ("Updated", when(recording.updated)),
        ("Recording", ident(recording.id)),
        ("Call", ident(recording.call)),
        ("Channel", ident(recording.channel)),
        ("Conference", ident(recording.conference)),
    ]
    return [
        (name, value, value) if isinstance(value, str) else (name, value[1], value[2])
        for name, value in found
        if value
    ]


def _party(party: Party | None) -> str:
    if party is None:
        return ""
    parts = [party.name, words.phone(party), party.country, party.line if party.line != "pstn" else None]
    return " · ".join(part for part in parts if part) or ("anonymous" if party.anonymous else "")


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "dim")
    label.setMinimumWidth(72)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
