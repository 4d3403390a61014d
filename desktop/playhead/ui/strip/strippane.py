"""Pane of the strip: what it says, its legend, and one of its two pictures."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.timeline.timeline import Split
from playhead.ui.look.buttons import MenuButton
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from playhead.ui.strip.striplegend import StripLegend
from playhead.ui.strip.timestrip import TimeStrip
from playhead.ui.strip.weekpicture import WeekPicture
from playhead.ui.wording import stripwords


class StripPane(QWidget):
    """Shows when recordings were: bars along the time, or the hours of the week."""

    revealed = Signal()
    """It can be seen now, and was not before; or its other picture can."""
    split_chosen = Signal(object)
    """The `Split` by which bars are to be told apart."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.strip = TimeStrip(theme)
        self.week = WeekPicture(theme)
        self.legend = StripLegend(theme)
        self.sentence = PlainLabel(role="dim")
        self.sentence.setObjectName("stripSentence")
        self.split = Split.KIND
        """Property that parts of bars are told apart by."""
        self._choices = QActionGroup(self)
        self._button = MenuButton(icons, "Colours of the bars", stripwords.SPLITS[Split.KIND])
        self._button.setObjectName("stripSplitButton")
        self._button.setProperty("framed", "false")
        self.turner = tool_button(icons.get("clock", "dim"), "Hours of the week")
        """Button that turns to the other picture."""
        self.turner.setCheckable(True)
        self._pictures = QStackedWidget()
        self._build()
        self.show_split(Split.KIND)

    @property
    def weekly(self) -> bool:
        """True while the hours of the week are shown."""
        return self._pictures.currentWidget() is self.week

    @property
    def picture(self) -> TimeStrip | WeekPicture:
        """The picture that is shown."""
        return self.week if self.weekly else self.strip

    def turn(self) -> None:
        """Show the other picture; the keyboard goes with it."""
        self.show_picture(weekly=not self.weekly)

    def show_picture(self, *, weekly: bool) -> None:
        """Show one of the pictures."""
        focused = self.picture.hasFocus()
        self._pictures.setCurrentWidget(self.week if weekly else self.strip)
        self.turner.setChecked(weekly)
        self._button.setVisible(not weekly)
        if focused:
            self.picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self.revealed.emit()

    def show_split(self, split: Split) -> None:
        """Show what bars are told apart by; nobody is told."""
        self.split = split
        words = stripwords.SPLITS[split]
        self._button.setText(words)
        self._button.setAccessibleName(f"Colours of the bars: {words.lower()}")
        for each in self._choices.actions():
            each.setChecked(each.data() == split.value)

    def next_split(self) -> None:
        """Choose the property after the one that bars are told apart by."""
        every = list(Split)
        self._choose(every[(every.index(self.split) + 1) % len(every)])

    def say(self, text: str, spoken: str) -> None:
        """Say what is seen, and for a screen reader the same with all names written out."""
        self.sentence.show_text(text)
        # Of the other picture nobody asks, and a screen reader is told of every change.
        if self.picture.accessibleDescription() != spoken:
            self.picture.setAccessibleDescription(spoken)

    def _choose(self, split: Split, _checked: object = None) -> None:
        self.show_split(split)
        self.split_chosen.emit(split)

    def _build(self) -> None:
        for split, words in stripwords.SPLITS.items():
            action = QAction(words, self._choices, checkable=True)
            action.setData(split.value)
            action.triggered.connect(partial(self._choose, split))
            self._button.menu_shown.addAction(action)
        for each in (self.strip, self.week):
            self._pictures.addWidget(each)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.sentence)
        line.addWidget(self.legend, 1)
        line.addWidget(self._button)
        line.addWidget(self.turner)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 8, 2)
        column.setSpacing(2)
        column.addWidget(self._pictures)
        # Above the picture, but for who comes by key behind it.
        column.insertLayout(0, line)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.revealed.emit()
