"""Question before work on everything that matches: how much it is, and if the rest is to be loaded."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playhead.ui.look.dialogs import DialogLayout, finished
from playhead.ui.look.labels import PlainLabel, wrapped

_WIDTH = 460


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOffer:
    """Recordings on which work can be done."""

    name: str
    """Begins the names of its widgets."""
    title: str
    begin: str
    """Text of the button."""
    rest: str
    """Text of the box for what is not loaded."""
    heading: str
    figures: str
    """Sentence on how many recordings it is, and how many of them are done."""
    coverage: str
    """Sentences on what is loaded of all there is, and that the rest is left out."""
    kept: str
    """Sentence on what is kept of it."""
    more: bool
    """True if recordings may match that are not loaded."""
    some: bool
    """True if any is loaded."""


class WorkQuestion(QDialog):
    """Accepted if it is to begin; to be shown with `open()`."""

    def __init__(self, offer: WorkOffer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{offer.name}Question")
        self.setWindowTitle(offer.title)
        self._some = offer.some
        self._rest = QCheckBox(offer.rest)
        self._rest.setObjectName(f"{offer.name}RestBox")
        self._rest.setVisible(offer.more)
        self._rest.toggled.connect(self._judge)
        self._begin = QPushButton(offer.begin)
        self._begin.setObjectName(f"begin{offer.name.capitalize()}Button")
        self._begin.setProperty("primary", "true")
        self._begin.setDefault(True)
        self._begin.clicked.connect(self.accept)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        body, foot = QWidget(), QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(8)
        column.addWidget(PlainLabel(offer.heading, role="title"))
        sentences = [offer.figures]
        if offer.more:
            sentences.append(offer.coverage)
        sentences.append(offer.kept)
        for text in sentences:
            label = wrapped(role="" if text is offer.figures else "dim")
            label.show_text(text)
            column.addWidget(label)
        column.addWidget(self._rest)
        self.setAccessibleDescription(" ".join(sentences))
        end = QHBoxLayout(foot)
        end.setContentsMargins(24, 8, 24, 20)
        end.addStretch(1)
        end.addWidget(cancel)
        end.addWidget(self._begin)
        DialogLayout(self, body, foot, width=_WIDTH)
        self._judge()
        self._begin.setFocus()

    @property
    def rest(self) -> bool:
        """True if what is not loaded is wanted too."""
        return self._rest.isChecked()

    def _judge(self) -> None:
        self._begin.setEnabled(self._some or self._rest.isChecked())


async def answered(offer: WorkOffer, parent: QWidget) -> bool | None:
    """Ask it: true if what is not loaded is wanted too, None if nothing is to begin."""
    question = WorkQuestion(offer, parent)
    rest: list[bool] = []
    question.accepted.connect(lambda: rest.append(question.rest))
    await finished(question)
    return rest[0] if rest else None
