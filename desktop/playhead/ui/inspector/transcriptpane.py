"""Transcript of a recording, which follows what plays and shows where something was said."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from playhead.core.finding.speechhits import Hit
from playhead.core.transcript import Transcript
from playhead.ui.inspector.hitline import HitLine
from playhead.ui.inspector.spokentext import SpokenText
from playhead.ui.inspector.transcriptlines import TranscriptLines
from playhead.ui.look.announcing import announce
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import wrapped
from playhead.ui.look.theme import Theme


class TranscriptPane(QWidget):
    """Lines with their times, and a line above them that counts hits and finds words."""

    sought = Signal(float)
    """The person wants to hear it from a second on."""
    find_asked = Signal(str)
    """A text to look for in it; empty when the person is done with that."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[Hit] = ()
        self._place = -1
        self._words = wrapped(role="dim")
        self._line = HitLine(icons)
        self._lines = TranscriptLines(theme)
        self._lines.entered_row.connect(self._go)
        self._line.find_asked.connect(self.find_asked)
        self._line.stepped.connect(self.step)
        self._line.left.connect(lambda: self._lines.setFocus(Qt.FocusReason.OtherFocusReason))
        self._pages = QStackedWidget()
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._words)
        column.addStretch(1)
        there = QWidget()
        below = QVBoxLayout(there)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._line)
        below.addWidget(self._lines, 1)
        self._pages.addWidget(nothing)
        self._pages.addWidget(there)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._pages)

    @property
    def transcript(self) -> Transcript | None:
        """Values that are shown."""
        return self._lines.spoken.transcript if self._pages.currentIndex() else None

    @property
    def sentence(self) -> str:
        """Sentence in its place; empty while one is shown."""
        return "" if self._pages.currentIndex() else self._words.whole

    @property
    def heard(self) -> int:
        """Place of the row that is heard now; -1 if none is."""
        return self._lines.heard

    @property
    def searching(self) -> str:
        """The text that is looked for in it; empty if none is."""
        return self._line.searching

    @property
    def hit(self) -> Hit | None:
        """The hit that is looked at."""
        return self._hits[self._place] if 0 <= self._place < len(self._hits) else None

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a transcript: that it is looked for, or that there is none."""
        self._clear(None)
        self._words.show_text(sentence)
        self._pages.setCurrentIndex(0)

    def show_spoken(self, spoken: SpokenText) -> None:
        """Show what was said."""
        self._clear(spoken)
        self._pages.setCurrentIndex(1)

    def show_hits(self, hits: Sequence[Hit], *, counted: bool) -> None:
        """Mark these, and go to the first of them; `counted` says that something is looked for at all."""
        self._hits, self._place = hits, 0 if hits else -1
        self._show_place(counted=counted)

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), round and round."""
        if self._hits:
            self._place = (self._place + by) % len(self._hits)
            self._show_place(counted=True)
            row = self._lines.spoken.row_of(self._hits[self._place])
            announce(self._line, f"{self._line.told}: {self._lines.spoken.spoken(row)}")

    def search(self) -> None:
        """Let a text be typed that is looked for in it."""
        if self.transcript is not None:
            self._line.begin()

    def show_position(self, seconds: float) -> None:
        """Mark the row that is heard, and keep it in view unless the person reads elsewhere."""
        self._lines.show_heard(self._lines.spoken.at(seconds))

    def follow(self) -> None:
        """Go along with what is heard, wherever the person has scrolled."""
        self._lines.follow()

    def _clear(self, spoken: SpokenText | None) -> None:
        self._hits, self._place = (), -1
        self._lines.show_spoken(spoken)
        self._line.close_search()
        self._line.show_count("")

    def _show_place(self, *, counted: bool) -> None:
        self._lines.show_hits(self._hits, self._place)
        hit = self.hit
        if hit is not None:
            self._lines.show_row(self._lines.spoken.row_of(hit))
        if counted:
            self._line.show_place(self._place, len(self._hits))
        else:
            self._line.show_count("")

    def _go(self, row: int) -> None:
        self.sought.emit(self._lines.spoken.rows[row].at)
