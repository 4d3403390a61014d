"""Dialog of the preferences."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from playhead.core.preferences import Appearance, Density, HealthChecking, MenuBarChoice, Preferences
from playhead.ui.look.controls import DropDown
from playhead.ui.look.dialogs import DialogLayout
from playhead.ui.look.labels import wrapped
from playhead.ui.shell.keyspage import KeysPage
from playhead.ui.shell.limitspage import LimitsPage
from playhead.ui.wording.words import BY_ADMINISTRATOR, size

_SIZE = QSize(620, 540)
_KEYS = "Keys"
APPEARANCES = (
    ("Like the system", Appearance.SYSTEM),
    ("Light", Appearance.LIGHT),
    ("Dark", Appearance.DARK),
    ("Light, high contrast", Appearance.LIGHT_CONTRAST),
    ("Dark, high contrast", Appearance.DARK_CONTRAST),
)
QUIETS = (
    ("−50 dB (very quiet)", -50.0),
    ("−45 dB", -45.0),
    ("−40 dB", -40.0),
    ("−35 dB (some noise)", -35.0),
)
MENU_BARS = (
    ("As usual on this system", MenuBarChoice.SYSTEM),
    ("Always there", MenuBarChoice.SHOWN),
    ("Hidden until Alt", MenuBarChoice.UNTIL_ALT),
)
DENSITIES = tuple((each.capitalize(), each) for each in Density)
CHECKS = (
    ("Only when asked", 0.0),
    ("Every minute", 1.0),
    ("Every 5 minutes", 5.0),
    ("Every 15 minutes", 15.0),
    ("Every 30 minutes", 30.0),
)
CHECKINGS = (
    ("Only when asked", HealthChecking.ASKED),
    ("Every new recording too", HealthChecking.NEW),
    ("Never", HealthChecking.NEVER),
)
RATES = (
    ("250 KB a second", 250_000.0),
    ("500 KB a second", 500_000.0),
    ("1 MB a second", 1_000_000.0),
    ("2 MB a second", 2_000_000.0),
    ("5 MB a second", 5_000_000.0),
    ("As fast as it comes", 0.0),
)
"""Bytes a second that a check may fetch."""
LEASTS = (("0.3 s", 0.3), ("0.6 s", 0.6), ("1 s", 1.0), ("2 s", 2.0))
SPEECH_LIMITS = (100_000_000, 500_000_000, 1_000_000_000, 4_000_000_000, 20_000_000_000)
LIMITS = (100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000)
"""Bytes of audio that can be kept."""


class PreferencesDialog(QDialog):
    """Everything takes effect at once; to be shown with `open()`."""

    changed = Signal(object)
    """Preferences with another choice in them, but for the limit."""
    limit_chosen = Signal(object)
    """Bytes (an int that a 32-bit signal could not carry)."""
    empty_asked = Signal()
    """The audio is to be thrown away."""
    empty_transcripts_asked = Signal()

    def __init__(self, preferences: Preferences, keys: KeysPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setObjectName("preferencesDialog")
        self.setWindowTitle("Preferences")
        self._appearance = _choice("appearanceBox", APPEARANCES)
        self._appearance.setCurrentIndex(max(0, self._appearance.findData(preferences.theme)))
        self._appearance.activated.connect(
            lambda: self._change(theme=Appearance(self._appearance.currentData()))
        )
        self._density = _choice("densityBox", DENSITIES)
        self._density.setCurrentIndex(max(0, self._density.findData(preferences.density)))
        self._density.activated.connect(lambda: self._change(density=Density(self._density.currentData())))
        self._menu_bar = _choice("menuBarBox", MENU_BARS)
        self._menu_bar.setCurrentIndex(max(0, self._menu_bar.findData(preferences.menu_bar)))
        self._menu_bar.activated.connect(
            lambda: self._change(menu_bar=MenuBarChoice(self._menu_bar.currentData()))
        )
        self._check = _choice("checkBox", CHECKS)
        _show_nearest(self._check, preferences.check_every)
        self._check.activated.connect(lambda: self._change(check_every=self._check.currentData()))
        self._quiet = _choice("quietBox", QUIETS)
        _show_nearest(self._quiet, preferences.playback.quiet)
        self._least = _choice("leastBox", LEASTS)
        _show_nearest(self._least, preferences.playback.least)
        for box in (self._quiet, self._least):
            box.activated.connect(self._choose_silence)
        self._limit = _choice("cacheLimitBox", [(size(limit), limit) for limit in LIMITS])
        self._limit.activated.connect(lambda: self.limit_chosen.emit(self._limit.currentData()))
        self._speech = _choice("transcriptLimitBox", [(size(limit), limit) for limit in SPEECH_LIMITS])
        _show_nearest(self._speech, preferences.transcript_limit)
        self._speech.activated.connect(
            lambda: self._change(transcript_limit=float(self._speech.currentData()))
        )
        self._used = wrapped(role="dim")
        self._empty = _emptying("emptyCacheButton", "Throw away the audio that is kept")
        self._empty.clicked.connect(self.empty_asked)
        self._empty_speech = _emptying("emptyTranscriptsButton", "Throw away the transcripts that are kept")
        self._empty_speech.clicked.connect(self.empty_transcripts_asked)
        self.limits = LimitsPage(preferences.health_limits)
        """The page of the limits of health."""
        self.limits.changed.connect(lambda limits: self._change(health_limits=limits))
        self._tabs, self._pages = QTabBar(), QStackedWidget()
        self._tabs.setObjectName("preferencesTabs")
        self._tabs.setAccessibleName("Pages of the preferences")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        # Not before: Qt styles a page anew whenever it gets another place.
        for name, page in (("General", self._general()), ("Health", self.limits), (_KEYS, keys)):
            self._tabs.addTab(name)
            self._pages.addWidget(page)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        DialogLayout(self, body, self._foot(), width=_SIZE.width(), height=_SIZE.height())

    def show_keys(self) -> None:
        """Turn to the page of the keys."""
        names = [self._tabs.tabText(place) for place in range(self._tabs.count())]
        self._tabs.setCurrentIndex(names.index(_KEYS))

    def _foot(self) -> QWidget:
        close = QPushButton("Close")
        close.setProperty("primary", "true")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QWidget()
        end = QHBoxLayout(foot)
        end.setContentsMargins(24, 8, 24, 20)
        end.addStretch(1)
        end.addWidget(close)
        return foot

    def _general(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(_row("&Appearance", self._appearance))
        column.addLayout(_row("&Menu bar", self._menu_bar))
        column.addLayout(_row("&Rows of the table", self._density))
        column.addLayout(_row("Look for &new ones", self._check))
        self._add_checkup(column)
        column.addLayout(_row("&Silence is below", self._quiet))
        column.addLayout(_row("… for at &least", self._least))
        column.addLayout(_row("&Keep audio up to", self._limit, self._empty))
        column.addLayout(_row("… &transcripts up to", self._speech, self._empty_speech))
        column.addWidget(self._used)
        column.addStretch(1)
        self._lock(self._preferences.locked)
        return page

    def _add_checkup(self, column: QVBoxLayout) -> None:
        """Add what is checked without being played, and how fast it is fetched."""
        checking = self._checking = _choice("checkingBox", CHECKINGS)
        rate = self._rate = _choice("checkRateBox", RATES)
        checking.setCurrentIndex(max(0, checking.findData(self._preferences.checking)))
        checking.activated.connect(lambda: self._change(checking=HealthChecking(checking.currentData())))
        _show_nearest(rate, self._preferences.check_rate)
        rate.activated.connect(lambda: self._change(check_rate=rate.currentData()))
        column.addLayout(_row("Check &health", checking))
        column.addLayout(_row("… fetching at m&ost", rate))

    def show_usage(self, used: int, limit: int, transcripts: int) -> None:
        """Say how much audio is kept (bytes), how much may be, and how much of transcripts is kept."""
        self._used.show_text(
            f"{size(used)} of audio and {size(transcripts)} of transcripts are kept, encrypted, so that they "
            "need not be fetched again. The oldest go when there is no room."
        )
        self._empty.setEnabled(used > 0)
        self._empty_speech.setEnabled(transcripts > 0)
        _show_nearest(self._limit, limit)

    def _lock(self, locked: frozenset[str]) -> None:
        """Show as they are those that the administrator has locked."""
        boxes: dict[str, QWidget] = {
            "health_limits": self.limits,
            "theme": self._appearance,
            "density": self._density,
            "menu_bar": self._menu_bar,
            "check_every": self._check,
            "checking": self._checking,
            "check_rate": self._rate,
            "quiet": self._quiet,
            "least": self._least,
            "media_limit": self._limit,
            "transcript_limit": self._speech,
        }
        for name in locked & boxes.keys():
            boxes[name].setEnabled(False)
            boxes[name].setToolTip(BY_ADMINISTRATOR)
            boxes[name].setAccessibleDescription(BY_ADMINISTRATOR)

    def _change(self, **changes: Any) -> None:
        self._preferences = replace(self._preferences, **changes)
        self.changed.emit(self._preferences)

    def _choose_silence(self) -> None:
        quiet, least = self._quiet.currentData(), self._least.currentData()
        self._change(playback=replace(self._preferences.playback, quiet=quiet, least=least))


def _choice(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    box = DropDown()
    box.setObjectName(name)
    for text, value in choices:
        box.addItem(text, value)
    return box


def _emptying(name: str, meaning: str) -> QPushButton:
    button = QPushButton("Empty")
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.setToolTip(meaning)
    button.setAccessibleDescription(meaning)
    return button


def _show_nearest(box: QComboBox, value: float) -> None:
    box.setCurrentIndex(min(range(box.count()), key=lambda place: abs(box.itemData(place) - value)))


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
