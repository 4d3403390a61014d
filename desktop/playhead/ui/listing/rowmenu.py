"""Row actions: what can be done with the rows and the cell that one points at, in the menu and by key."""

import asyncio
from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from playhead.core import figures
from playhead.core.finding.choosing import ValueCondition
from playhead.core.finding.queryediting import with_value, without_value
from playhead.core.session import Session
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.announcing import announce
from playhead.ui.look.lefttoright import readable
from playhead.ui.shell.actions import CHECK, COPY_FILES, COPY_HEADED, COPY_ROWS, EXPORT, OPEN, READ, STAR
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.table.column import Column, conditions, heading, lines, visible
from playhead.ui.wording import words

LIMIT = 100_000
"""Rows that are copied at most: what takes in more is better given a file."""
_WINDOW = 500
"""Rows that are read in one go."""
_SAID = 5000
"""Rows from which on it is said that they are being copied."""
_LOOKED_AT = 500
"""Selected rows that are asked for their stars when the menu opens."""
_VALUE = 32
"""Letters of a value that the menu shows."""


class RowMenu:
    """Adds its actions to the table, whose menu shows them."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        line: FilterLine,
        notices: NoticeBar,
        commands: Commands,
    ) -> None:
        self._session = session
        self._table = pane.table
        self._model = pane.model
        self._line = line
        self._notices = notices
        self._commands = commands
        self._condition: ValueCondition | None = None
        self._table.addAction(commands.entry(OPEN))
        # Not the entry of the menus everywhere: here it says what becomes of the rows that it is of.
        self._star = self._add("Star", partial(commands.do, STAR))
        self._separate()
        self._only = self._add("Filter by this value", partial(self._narrow, with_value, without_value))
        self._others = self._add("Exclude this value", partial(self._narrow, without_value, with_value))
        self._values = (
            (self._add_menu("Filter by a value of this row"), with_value, without_value),
            (self._add_menu("Exclude a value of this row"), without_value, with_value),
        )
        self._separate()
        self._cell = self._add("Copy cell", self._copy_cell)
        self._number = ""
        self._copy_number = self._add("Copy number", self._copy_the_number)
        for action, headed in ((COPY_ROWS, False), (COPY_HEADED, True)):
            commands.bind(action, partial(self._copy, headed=headed))
            self._table.addAction(commands.entry(action))
        self._table.addAction(commands.entry(COPY_FILES))
        self._separate()
        self._table.addAction(commands.entry(CHECK))
        self._table.addAction(commands.entry(READ))
        self._table.addAction(commands.entry(EXPORT))
        pane.table.menu_asked.connect(self._offer)

    def _add(self, text: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self._table)
        action.triggered.connect(lambda _checked: act())
        self._table.addAction(action)
        return action

    def _add_menu(self, text: str) -> QMenu:
        """A menu in the menu: whoever comes by key points at a row, not at a cell."""
        menu = QMenu(text, self._table.window())
        self._table.addAction(menu.menuAction())
        return menu

    def _separate(self) -> None:
        line = QAction(self._table)
        line.setSeparator(True)
        self._table.addAction(line)

    def _offer(self, index: QModelIndex) -> None:
        """The menu is about to be shown for a cell."""
        recording = self._model.recording(index.row()) if index.isValid() else None
        column = self._model.columns[max(0, index.column())]
        self._cell.setEnabled(recording is not None and bool(column.title))
        found = None if recording is None else column.asks(recording, self._model.showing)
        self._condition = found
        for action, verb in ((self._only, "Filter by"), (self._others, "Exclude")):
            action.setEnabled(found is not None)
            action.setText(f"{verb} this value" if found is None else f"{verb} {_shown(found)}")
        verb = "Take the star away" if self._all_starred() else "Star"
        self._star.setText(f"{verb}\t{self._commands.key(STAR)}".rstrip())
        self._number = "" if recording is None else column.phone_number(recording)
        self._copy_number.setText(_unmarked(f"Copy number {self._number}".rstrip()))
        self._copy_number.setEnabled(bool(self._number))
        columns, showing = self._model.columns, self._model.showing
        self._offer_values([] if recording is None else conditions(columns, recording, showing))

    def _all_starred(self) -> bool:
        """Tell whether every row that the menu acts on has a star, as far as they were looked at."""
        ids = self._table.meant_ids()[:_LOOKED_AT]
        recordings = [self._model.recording_of(each) for each in ids]
        return bool(ids) and all(each is not None and self._model.marks(each).starred for each in recordings)

    def _offer_values(self, offered: Sequence[tuple[Column, ValueCondition]]) -> None:
        for menu, having, lacking in self._values:
            menu.clear()
            menu.setEnabled(bool(offered))
            for column, found in offered:
                act = partial(self._change_filter, having, lacking, found)
                menu.addAction(f"{column.title}: {_shown(found)}").triggered.connect(act)

    def _narrow(
        self, having: Callable[[str, str, str], str], lacking: Callable[[str, str, str], str]
    ) -> None:
        if self._condition is not None:
            self._change_filter(having, lacking, self._condition)

    def _change_filter(
        self,
        having: Callable[[str, str, str], str],
        lacking: Callable[[str, str, str], str],
        found: ValueCondition,
        _checked: object = None,
    ) -> None:
        change, line = having if found.wanted else lacking, self._line
        # The blank is for what is typed next.
        (value,) = found.values
        line.set_text(f"{change(line.text, found.field, value).rstrip()} ")

    # Copying

    def _copy_cell(self) -> None:
        index = self._table.currentIndex()
        recording = self._model.recording(index.row())
        if recording is not None:
            text = self._model.columns[index.column()].cell(recording, self._model.showing)
            QGuiApplication.clipboard().setText(text)
            announce(self._table, "Cell copied")

    def _copy_the_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        announce(self._table, "Number copied")

    def _copy(self, *, headed: bool) -> None:
        number = self._table.selected_count()
        if number > LIMIT:
            self._say(
                f"{figures.number(number)} rows are too many to be copied. Export them: "
                "a table of all of them lies beside the audio.",
                action="Export…",
                act=partial(self._commands.do, EXPORT),
            )
        elif number:
            header = self._table.header
            order = sorted(range(header.count()), key=header.visualIndex)
            shown = (self._model.columns[each] for each in order if not header.isSectionHidden(each))
            columns = visible(shown)
            ids = self._table.selected_ids()
            self._session.jobs.start("copy rows", self._copy_rows(ids, columns, headed=headed))

    async def _copy_rows(self, ids: "array[int]", columns: list[Column], *, headed: bool) -> None:
        if len(ids) >= _SAID:
            self._say(
                f"Copying {words.count(len(ids), 'row')}…",
                action="Stop",
                act=lambda: self._session.jobs.cancel("copy rows"),
            )
        rows = [heading(columns)] if headed else []
        for start in range(0, len(ids), _WINDOW):
            found = await self._session.catalogue.recordings.read(ids[start : start + _WINDOW])
            recordings = [each for each in found if each is not None]
            marks = await self._session.catalogue.marks.read(recordings)
            seen = self._model.showing.with_marks(
                {each.key: mark for each, mark in zip(recordings, marks, strict=True)}
            )
            rows += await asyncio.to_thread(lines, columns, recordings, seen)
        QGuiApplication.clipboard().setText("\n".join([*rows, ""]))
        copied = f"{words.count(len(rows) - headed, 'row')} copied"
        if len(ids) >= _SAID:
            self._say(f"{copied}.")
        else:
            announce(self._table, copied)

    def _say(self, text: str, action: str | None = None, act: Callable[[], None] | None = None) -> None:
        self._notices.say(key="copy rows", sentence=text, action=action, act=act)


def _shown(found: ValueCondition) -> str:
    value = ", ".join(found.values)
    value = value if len(value) <= _VALUE else f"{value[: _VALUE - 1].rstrip()}…"
    return _unmarked(f"“{'' if found.wanted else 'not '}{value}”")


def _unmarked(text: str) -> str:
    """`text` for a menu, where an ampersand would be taken for the mark of a key; its numbers as written."""
    return readable(text).replace("&", "&&")
