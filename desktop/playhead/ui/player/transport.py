"""The left side of the player bar: what plays, previous, play and next, and the time."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from playhead.core.figures import clock
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import restyle
from playhead.ui.shell.actions import NEXT, PLAY, PREVIOUS, SHOW_PLAYING, Action
from playhead.ui.wording.words import spoken_time

_WIDTH: Final = 200
_RECORDING_TIME: Final = "The time in the recording: skipped silence counts in it"


class Transport(QWidget):
    """Shows title, remark and time of what plays; signals what its buttons are pressed for."""

    toggled = Signal()
    previous = Signal()
    next = Signal()
    find_playing_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._subtitle_text = ""
        self._shown = ""
        """The time that is shown."""
        self.setFixedWidth(_WIDTH)
        self._title = PlainLabel(role="title")
        self._subtitle = PlainLabel(role="small")
        self._position = QLabel()
        self._position.setProperty("role", "title")
        self._position.setAccessibleName("Time played")
        self._duration = QLabel()
        self._duration.setProperty("role", "dim")
        self._duration.setAccessibleName("Length")
        self._play = QToolButton()
        self._play.setObjectName("playButton")
        self._play.setProperty("round", "true")
        self._play.setIconSize(QSize(20, 20))
        self._play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play.clicked.connect(self.toggled)
        self._find = tool_button(icons.get("target"), "Show the playing row", width=24)
        self._find.clicked.connect(self.find_playing_asked)
        kept = self._find.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._find.setSizePolicy(kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addStretch(1)
        column.addLayout(self._make_buttons())
        column.addStretch(1)
        column.addLayout(self._make_times())
        self.show_nothing()
        self.show_busy(busy=False)

    def show_recording(self, title: str, subtitle: str) -> None:
        """Another recording plays."""
        self._title.show_text(title)
        self._subtitle_text = subtitle
        self._find.show()
        self.show_remark("")

    def show_nothing(self) -> None:
        """Nothing plays."""
        for label in (self._title, self._subtitle):
            label.show_text("")
        self._shown = ""
        for number in (self._position, self._duration):
            number.setText("")
        # Alone in an empty corner it would only be a riddle.
        self._find.hide()

    def show_remark(self, sentence: str) -> None:
        """Say what is wrong in place of the subtitle; nothing if it is empty."""
        self._subtitle.show_text(sentence or self._subtitle_text)
        role = "attention" if sentence else "small"
        if self._subtitle.property("role") != role:
            restyle(self._subtitle, "role", role)

    def show_busy(self, *, busy: bool) -> None:
        """Let the button in the middle pause, or play."""
        self._play.setIcon(self._icons.get("pause" if busy else "play", "on_accent"))
        self._play.setAccessibleName("Pause" if busy else "Play")
        self._play.setToolTip("Pause" if busy else "Play")

    def show_position(self, seconds: float) -> None:
        """Show the second that is heard; cheap enough for every tick."""
        text = clock(seconds)
        if text != self._shown:
            self._shown = text
            # The waveform tells a screen reader the time: this label has one name, whatever it shows.
            self._position.setText(text)

    def show_duration(self, seconds: float) -> None:
        """Show the length of the recording; 0 while nobody knows."""
        self._duration.setText(f"/ {clock(seconds)}" if seconds > 0 else "")
        self._duration.setAccessibleName(f"Length {spoken_time(seconds)}" if seconds > 0 else "Length")

    def show_skipping(self, *, on: bool) -> None:
        """Explain the time while silence is skipped, as it runs faster than the clock on the wall then."""
        for label in (self._position, self._duration):
            label.setToolTip(_RECORDING_TIME if on else "")

    @property
    def keyed(self) -> Sequence[tuple[QWidget, tuple[Action, ...]]]:
        """The buttons, and the actions that do the same by key."""
        return (
            (self._play, (PLAY,)),
            (self._before, (PREVIOUS,)),
            (self._after, (NEXT,)),
            (self._find, (SHOW_PLAYING,)),
        )

    def _make_buttons(self) -> QHBoxLayout:
        self._before = tool_button(self._icons.get("previous"), "Previous recording", side=18, width=32)
        self._before.clicked.connect(self.previous)
        self._after = tool_button(self._icons.get("next"), "Next recording", side=18, width=32)
        self._after.clicked.connect(self.next)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for widget in (self._before, self._play, self._after):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        return buttons

    def _make_times(self) -> QHBoxLayout:
        times = QHBoxLayout()
        times.setSpacing(4)
        times.addWidget(self._position)
        times.addWidget(self._duration)
        times.addStretch(1)
        times.addWidget(self._find)
        return times
