"""What opens from the player bar: gain per channel, what plays next, and the sound device."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, Signal, SignalInstance
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

from playhead.ui.look.labels import PlainLabel, as_tip, plain
from playhead.ui.look.theme import Theme

AUTOPLAY: Final = (("off", "Off"), ("listing", "Through the list"), ("selection", "Through the selection"))
REWINDS: Final = ((0.0, "Off"), (1.0, "1 s"), (2.0, "2 s"), (5.0, "5 s"))
LOUDEST: Final = 12
"""Decibels by which a channel can be raised or lowered."""
_FOLLOW: Final = "Follow the system"
_ABSENT: Final = "The chosen one (not there now)"
_WIDTH: Final = 336
_NAME_ROOM: Final = 264
"""Points for the name of a device."""


class PlayerSettings(QFrame):
    """A small window over the player bar, closed by Esc or a click beside it.

    What the program shows by a method is not signalled back, except by `changed`.
    """

    gain_chosen = Signal(float, float)
    """Decibels of the left and the right channel."""
    swap_chosen = Signal(bool)
    mono_chosen = Signal(bool)
    rewind_chosen = Signal(float)
    """Seconds that are heard again after a pause; 0 is none."""
    audition_chosen = Signal(bool)
    autoplay_chosen = Signal(str)
    """`off`, `listing` or `selection`."""
    stop_after_chosen = Signal(bool)
    device_chosen = Signal(str)
    """The id of a device; empty follows the system."""
    changed = Signal()
    """Something is shown that was not, whoever chose it."""

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
        self._swap = _check("Swap channels", self.swap_chosen)
        self._mono = _check("Mono", self.mono_chosen, "Both channels in both ears")
        self._audition = _check(
            "Audition on select", self.audition_chosen, "Play a recording as soon as its row is selected"
        )
        self._stop_after = _check("Stop after this one", self.stop_after_chosen)
        self._stop_after.toggled.connect(self.changed)
        self._autoplay = _choice("Autoplay", "What plays when a recording has ended")
        for name, text in AUTOPLAY:
            self._autoplay.addItem(text, name)
        self._autoplay.activated.connect(self._choose_autoplay)
        self._rewind = _choice("Rewind on resume", "What is heard again after a pause")
        for seconds, text in REWINDS:
            self._rewind.addItem(text, seconds)
        self._rewind.activated.connect(lambda place: self.rewind_chosen.emit(REWINDS[place][0]))
        self._device = _choice("Output device", "Where the sound comes out")
        self._device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._device.activated.connect(lambda: self.device_chosen.emit(self._device.currentData() or ""))
        self._build()
        self._show_decibels()
        self.show_rewind(1.0)
        self.show_devices((), "")

    @property
    def autoplay(self) -> str:
        """What plays after a recording: `off`, `listing` or `selection`."""
        return str(self._autoplay.currentData())

    @property
    def stops_after(self) -> bool:
        """Whether nothing plays after this recording, whatever autoplay says."""
        return self._stop_after.isChecked()

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
        """Whether there are two channels to swap or to join."""
        for box in (self._swap, self._mono):
            box.setEnabled(stereo)

    def show_rewind(self, seconds: float) -> None:
        """What is heard again after a pause, to the nearest that can be chosen."""
        places = range(len(REWINDS))
        self._rewind.setCurrentIndex(min(places, key=lambda place: abs(REWINDS[place][0] - seconds)))

    def show_audition(self, *, on: bool) -> None:
        """Whether a selected row plays."""
        self._audition.setChecked(on)

    def show_autoplay(self, which: str) -> None:
        """What plays after a recording; raises `ValueError` if it is no such thing."""
        place = self._autoplay.findData(which)
        if place < 0:
            raise ValueError(f"{which!r} is none of {', '.join(name for name, _ in AUTOPLAY)}")
        self._autoplay.setCurrentIndex(place)
        self.changed.emit()

    def show_stop_after(self, *, on: bool) -> None:
        """Whether nothing plays after this recording."""
        self._stop_after.setChecked(on)

    def show_devices(self, devices: Sequence[tuple[str, str]], chosen: str) -> None:
        """The devices there are, by id and name, and the chosen one; empty follows the system."""
        self._device.clear()
        self._device.addItem(_FOLLOW, "")
        for identifier, name in devices:
            shown = plain(name) or plain(identifier)
            fitting = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, _NAME_ROOM)
            self._device.addItem(fitting, identifier)
            self._device.setItemData(self._device.count() - 1, as_tip(shown), Qt.ItemDataRole.ToolTipRole)
        if chosen and self._device.findData(chosen) < 0:
            self._device.addItem(_ABSENT, chosen)
        self._device.setCurrentIndex(max(0, self._device.findData(chosen)))

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
        column.addLayout(_side_by_side(self._stop_after, self._audition))
        column.addWidget(_rule())
        column.addLayout(_heading("Output device"))
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
        self._show_decibels()
        left, right = self._gains
        self.gain_chosen.emit(float(left.value()), float(right.value()))

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

    def _choose_autoplay(self) -> None:
        self.changed.emit()
        self.autoplay_chosen.emit(self.autoplay)

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


def _check(text: str, chosen: SignalInstance, hint: str = "") -> QCheckBox:
    box = QCheckBox(text)
    box.setAccessibleName(text)
    box.setToolTip(hint)
    box.clicked.connect(chosen)
    return box


def _choice(name: str, hint: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(hint)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def _heading(text: str, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(PlainLabel(text, role="caption"))
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
        grid.addWidget(PlainLabel(box.accessibleName()), row, 0)
        grid.addWidget(box, row, 1)
    return grid


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("hairline", "true")
    return rule
