"""Journey of Esc: the smallest step back first, and a way to undo it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.labels import plain
from playhead.ui.shell.actions import STEP_BACK
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words

OFFERED: Final = 20_000
"""Milliseconds for which the filter or the selection of before is offered."""
_KEYS: Final = ("filter cleared", "selection cleared")


class StepBack(QObject):
    """Leads back to the rows first, then lets go of the selection; a filter goes from its own line alone.

    What popups, menus and lines of their own do with Esc comes before.
    """

    def __init__(self, pane: ListingPane, line: FilterLine, notices: NoticeBar, commands: Commands) -> None:
        super().__init__(pane)
        self._table = pane.table
        self._line = line
        self._notices = notices
        self._patience = QTimer(self, singleShot=True, interval=OFFERED)
        self._patience.timeout.connect(self._withdraw)
        commands.bind(STEP_BACK, self._step)
        line.escaped.connect(self._step)
        line.cleared.connect(self._offer_filter)
        line.changed.connect(self._forget_filter)
        pane.table.chosen.connect(self._forget_selection)

    def _step(self) -> None:
        if not self._table.isVisible():
            self._line.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._table.hasFocus():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._let_go()

    def _let_go(self) -> None:
        table, number = self._table, self._table.selected_count()
        everything, current = table.selection.everything, table.current_id
        ids = table.selected_ids()
        table.clearSelection()
        if number > 1:
            self._offer(
                _KEYS[1],
                f"{words.count(number, 'row')} are no longer selected.",
                table.select_everything if everything else lambda: table.select_ids(ids, current),
            )

    def _offer_filter(self, text: str) -> None:
        shown = plain(text)
        if len(shown) > words.LABEL:
            shown = f"{shown[: words.LABEL - 1].rstrip()}…"
        self._offer(_KEYS[0], f"The filter “{shown}” was cleared.", lambda: self._line.set_text(text))

    def _offer(self, key: str, sentence: str, undo: Callable[[], None]) -> None:
        self._notices.say(key=key, sentence=sentence, action="Undo", act=undo)
        self._patience.start()

    def _forget_filter(self, text: str) -> None:
        """Another filter is in the line."""
        if text:
            self._notices.withdraw(_KEYS[0])

    def _forget_selection(self) -> None:
        """Something else is selected."""
        if self._table.selected_count():
            self._notices.withdraw(_KEYS[1])

    def _withdraw(self) -> None:
        for key in _KEYS:
            self._notices.withdraw(key)
