"""Preferences: appearance, and how much audio is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playhead.ui.look.labels import PlainLabel, wrapped
from playhead.ui.wording.words import size

APPEARANCES = (("Like the system", "system"), ("Light", "light"), ("Dark", "dark"))
QUIETS = (
    ("−50 dB (very quiet)", -50.0),
    ("−45 dB", -45.0),
    ("−40 dB", -40.0),
    ("−35 dB (some noise)", -35.0),
)
DENSITIES = (("Comfortable", "comfortable"), ("Compact", "compact"))
CHECKS = (
    ("Only when asked", 0.0),
    ("Every minute", 1.0),
    ("Every 5 minutes", 5.0),
    ("Every 15 minutes", 15.0),
    ("Every 30 minutes", 30.0),
)
LEASTS = (("0.3 s", 0.3), ("0.6 s", 0.6), ("1 s", 1.0), ("2 s", 2.0))
LIMITS = (100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000)
"""Bytes of audio that can be kept."""


class PreferencesDialog(QDialog):
    """Everything takes effect at once; to be shown with `open()`."""

    appearance_chosen = Signal(str)
    limit_chosen = Signal(object)
    """Bytes (an int that a 32-bit signal could not carry)."""
    empty_asked = Signal()
    density_chosen = Signal(str)
    """`comfortable` or `compact`."""
    check_chosen = Signal(float)
    """Minutes between two looks for new recordings; 0: only when asked."""
    silence_chosen = Signal(float, float)
    """What counts as silence: decibels below which, and seconds from which on."""

    def __init__(
        self,
        appearance: str,
        *,
        density: str = "comfortable",
        check_every: float = 0.0,
        quiet: float = -45.0,
        least: float = 0.6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle("Preferences")
        self._appearance = QComboBox()
        self._appearance.setObjectName("appearanceBox")
        for text, value in APPEARANCES:
            self._appearance.addItem(text, value)
        self._appearance.setCurrentIndex(max(0, self._appearance.findData(appearance)))
        self._appearance.activated.connect(self._choose_appearance)
        self._density = QComboBox()
        self._density.setObjectName("densityBox")
        for text, value in DENSITIES:
            self._density.addItem(text, value)
        self._density.setCurrentIndex(max(0, self._density.findData(density)))
        self._density.activated.connect(lambda _row: self.density_chosen.emit(self._density.currentData()))
        self._check = _choice("checkBox", CHECKS, check_every)
        self._check.activated.connect(lambda _row: self.check_chosen.emit(self._check.currentData()))
        self._quiet = _choice("quietBox", QUIETS, quiet)
        self._least = _choice("leastBox", LEASTS, least)
        for box in (self._quiet, self._least):
            box.activated.connect(self._choose_silence)
        self._limit = QComboBox()
        self._limit.setObjectName("cacheLimitBox")
        for limit in LIMITS:
            self._limit.addItem(size(limit), limit)
        self._limit.activated.connect(self._choose_limit)
        self._used = wrapped(role="dim")
        self._empty = QPushButton("Empty")
        self._empty.setObjectName("emptyCacheButton")
        self._empty.clicked.connect(self.empty_asked)
        close = QPushButton("Close")
        close.setProperty("primary", "true")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(PlainLabel("Preferences", role="heading"))
        column.addLayout(_row("&Appearance", self._appearance))
        column.addLayout(_row("&Rows of the table", self._density))
        column.addLayout(_row("Look for &new ones", self._check))
        column.addLayout(_row("&Silence is below", self._quiet))
        column.addLayout(_row("… for at &least", self._least))
        column.addLayout(_row("&Keep audio up to", self._limit, self._empty))
        column.addWidget(self._used)
        column.addSpacing(8)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(close)
        column.addLayout(end)
        self.setMinimumWidth(440)

    def show_usage(self, used: int, limit: int) -> None:
        """Say how much audio is kept (bytes), and how much may be."""
        self._used.show_text(
            f"{size(used)} of audio are kept, encrypted, so that it need not be fetched again. "
            "The oldest goes when there is no room."
        )
        self._empty.setEnabled(used > 0)
        nearest = min(range(len(LIMITS)), key=lambda place: abs(LIMITS[place] - limit))
        self._limit.setCurrentIndex(nearest)

    def _choose_appearance(self) -> None:
        self.appearance_chosen.emit(self._appearance.currentData())

    def _choose_silence(self) -> None:
        self.silence_chosen.emit(self._quiet.currentData(), self._least.currentData())

    def _choose_limit(self) -> None:
        self.limit_chosen.emit(self._limit.currentData())


def _choice(name: str, choices: Sequence[tuple[str, float]], chosen: float) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(min(range(len(choices)), key=lambda place: abs(choices[place][1] - chosen)))
    return box


def _row(text: str, field: QWidget, *more: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    label = QLabel(text)
    label.setBuddy(field)
    label.setMinimumWidth(140)
    row.addWidget(label)
    row.addWidget(field, 1)
    for widget in more:
        row.addWidget(widget)
    return row
