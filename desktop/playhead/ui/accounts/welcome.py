"""The page of the first start: what Playhead is, and the ways to begin."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playhead.core.provider import Provider, Providers
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
    """The name of the provider to connect."""
    demo_asked = Signal()

    def __init__(self, icons: Icons, providers: Providers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        self.setAccessibleName("Welcome")
        self.wished = ""
        """The name of the provider that was asked for last."""
        title = _centred("Welcome to Playhead", "display")
        titles = " and ".join(each.title for each in providers)
        sentence = _centred(f"Browse, hear and export the recordings of {titles} in one window.", "lead")
        cards = QHBoxLayout()
        cards.setSpacing(16)
        every = [self._card(icons, each) for each in providers]
        every.append(
            _Card(
                icons,
                "play",
                "Try the demo",
                "Invented recordings, made on this computer. No account needed.",
            )
        )
        every[-1].clicked.connect(self.demo_asked)
        self.first: QWidget = every[0]
        """The card that the keyboard begins at."""
        for card in every:
            cards.addWidget(card, 1)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
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
        inner = QWidget()
        page = QGridLayout(inner)
        page.setContentsMargins(16, 0, 16, 0)
        page.addWidget(middle, 1, 1)
        for place, (row, side) in enumerate(((2, 1), (0, 1000), (3, 1))):
            page.setRowStretch(place, row)
            page.setColumnStretch(place, side)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _card(self, icons: Icons, provider: Provider) -> "_Card":
        card = _Card(icons, provider.icon, f"Connect {provider.title}", provider.offer)
        card.clicked.connect(lambda: self._ask(provider.name))
        return card

    def _ask(self, provider: str) -> None:
        self.wished = provider
        self.connect_asked.emit(provider)


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
