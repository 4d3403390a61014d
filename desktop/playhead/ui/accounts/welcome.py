"""The page of the first start: what Playhead is, and the three ways to begin."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playhead.core.recording import ProviderName
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.labels import wrapped

_WIDTH: Final = 736
_PROMISE: Final = "Playhead only reads: it never changes or deletes anything at a provider."
_PRIVACY: Final = (
    "Tokens stay in the keyring of this computer. Nothing is sent to anyone but the provider you connect."
)


class WelcomePage(QWidget):
    """Asks the person which account to begin with."""

    connect_asked = Signal(object)
    """The `ProviderName` to connect."""
    demo_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("welcomePage")
        self.setAccessibleName("Welcome")
        title = _centred("Welcome to Playhead", "display")
        sentence = _centred(
            "Browse, hear and export the recordings of Convirza and Bird in one window.", "lead"
        )
        convirza = _Card(
            icons,
            "provider-convirza",
            "Connect Convirza",
            "Prompts, whispers, voicemails and surveys of your call flows.",
        )
        bird = _Card(
            icons, "provider-bird", "Connect Bird", "Call and conference recordings of a Bird workspace."
        )
        demo = _Card(
            icons, "play", "Try the demo", "Invented recordings, made on this computer. No account needed."
        )
        convirza.clicked.connect(lambda: self.connect_asked.emit(ProviderName.CONVIRZA))
        bird.clicked.connect(lambda: self.connect_asked.emit(ProviderName.BIRD))
        demo.clicked.connect(self.demo_asked)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for card in (convirza, bird, demo):
            cards.addWidget(card, 1)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(0)
        column.addWidget(IconLabel(icons.get("playhead"), size=72), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(sentence)
        column.addSpacing(32)
        column.addLayout(cards)
        column.addSpacing(32)
        column.addWidget(_centred(_PROMISE, "small"))
        column.addSpacing(4)
        column.addWidget(_centred(_PRIVACY, "small"))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addStretch(2)
        page.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(3)


class _Card(QPushButton):
    """A large quiet button: icon, what it does, and what one gets."""

    def __init__(self, icons: Icons, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark = IconLabel(icons.get(icon, "accent"), size=28)
        heading = wrapped(title, role="title")
        body = wrapped(text, role="dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(heading)
        column.addWidget(body)
        column.addStretch(1)
        for part in (mark, heading, body):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _centred(text: str, role: str) -> QLabel:
    label = wrapped(text, role=role)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
