"""The fields of a recording in words: the inspector's first page."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget
from typing_extensions import override

from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import WrappedLabel
from playhead.ui.look.theme import as_panel, monospace
from playhead.ui.wording import words

Line = tuple[str, str, str]
"""What it is, how it is shown, what is copied."""

NAMES = (
    *("Started", "Ended", "Duration", "From", "To", "Name", "File", "Kind", "Direction", "Status", "Audio"),
    *("Transcribed", "Origin", "Created", "Created by", "Updated"),
    *("Recording", "Call", "Channel", "Conference"),
)
"""Every field, in the order in which they stand."""
IDS = {"Recording", "Call", "Channel", "Conference"}
COPIED = IDS | {"From", "To", "Name", "File"}
"""What people copy: these have a button for it."""


class Details(QScrollArea):
    """A line for each field that has a value; a double click copies it."""

    copied = Signal(str, str)
    """The text, and what it is."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
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

        self._rows = {name: _Row(name, icons, self.copied) for name in NAMES}
        for name, row in self._rows.items():
            self._form.addRow(_caption(name), row)

    def show_recording(self, recording: Recording, now: datetime) -> None:
        """Show the fields of `recording`."""
        found = {name: (shown, whole) for name, shown, whole in lines(recording, now)}
        for place, (name, row) in enumerate(self._rows.items()):
            row.show_value(*found.get(name, ("", "")))
            self._form.setRowVisible(place, name in found)


class _Row(QWidget):
    """One field's value; a double click copies the whole of it, and so does the button, if it has one."""

    def __init__(self, name: str, icons: Icons, copied: SignalInstance) -> None:
        super().__init__()
        self._name = name
        self._whole = ""
        self._copied = copied
        self._value = _Value()
        self._value.doubly_clicked.connect(self._copy)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._value.setMinimumWidth(40)
        if name in IDS:
            self._value.setFont(monospace())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._value, 1)
        if name in COPIED:
            row.addWidget(self._button(icons), 0, Qt.AlignmentFlag.AlignTop)

    def show_value(self, shown: str, whole: str) -> None:
        """Show a value; `whole` is what is copied."""
        self._whole = whole
        self._value.show_text(shown, whole)
        self._value.setAccessibleName(f"{self._name}: {whole}")

    def _button(self, icons: Icons) -> QToolButton:
        button = tool_button(icons.get("copy", "dim"), "Copy", side=12, width=18)
        button.setAccessibleName(f"Copy: {self._name}")
        button.clicked.connect(self._copy)
        return button

    def _copy(self) -> None:
        self._copied.emit(self._whole, self._name)


class _Value(WrappedLabel):
    doubly_clicked = Signal()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.doubly_clicked.emit()


def lines(recording: Recording, now: datetime) -> list[Line]:
    """Every field that has a value, in the person's words and zone."""

    def when(moment: datetime | None) -> str:
        return words.exact_moment(moment, now) if moment else ""

    def ident(value: str | None) -> Line | None:
        return None if not value else ("", shortened(value, 17), value)

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
        if value and value != ("", "", "")
    ]


def _party(party: Party | None) -> Line | None:
    """Party of a call; copied with the number as the provider wrote it."""
    if party is None:
        return None
    line = party.line if party.line != "pstn" else None
    shown, whole = (
        " · ".join(part for part in (party.name, number, party.country, line) if part)
        or ("anonymous" if party.anonymous else "")
        for number in (words.phone(party), party.address)
    )
    return ("", shown, whole)


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "dim")
    label.setMinimumWidth(72)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
