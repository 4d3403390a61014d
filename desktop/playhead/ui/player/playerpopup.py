"""Window over the player bar: gain per channel, autoplay, and the sound device."""

from collections.abc import Sequence
from dataclasses import replace
from math import log10
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.playbacksettings import Autoplay, Device, PlaybackSettings
from playhead.ui.look.controls import DropDown
from playhead.ui.look.labels import PlainLabel, as_tip, plain
from playhead.ui.look.theme import Theme

AUTOPLAY: Final = {
    Autoplay.OFF: "Off",
    Autoplay.LISTING: "Through the list",
    Autoplay.SELECTION: "Through the selection",
}
REWINDS: Final = {0.0: "Off", 1.0: "1 s", 2.0: "2 s", 5.0: "5 s"}
LOUDEST: Final = 12
"""Decibels by which a channel can be raised or lowered."""
_FOLLOW: Final = "Follow the system"
_ABSENT: Final = "The chosen one (not there now)"
_WIDTH: Final = 336
_NAME_ROOM: Final = 264
"""Points for the name of a device."""


class PlayerPopup(QFrame):
    """A small window over the player bar, closed by Esc or a click beside it.

    Shown settings are not signalled back.
    """

    changed = Signal(object)
    """PlaybackSettings that the person wants."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setObjectName("playerSettings")
        self.setAccessibleName("Player settings")
        self.setFixedWidth(_WIDTH)
        # A click on the button that opened it closes it, and must not open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self._gains = tuple(_GainSlider(theme, name) for name in ("Left", "Right"))
        self._decibels = tuple(QLabel() for _ in self._gains)
        self._reset = QPushButton("Reset")
        self._reset.setProperty("link", "true")
        self._reset.setAccessibleName("Reset both gains")
        self._reset.clicked.connect(self._reset_gains)
        self._settings = PlaybackSettings()
        self._devices: Sequence[Device] = ()
        self._swap = _check("Swap channels")
        self._swap.clicked.connect(lambda on: self.changed.emit(replace(self._settings, swap=on)))
        self._mono = _check("Mono", "Both channels in both ears")
        self._mono.clicked.connect(lambda on: self.changed.emit(replace(self._settings, mono=on)))
        self._stop_after = _check("Stop after this one")
        self._stop_after.clicked.connect(lambda on: self.changed.emit(replace(self._settings, stop_after=on)))
        self._autoplay = _choice("Autoplay", "What plays when a recording has ended")
        for which, text in AUTOPLAY.items():
            self._autoplay.addItem(text, which.value)
        self._autoplay.activated.connect(self._choose_autoplay)
        self._rewind = _choice("Rewind on resume", "What is heard again after a pause")
        for seconds, text in REWINDS.items():
            self._rewind.addItem(text, seconds)
        self._rewind.activated.connect(self._choose_rewind)
        self._device = _choice("Output device", "Where the sound comes out")
        self._device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._device.activated.connect(self._choose_device)
        self._build()
        self._list_devices()
        self.show_settings(self._settings)

    def open_above(self, corner: QPoint) -> None:
        """Appear with the lower right corner at a place of the screen, or as near as there is room."""
        self.adjustSize()
        place = QRect(corner - QPoint(self.width(), self.height()), self.size())
        room = self.screen().availableGeometry().adjusted(8, 8, -8, -8)
        place.moveLeft(max(room.left(), min(place.left(), room.right() - place.width())))
        place.moveTop(max(room.top(), min(place.top(), room.bottom() - place.height())))
        self.move(place.topLeft())
        self.show()
        self._gains[0].setFocus(Qt.FocusReason.PopupFocusReason)

    # ---------------------------------------------------------------------------------- what is shown

    def show_stereo(self, *, stereo: bool) -> None:
        """Offer to swap and to join two channels, if there are two."""
        for box in (self._swap, self._mono):
            box.setEnabled(stereo)

    def show_settings(self, settings: PlaybackSettings) -> None:
        """Show what is chosen; seconds of rewinding to the nearest that can be."""
        before, self._settings = self._settings, settings
        for slider, gain in zip(self._gains, (settings.left, settings.right), strict=True):
            with QSignalBlocker(slider):
                slider.setValue(round(20 * log10(gain)) if gain > 0 else -LOUDEST)
        self._show_decibels()
        self._swap.setChecked(settings.swap)
        self._mono.setChecked(settings.mono)
        self._stop_after.setChecked(settings.stop_after)
        self._autoplay.setCurrentIndex(list(AUTOPLAY).index(settings.autoplay))
        nearest = min(REWINDS, key=lambda seconds: abs(seconds - settings.rewind))
        self._rewind.setCurrentIndex(list(REWINDS).index(nearest))
        if settings.device != before.device:
            self._list_devices()

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Offer the devices that there are."""
        self._devices = devices
        self._list_devices()

    # ------------------------------------------------------------------------------------- its parts

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        column.addLayout(_heading("Channels", self._reset))
        column.addLayout(self._make_gains())
        column.addLayout(_side_by_side(self._swap, self._mono))
        column.addWidget(_rule())
        column.addLayout(_heading("Playing"))
        column.addLayout(_form((self._autoplay, self._rewind)))
        column.addWidget(self._stop_after)
        column.addWidget(_rule())
        column.addLayout(_heading("Output device", of=self._device))
        column.addWidget(self._device)

    def _make_gains(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (slider, decibels) in enumerate(zip(self._gains, self._decibels, strict=True)):
            grid.addWidget(PlainLabel(slider.channel), row, 0)
            grid.addWidget(slider, row, 1)
            decibels.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            decibels.setProperty("role", "dim")
            decibels.setMinimumWidth(44)
            grid.addWidget(decibels, row, 2)
            slider.valueChanged.connect(self._choose_gain)
        return grid

    # -------------------------------------------------------------------------------------- its ways

    def _choose_gain(self) -> None:
        left, right = (10 ** (slider.value() / 20) for slider in self._gains)
        self.changed.emit(replace(self._settings, left=left, right=right))

    def _choose_autoplay(self, place: int) -> None:
        self.changed.emit(replace(self._settings, autoplay=list(AUTOPLAY)[place]))

    def _choose_rewind(self, place: int) -> None:
        self.changed.emit(replace(self._settings, rewind=list(REWINDS)[place]))

    def _choose_device(self) -> None:
        self.changed.emit(replace(self._settings, device=self._device.currentData() or ""))

    def _reset_gains(self) -> None:
        # The button is about to be disabled, and the keyboard must not fall out of the window with it.
        self._gains[0].setFocus()
        for slider in self._gains:
            with QSignalBlocker(slider):
                slider.setValue(0)
        self._choose_gain()

    def _show_decibels(self) -> None:
        for slider, label in zip(self._gains, self._decibels, strict=True):
            label.setText(_decibels(slider.value()))
            slider.setAccessibleDescription(_decibels(slider.value()))
        self._reset.setEnabled(any(slider.value() for slider in self._gains))

    def _list_devices(self) -> None:
        chosen = self._settings.device
        self._device.clear()
        self._device.addItem(_FOLLOW, "")
        for device in self._devices:
            shown = plain(device.name) or plain(device.id)
            fitting = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, _NAME_ROOM)
            self._device.addItem(fitting, device.id)
            self._device.setItemData(self._device.count() - 1, as_tip(shown), Qt.ItemDataRole.ToolTipRole)
        if chosen and self._device.findData(chosen) < 0:
            self._device.addItem(_ABSENT, chosen)
        self._device.setCurrentIndex(max(0, self._device.findData(chosen)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self._theme.palette.edge)
            painter.setBrush(self._theme.palette.ground)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _GainSlider(QSlider):
    """A slider around a middle, which is marked."""

    def __init__(self, theme: Theme, channel: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.channel = channel
        self._theme = theme
        self.setRange(-LOUDEST, LOUDEST)
        self.setPageStep(3)
        self.setAccessibleName(f"{channel} channel gain")
        self.setToolTip(f"{channel} channel, −{LOUDEST} to +{LOUDEST} dB")
        # It grows from the middle: a colour from the left end on would say something else.
        self.setStyleSheet("QSlider::sub-page:horizontal { background: palette(mid); }")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        middle = self.rect().center()
        with QPainter(self) as painter:
            painter.fillRect(QRect(middle.x(), middle.y() - 5, 1, 11), self._theme.palette.dim)
        super().paintEvent(event)


def _decibels(value: int) -> str:
    return f"+{value} dB" if value > 0 else f"−{-value} dB" if value < 0 else "0 dB"


def _check(text: str, hint: str = "") -> QCheckBox:
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setToolTip(hint)
    return box


def _choice(name: str, hint: str) -> QComboBox:
    box = DropDown()
    box.setAccessibleName(name)
    box.setToolTip(hint)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def _heading(text: str, *widgets: QWidget, of: QWidget | None = None) -> QHBoxLayout:
    line = QHBoxLayout()
    label = PlainLabel(text, role="caption")
    if of is not None:
        label.setBuddy(of)
    line.addWidget(label)
    line.addStretch(1)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    for widget in widgets:
        line.addWidget(widget, 1)
    return line


def _form(boxes: Sequence[QComboBox]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 124)
    grid.setColumnStretch(1, 1)
    for row, box in enumerate(boxes):
        label = PlainLabel(box.accessibleName())
        label.setBuddy(box)
        grid.addWidget(label, row, 0)
        grid.addWidget(box, row, 1)
    return grid


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("hairline", "true")
    return rule
