"""Go to a date: to rows that are there, or to those that are still to be loaded."""

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.core.finding.moments import DateError, date_span
from playhead.core.finding.query import NEWEST_FIRST, Order
from playhead.core.session import Session
from playhead.ui.listing.listingstate import LIST_JOB, SEARCH_JOB, ListingState
from playhead.ui.listing.restloader import RestLoader
from playhead.ui.listing.rowloader import RowLoader
from playhead.ui.look.announcing import announce
from playhead.ui.look.buttons import press_button
from playhead.ui.look.labels import wrapped
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.wording import words

WIDTH = 320
"""Pixels."""
HINT = "A day, month or time: 2026-03-14, 14.03.2026, 2026-03, yesterday, 30d, 2026-03-14T09:30"


class JumpLine(QFrame):
    """Appears over what it belongs to; Enter asks, Escape or another place to type puts it away."""

    asked = Signal(str)
    """The text of a date."""
    load_asked = Signal()
    """What is not there yet is to be loaded."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("jumpLine")
        self.setProperty("panel", "true")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._over = over
        self.line = QLineEdit()
        """The input itself."""
        self.line.setObjectName("jumpDate")
        self.line.setAccessibleName("Date to go to")
        self.line.setPlaceholderText("Go to a date")
        self._sentence = wrapped(HINT, role="dim")
        self._load = QPushButton("Load down to there")
        self._load.setObjectName("loadDownButton")
        self._load.clicked.connect(self._ask_for_more)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (self.line, self._sentence, self._load):
            column.addWidget(widget)
        self.line.returnPressed.connect(lambda: self.asked.emit(self.line.text()))
        self.line.textEdited.connect(lambda _text: self.say(HINT))
        self.line.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """Sentence below the line."""
        return self._sentence.whole

    def appear(self) -> None:
        """Show it in the middle of the upper edge, ready to type."""
        self.say(HINT)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def say(self, sentence: str, *, more: bool = False) -> None:
        """Say something about the date; with `more`, offer to load down to it."""
        self._sentence.show_text(sentence)
        self.line.setAccessibleDescription(sentence)
        if sentence != HINT:
            announce(self.line, sentence)
        self._load.setVisible(more)
        self.setFixedSize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        self.move(max(0, (self._over.width() - WIDTH) // 2), 40)

    def put_away(self) -> None:
        """Go, and give the keys back."""
        # First: a hidden line would let the keyboard go anywhere for a moment, and a screen reader say so.
        self._over.setFocus()
        self.hide()

    def _ask_for_more(self) -> None:
        self.put_away()
        self.load_asked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what nothing here has a use for: the table below has one for Enter and the arrows."""
        press_button(event, ticks=False)
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
        # The button is pressed with the pointer, or Tab leads to it.
        elif (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.TabFocusReason
            and not self._load.underMouse()
        ):
            self.hide()
        return super().eventFilter(watched, event)


_INSTANT = timedelta(microseconds=1)


class GoToDate:
    """Asks for a date and goes there. Rows in another order than by date are put newest first."""

    def __init__(
        self, session: Session, state: ListingState, table: RecordingTable, rows: RowLoader, rest: RestLoader
    ) -> None:
        self._session = session
        self._state = state
        self._table = table
        self._rows = rows
        self._rest = rest
        self._moment: datetime | None = None
        self.line = JumpLine(table)
        """Where the date is written."""
        self.line.asked.connect(self._go)
        self.line.load_asked.connect(self._load)

    def ask(self) -> None:
        """Let the person write a date, if there is a table to go to."""
        if self._table.isVisible():
            self.line.appear()

    def _go(self, text: str) -> None:
        try:
            low, high = date_span(text, self._session.clock())
        except DateError as fault:
            self.line.say(str(fault))
            return
        # Newest first, the first row of a day is its last moment.
        rises = self._state.order == Order(NEWEST_FIRST.column, descending=False)
        end = high - _INSTANT if high is not None else None
        self._moment = low or end if rises else end or low
        self._session.jobs.start("jump", self._jump())

    async def _jump(self) -> None:
        moment = self._moment
        if moment is None:
            return
        if self._state.order.column != NEWEST_FIRST.column:
            self._table.header.sort_by(NEWEST_FIRST)
            await self._session.jobs.wait(LIST_JOB)
        limit = self._rows.not_before
        if limit is not None and moment < limit:
            reached = words.within(words.moment(limit, self._session.clock()))
            self.line.say(f"The rows are loaded down to {reached} so far.", more=True)
            return
        state = self._state
        row = await self._session.catalogue.listings.seek(state.query, state.order, moment, not_before=limit)
        number = len(state.listing.ids)
        if not number:
            self.line.say("There are no rows.")
            return
        self.line.put_away()
        # Behind the last date only what has none follows.
        self._table.go_to(min(row, max(number - self._table.tail, 1) - 1))

    def _load(self) -> None:
        if self._moment is not None:
            self._session.jobs.start(SEARCH_JOB, self._load_down(self._moment))

    async def _load_down(self, moment: datetime) -> None:
        await self._rest.load_down_to(moment)
        limit = self._rows.not_before
        if limit is None or limit <= moment:
            self._session.jobs.start("jump", self._jump())
