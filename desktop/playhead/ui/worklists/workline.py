"""Line of long work among the transfers: how far it is, and buttons to pause, stop and look at it."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from playhead.core.figures import number
from playhead.core.worklists.workstates import FAILED, Hold, WorkProgress
from playhead.ui.look.announcing import announce, spoken
from playhead.ui.look.controls import call, tool_button
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.wording.workwords import WorkWords

_STEPS: Final = 1000
_BY_ITSELF: Final = frozenset({Hold.PLAYING, Hold.EXPORT})
"""Pauses that come and go all day, and that nobody has to be told of."""


class WorkAct(Enum):
    """Act that the person asks for on long work."""

    PAUSE = auto()
    GO_ON = auto()
    STOP = auto()
    RETRY = auto()
    """Try again what could not be fetched."""
    SHOW = auto()
    """Show what came of it."""
    DISMISS = auto()


class WorkLine(QWidget):
    """Says how it goes; a screen reader hears when it begins, pauses, goes on and ends."""

    acted = Signal(object)
    """The `WorkAct` that is asked for."""

    def __init__(self, words: WorkWords, icons: Icons) -> None:
        super().__init__()
        self.setObjectName(f"{words.name}Line")
        self._words = words
        self._icons = icons
        self._held: Hold | None = None
        self._running = False
        self._mark = IconLabel(icons.get(words.icon, "accent"))
        self._sentence = PlainLabel(role="small")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(f"Progress of the {words.noun}")
        self._retry = self._link("", f"retry{words.name.capitalize()}Button", WorkAct.RETRY)
        self._show = self._link(words.show, f"show{words.name.capitalize()}Button", WorkAct.SHOW)
        self._show.setToolTip(words.show_tip)
        self._pause = self._tool("pause", f"Pause the {words.noun}", f"pause{words.name.capitalize()}Button")
        self._pause.clicked.connect(self._turn)
        self._stop = self._tool("stop", f"Stop the {words.noun}", f"stop{words.name.capitalize()}Button")
        self._stop.clicked.connect(lambda: self.acted.emit(WorkAct.STOP))
        self._dismiss = self._tool("clear", "Dismiss", f"dismiss{words.name.capitalize()}Button")
        self._dismiss.clicked.connect(lambda: self.acted.emit(WorkAct.DISMISS))
        self.stops: tuple[QWidget, ...] = (self._retry, self._show, self._pause, self._stop, self._dismiss)
        """Where Tab stops, in order."""
        self._lay_out()
        self.setAccessibleName(words.title)
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

    def show_progress(self, progress: WorkProgress) -> None:
        """It runs, or waits as `progress.held` says."""
        self._bar.setValue(round(progress.done / progress.total * _STEPS) if progress.total else 0)
        self._say(self._words.how_far(progress))
        before, self._held = self._held, progress.held
        if self._running and before is not progress.held:
            self._offer(running=True)
            self._announce(before)

    def show_end(self, sentence: str, progress: WorkProgress, *, trouble: bool) -> None:
        """It has ended, as `sentence` says; with `trouble` it needs a look."""
        self._running, self._held = False, None
        self._say(sentence)
        failed = progress.outcomes.get(FAILED, 0)
        self._retry.setText(f"Retry {number(failed)} failed")
        self._offer(running=False, failed=failed > 0, trouble=trouble or failed > 0)
        announce(self, f"{self._words.begins} ended: {spoken(sentence)}")

    def _say(self, sentence: str) -> None:
        self._sentence.show_text(sentence)
        self.setAccessibleDescription(self._sentence.whole)

    def _announce(self, before: Hold | None) -> None:
        if self._held is not None and self._held not in _BY_ITSELF:
            announce(self, f"{self._words.begins} paused: {spoken(self.sentence)}")
        elif self._held is None and before is not None and before not in _BY_ITSELF:
            announce(self, f"{self._words.begins} goes on")

    def _offer(self, *, running: bool, failed: bool = False, trouble: bool = False) -> None:
        """Show the buttons that are of use now."""
        paused = self._held is not None and self._held not in _BY_ITSELF
        if not running:
            mark = ("warning", "attention") if trouble else ("check", "good")
        else:
            mark = ("pause", "attention") if paused else (self._words.icon, "accent")
        self._mark.show_icon(self._icons.get(*mark))
        self._bar.setVisible(running)
        self._retry.setVisible(failed)
        self._pause.setVisible(running)
        self._pause.setIcon(self._icons.get("play" if paused else "pause"))
        call(self._pause, "Go on" if paused else f"Pause the {self._words.noun}")
        self._stop.setVisible(running)
        self._dismiss.setVisible(not running)

    def _turn(self) -> None:
        paused = self._held is not None and self._held not in _BY_ITSELF
        self.acted.emit(WorkAct.GO_ON if paused else WorkAct.PAUSE)

    def _link(self, text: str, object_name: str, act: WorkAct) -> QPushButton:
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
        texts.addWidget(PlainLabel(self._words.title, role="title"))
        texts.addWidget(self._sentence)
        texts.addWidget(self._bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(34, 5, 8, 5)
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addLayout(texts, 1)
        for button in self.stops:
            line.addWidget(button)
