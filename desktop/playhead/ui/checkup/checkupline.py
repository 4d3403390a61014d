"""Line of a checkup among the transfers: how far it is, and buttons to pause, stop and look at it."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from playhead.core.figures import number
from playhead.core.health.checkupstates import Checked, CheckupProgress, Hold
from playhead.ui.look.announcing import announce, spoken
from playhead.ui.look.controls import call, tool_button
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.wording.checkupwords import how_far_checked

_STEPS: Final = 1000
_TITLE: Final = "Health of recordings"
_BY_ITSELF: Final = frozenset({Hold.PLAYING, Hold.EXPORT})
"""Pauses that come and go all day, and that nobody has to be told of."""


class CheckupAct(Enum):
    """Act that the person asks for on a checkup."""

    PAUSE = auto()
    GO_ON = auto()
    STOP = auto()
    RETRY = auto()
    """Try again what could not be fetched."""
    SHOW = auto()
    """Show the worst of what was measured."""
    DISMISS = auto()


class CheckupLine(QWidget):
    """Says how a checkup goes; a screen reader hears when it begins, pauses, goes on and ends."""

    acted = Signal(object)
    """The `CheckupAct` that is asked for."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("checkupLine")
        self._icons = icons
        self._held: Hold | None = None
        self._running = False
        self._mark = IconLabel(icons.get("level", "accent"))
        self._sentence = PlainLabel(role="small")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the check")
        self._retry = self._link("", "retryCheckupButton", CheckupAct.RETRY)
        self._show = self._link("Worst first", "worstFirstButton", CheckupAct.SHOW)
        self._show.setToolTip("Sort the recordings by their health, the worst first")
        self._pause = self._tool("pause", "Pause the check", "pauseCheckupButton")
        self._pause.clicked.connect(self._turn)
        self._stop = self._tool("stop", "Stop the check", "stopCheckupButton")
        self._stop.clicked.connect(lambda: self.acted.emit(CheckupAct.STOP))
        self._dismiss = self._tool("clear", "Dismiss", "dismissCheckupButton")
        self._dismiss.clicked.connect(lambda: self.acted.emit(CheckupAct.DISMISS))
        self.stops: tuple[QWidget, ...] = (self._retry, self._show, self._pause, self._stop, self._dismiss)
        """Where Tab stops, in order."""
        self._lay_out()
        self.setAccessibleName(_TITLE)
        self._offer(running=True)

    @property
    def sentence(self) -> str:
        """Sentence that it shows."""
        return self._sentence.whole

    def show_adding(self, sentence: str) -> None:
        """Recordings are being put on its list, or loaded before that; that can be stopped, not paused."""
        self._say(sentence)
        self._bar.setValue(0)
        self._offer(running=True)
        self._pause.hide()

    def show_begun(self, sentence: str) -> None:
        """It begins, or goes on as after a restart, which `sentence` says; nothing is said if it is empty."""
        self._running, self._held = True, None
        self._offer(running=True)
        announce(self, sentence)

    def show_progress(self, progress: CheckupProgress) -> None:
        """It runs, or waits as `progress.held` says."""
        self._bar.setValue(round(progress.done / progress.total * _STEPS) if progress.total else 0)
        self._say(how_far_checked(progress))
        before, self._held = self._held, progress.held
        if self._running and before is not progress.held:
            self._offer(running=True)
            self._announce(before)

    def show_end(self, sentence: str, progress: CheckupProgress, *, trouble: bool) -> None:
        """It has ended, as `sentence` says; with `trouble` it needs a look."""
        self._running, self._held = False, None
        self._say(sentence)
        failed = progress.outcomes.get(Checked.FAILED, 0)
        self._retry.setText(f"Retry {number(failed)} failed")
        self._offer(running=False, failed=failed > 0, trouble=trouble or failed > 0)
        announce(self, f"Check of health ended: {spoken(sentence)}")

    def _say(self, sentence: str) -> None:
        self._sentence.show_text(sentence)
        self.setAccessibleDescription(self._sentence.whole)

    def _announce(self, before: Hold | None) -> None:
        if self._held is not None and self._held not in _BY_ITSELF:
            announce(self, f"Check of health paused: {spoken(self.sentence)}")
        elif self._held is None and before is not None and before not in _BY_ITSELF:
            announce(self, "Check of health goes on")

    def _offer(self, *, running: bool, failed: bool = False, trouble: bool = False) -> None:
        """Show the buttons that are of use now."""
        paused = self._held is not None and self._held not in _BY_ITSELF
        if not running:
            mark = ("warning", "attention") if trouble else ("check", "good")
        else:
            mark = ("pause", "attention") if paused else ("level", "accent")
        self._mark.show_icon(self._icons.get(*mark))
        self._bar.setVisible(running)
        self._retry.setVisible(failed)
        self._pause.setVisible(running)
        self._pause.setIcon(self._icons.get("play" if paused else "pause"))
        call(self._pause, "Go on" if paused else "Pause the check")
        self._stop.setVisible(running)
        self._dismiss.setVisible(not running)

    def _turn(self) -> None:
        paused = self._held is not None and self._held not in _BY_ITSELF
        self.acted.emit(CheckupAct.GO_ON if paused else CheckupAct.PAUSE)

    def _link(self, text: str, object_name: str, act: CheckupAct) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(object_name)
        button.setProperty("link", "true")
        button.clicked.connect(lambda: self.acted.emit(act))
        return button

    def _tool(self, icon: str, name: str, object_name: str) -> QToolButton:
        button = tool_button(self._icons.get(icon), name)
        button.setObjectName(object_name)
        return button

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(1)
        texts.addWidget(PlainLabel(_TITLE, role="title"))
        texts.addWidget(self._sentence)
        texts.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(34, 5, 8, 5)
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addLayout(texts, 1)
        for button in self.stops:
            line.addWidget(button)
