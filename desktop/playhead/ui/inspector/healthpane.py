"""Health of a recording: the inspector's page with verdict, picture and figures."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playhead.core.health.audiofigures import Measured
from playhead.core.health.faults import faults
from playhead.core.health.healthlimits import HealthLimits
from playhead.core.health.verdicts import Verdict, judge
from playhead.core.recording import Recording
from playhead.ui.inspector.detaillines import DetailLine
from playhead.ui.inspector.details import Details
from playhead.ui.inspector.healthlines import health_lines
from playhead.ui.inspector.loudnesspicture import LoudnessPicture
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, wrapped
from playhead.ui.look.theme import Theme, restyle
from playhead.ui.wording import faultwords

_OLDER = "Its loudness over time was not kept when it was measured."
_ANEW = "To measure it anew shows it."


class HealthPane(QWidget):
    """The verdict with its reasons, loudness over time, and every figure; or that nothing is measured."""

    wanted = Signal()
    """The person wants the recording to be measured."""
    stopped = Signal()
    """The person wants it no longer."""
    sought = Signal(float)
    """A moment in the picture was chosen."""
    copied = Signal(str, str)
    """The text of a line, and its name."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = wrapped(role="dim")
        self._verdict = PlainLabel(role="title")
        self._reasons = wrapped()
        self._measuring = False
        self.offers = True
        """False if nothing is to be measured: the button is not shown."""
        self.button = QPushButton("Measure")
        """Measures the recording, or stops that."""
        self.button.setObjectName("measureButton")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.picture = LoudnessPicture(theme)
        """Loudness over time."""
        self.figures = Details(theme, icons)
        """Every figure, a line each."""
        self.figures.setObjectName("healthFigures")
        self.figures.setAccessibleName("Figures of its health")
        self._page = QWidget()
        self._build()
        self.say("")

    @property
    def sentence(self) -> str:
        """Sentence in place of figures, or about what is missing in them."""
        return self._words.whole

    @property
    def verdict(self) -> str:
        """The verdict that is shown; empty while there is none."""
        return "" if self._page.isHidden() else self._verdict.whole

    @property
    def reasons(self) -> str:
        """The figures and limits behind it."""
        return self._reasons.whole

    @property
    def lines(self) -> Sequence[DetailLine]:
        """The figures that are shown."""
        return self.figures.lines

    def say(self, sentence: str, *, offer: bool = False, busy: bool = False) -> None:
        """Show a sentence in place of figures; `offer` to measure, or to stop that while it is `busy`."""
        self._page.hide()
        self._show_words(sentence, offer=offer, busy=busy)

    def show_measured(
        self, measured: Measured, recording: Recording, provider: str, limits: HealthLimits
    ) -> None:
        """Show what was measured of `recording`; `provider` is a title."""
        figures, found = measured.figures, faults(measured, recording, limits)
        why = faultwords.reasons(figures, recording, limits)
        self._verdict.show_text(why[0][0])
        restyle(self._verdict, "role", _ROLES.get(judge(figures, recording, limits), "bad"))
        others = "".join(f" Also {name.lower()}: {reason[0].lower()}{reason[1:]}" for name, reason in why[1:])
        self._reasons.show_text(why[0][1] + others)
        self.figures.show_lines(health_lines(figures, recording, provider, found))
        course = measured.course
        drawable = course is not None and any(course.loudness)
        self.picture.setVisible(drawable)
        if course is not None:
            self.picture.show_course(course, figures.seconds, limits.levels(recording), found)
        self._page.show()
        anew = course is None or not figures.channels
        older = f"{_OLDER} {_ANEW}" if self.offers else _OLDER
        self._show_words(older if course is None else "", offer=anew)

    def _show_words(self, sentence: str, *, offer: bool, busy: bool = False) -> None:
        self._words.show_text(sentence)
        self._words.setVisible(bool(sentence))
        self._measuring = busy
        self.button.setText("Stop" if busy else "Measure")
        self.button.setVisible((offer and self.offers) or busy)

    def _press(self) -> None:
        (self.stopped if self._measuring else self.wanted).emit()

    def _build(self) -> None:
        self.button.clicked.connect(self._press)
        self.picture.sought.connect(self.sought)
        self.figures.copied.connect(self.copied)
        inside = QVBoxLayout(self._page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._verdict)
        inside.addWidget(self._reasons)
        inside.addSpacing(4)
        inside.addWidget(self.picture)
        inside.addWidget(self.figures, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._page, 1)
        column.addStretch()


_ROLES = {Verdict.FINE: "good", Verdict.TOO_QUIET: "attention", Verdict.TOO_LOUD: "attention"}
