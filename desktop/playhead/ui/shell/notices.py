"""Sentences above the table: what happened, and what can be done about it. Never a modal box."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.look.announcing import announce
from playhead.ui.look.controls import tool_button
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.labels import PlainLabel, wrapped
from playhead.ui.look.taborder import stop_in_place
from playhead.ui.look.theme import as_panel
from playhead.ui.wording.words import count

VISIBLE: Final = 3
_SENTENCE: Final = 400
"""Letters of a sentence that are shown; a hostile name in it could fill the window."""
_ICONS: Final = {
    "info": ("info", "accent"),
    "attention": ("warning", "attention"),
    "bad": ("error", "bad"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence and at most one action. A newer notice of the same `key` takes the older one's place."""

    key: str
    sentence: str
    kind: Literal["info", "attention", "bad"] = "info"
    action: str | None = None
    """What the button says."""
    act: Callable[[], None] | None = None
    """What the button does; the notice is gone before it is called."""


class NoticeBar(QWidget):
    """The newest notices, and how many more there are; hidden while there is none.

    In a low window that is one, until the person unfolds the others: the rows below need the room.
    """

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._notices: dict[str, Notice] = {}
        self._rows: dict[str, _Row] = {}
        self._low = False
        self._unfolded = False
        self.setObjectName("noticeBar")
        self.setAccessibleName("Notices")
        self._more = PlainLabel(role="small")
        self._more.setContentsMargins(40, 4, 16, 4)
        as_panel(self._more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._more)
        self._arrange()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All that have not been dismissed, the newest first."""
        return tuple(reversed(self._notices.values()))

    def say(
        self,
        key: str,
        sentence: str,
        kind: Literal["info", "attention", "bad"] = "info",
        action: str | None = None,
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a notice above the others, in the place of one of the same `key`; a screen reader is told.

        `action` is what its button says, `act` what it does; the notice is gone before that is called.
        """
        self.withdraw(key)
        self._notices[key] = Notice(key, sentence, kind, action, act)
        self._arrange()
        announce(self, f"{sentence} {action}: a button in the notices." if action else sentence)

    def withdraw(self, key: str) -> None:
        """Take the notice of `key` away, because it is no longer true; fine if there is none."""
        if self._notices.pop(key, None) is not None:
            self._discard(key)
            self._arrange()

    def fit(self, *, low: bool) -> None:
        """Tell whether the window is so low that one notice has to do."""
        if low != self._low:
            self._low = low
            self._arrange()

    def _unfold(self) -> None:
        self._unfolded = True
        self._arrange()

    def _act(self, notice: Notice) -> None:
        self.withdraw(notice.key)
        if notice.act is not None:
            notice.act()

    def _arrange(self) -> None:
        self._unfolded = self._unfolded and len(self._notices) > 1
        folded = self._low and not self._unfolded
        shown = self.notices[: 1 if folded else VISIBLE]
        for key in set(self._rows) - {notice.key for notice in shown}:
            self._discard(key)
        for place, notice in enumerate(shown):
            if notice.key not in self._rows:
                row = _Row(notice, self._icons)
                row.dismissed.connect(self.withdraw)
                row.acted.connect(self._act)
                row.more_asked.connect(self._unfold)
                self._rows[notice.key] = row
                self._column.insertWidget(place, row)
                row.show()
        hidden = len(self._notices) - len(shown)
        for notice in shown:
            self._rows[notice.key].count_more(hidden if folded else 0)
        self._more.show_text(f"and {count(hidden, 'more notice')}" if hidden else "")
        self._more.setVisible(hidden > 0 and not folded)
        self.setVisible(bool(shown))
        stop_in_place(self, (stop for notice in shown for stop in self._rows[notice.key].stops))

    def _discard(self, key: str) -> None:
        row = self._rows.pop(key, None)
        if row is not None:
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()


class _Row(QFrame):
    """One notice: icon, sentence, action, and the ways to see others and to dismiss it."""

    dismissed = Signal(str)
    """It is to be taken away: its key."""
    acted = Signal(object)
    """Its action is asked for: the `Notice`."""
    more_asked = Signal()
    """The notices that are folded away are to be seen."""

    def __init__(self, notice: Notice, icons: Icons) -> None:
        super().__init__()
        self._key = notice.key
        self.stops: list[QWidget] = [self]
        """Where Tab stops, in order."""
        as_panel(self)
        self.setProperty("notice", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        sentence = wrapped(notice.sentence[:_SENTENCE])
        self.setAccessibleName(sentence.whole)
        icon, role = _ICONS[notice.kind]
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 8, 6)
        line.setSpacing(8)
        line.addWidget(IconLabel(icons.get(icon, role)))
        line.addWidget(sentence, 1)
        if notice.action is not None:
            button = QPushButton(notice.action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda: self.acted.emit(notice))
            line.addWidget(button)
            self.stops.append(button)
        self._more = QPushButton()
        self._more.setProperty("link", "true")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self.more_asked)
        self._more.hide()
        line.addWidget(self._more)
        self.stops.append(self._more)
        close = tool_button(icons.get("clear", "dim"), "Dismiss", side=14)
        close.setToolTip("Dismiss (Esc)")
        close.clicked.connect(lambda: self.dismissed.emit(notice.key))
        line.addWidget(close)
        self.stops.append(close)

    def count_more(self, number: int) -> None:
        """Offer to show so many more notices; nothing for none."""
        self._more.setText(f"{number} more")
        self._more.setAccessibleName(f"Show {count(number, 'more notice')}")
        self._more.setVisible(number > 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit(self._key)
        else:
            super().keyPressEvent(event)
