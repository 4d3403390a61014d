"""Everything that is known of one recording."""

import json
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.ui import words
from playhead.ui.labels import PlainLabel, as_tip, plain, wrapped
from playhead.ui.theme import as_panel, monospace

Line = tuple[str, str, str]
"""What it is, how it is shown, what is copied."""


class Inspector(QWidget):
    """The fields of the current recording in words, and the provider's own record."""

    copied = Signal(str)
    """What was put on the clipboard, as a few words for a notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        as_panel(self)
        self._title = PlainLabel(role="heading")
        self._subtitle = PlainLabel(role="dim")
        self._why = QLabel()
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        self._why.setProperty("role", "attention")
        self._tabs = QTabBar()
        self._tabs.addTab("Details")
        self._tabs.addTab("Raw record")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._rule = QFrame()
        self._fields = QWidget()
        self._form = QFormLayout(self._fields)
        self._raw = QPlainTextEdit(readOnly=True)
        self._pages = QStackedWidget()
        self._empty = wrapped("Choose a recording to see everything that is known of it.", role="dim")
        self._build()
        self.clear()

    def show_recording(self, recording: Recording, account: str, now: datetime) -> None:
        """Show all that is known of `recording`; `account` is its account's label."""
        self._title.show_text(words.long_title(recording))
        self._subtitle.show_text(f"{words.PROVIDERS[recording.provider]} · {account}")
        why = words.unplayable(recording)
        self._why.setText(plain(why))
        self._why.setVisible(bool(why))
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, shown, whole in lines(recording, now):
            self._form.addRow(_caption(name), self._value(name, shown, whole))
        self._raw.setPlainText(json.dumps(dict(recording.raw), indent=2, ensure_ascii=False))
        self._tabs.setVisible(True)
        self._rule.setVisible(True)
        self._pages.setCurrentIndex(1 if self._tabs.currentIndex() == 0 else 2)

    def clear(self) -> None:
        """Nothing is chosen."""
        self._title.show_text("")
        self._subtitle.show_text("")
        self._why.hide()
        self._tabs.setVisible(False)
        self._rule.setVisible(False)
        self._pages.setCurrentIndex(0)

    def _build(self) -> None:
        self._form.setContentsMargins(0, 8, 0, 8)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        as_panel(self._fields)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._fields)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._raw.setFont(monospace())
        self._raw.setAccessibleName("The provider’s own record, without links")
        raw = QWidget()
        column = QVBoxLayout(raw)
        column.setContentsMargins(0, 8, 0, 0)
        copy = QPushButton("Copy")
        copy.clicked.connect(lambda: self._copy(self._raw.toPlainText(), "The record"))
        row = QHBoxLayout()
        row.addWidget(PlainLabel("As the provider sent it, links left out", role="small"), 1)
        row.addWidget(copy)
        column.addLayout(row)
        column.addWidget(self._raw)
        nothing = QWidget()
        middle = QVBoxLayout(nothing)
        middle.addWidget(self._empty)
        middle.addStretch(1)
        for page in (nothing, scroll, raw):
            self._pages.addWidget(page)
        self._rule.setProperty("hairline", "true")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 8)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        layout.addWidget(self._why)
        layout.addSpacing(4)
        layout.addWidget(self._tabs)
        layout.addWidget(self._rule)
        layout.addWidget(self._pages, 1)
        self._tabs.currentChanged.connect(lambda tab: self._pages.setCurrentIndex(tab + 1))

    def _value(self, name: str, shown: str, whole: str) -> QLabel:
        label = _Value(shown, whole)
        label.setAccessibleName(f"{name}: {whole}")
        label.copied.connect(lambda: self._copy(whole, name))
        if shown != whole or name in {"Recording", "Call", "Channel", "Conference"}:
            label.setFont(monospace())
        return label

    def _copy(self, text: str, name: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(f"{name} copied.")


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
