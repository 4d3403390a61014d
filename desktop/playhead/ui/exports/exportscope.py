"""Scope of an export: the selected rows, all that match, or a saved filter; and how much that is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from playhead.core import figures
from playhead.core.stores import Saved
from playhead.ui.exports.exportwish import Figures, Scope, What
from playhead.ui.look.controls import DropDown
from playhead.ui.look.labels import PlainLabel, keep_lines, plain, wrapped

_NAME = 40
"""Letters of a filter or of a saved query's name that a button has room for."""


class ScopePane(QWidget):
    """The ways to say what is exported; `selected` rows can only be chosen if there are some."""

    chosen = Signal()
    """Another scope; its figures are wanted."""

    def __init__(self, *, selected: int, query: str, saved: Sequence[Saved], first: What) -> None:
        super().__init__()
        self._query = query
        self._selected = QRadioButton(f"Selected &rows ({figures.number(selected)})")
        self._selected.setEnabled(selected > 0)
        shown = _short(query).replace("&", "&&")
        self._matching = QRadioButton(f"&All that match “{shown}”" if shown else "&All recordings")
        self._kept = QRadioButton("A saved &query")
        self._queries = DropDown()
        self._queries.setObjectName("savedQueryBox")
        self._queries.setAccessibleName("Saved query")
        for each in saved:
            self._queries.addItem(_short(each.name), each)
        self._queries.setVisible(bool(saved))
        self._kept.setVisible(bool(saved))
        self._buttons = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._ways = {
            What.SELECTED: self._selected,
            What.MATCHING: self._matching,
            What.SAVED: self._kept,
        }
        for what, button in self._ways.items():
            button.setObjectName(f"{what}Button")
            self._buttons.addButton(button)
            if what is not What.SAVED:
                column.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._kept)
        line.addWidget(self._queries, 1)
        column.addLayout(line)
        self._sum = PlainLabel(role="title")
        self._sum.setObjectName("exportFigures")
        self._accounts = wrapped(role="dim")
        self._coverage = wrapped(role="dim")
        self._rest = QCheckBox("&Load the rest first")
        self._rest.setObjectName("loadRestBox")
        self._rest.setChecked(True)
        column.addSpacing(6)
        for widget in (self._sum, self._accounts, self._coverage, self._rest):
            column.addWidget(widget)
        # What stands below does not move while something else is counted.
        keep_lines(self._accounts, 1)
        keep_lines(self._coverage, 2)
        kept = self._rest.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._rest.setSizePolicy(kept)
        way = first if first is not What.SELECTED or selected else What.MATCHING
        self._ways[way].setChecked(True)
        self._queries.setEnabled(self._kept.isChecked())
        self._buttons.buttonToggled.connect(self._turn)
        self._queries.activated.connect(lambda _: self._ask())
        self.show_figures(None)

    @property
    def scope(self) -> Scope:
        """Choice as it stands."""
        if self._selected.isChecked():
            return Scope(What.SELECTED)
        if self._matching.isChecked():
            return Scope(What.MATCHING, self._query)
        saved: Saved = self._queries.currentData()
        return Scope(What.SAVED, saved.text, saved.name)

    @property
    def rest(self) -> bool:
        """True if what is not loaded yet is wanted too, and there is such."""
        return self._rest.isVisibleTo(self) and self._rest.isChecked()

    def show_figures(self, figures: Figures | None) -> None:
        """Say how much it is; None while that is being counted."""
        self._sum.show_text("Counting…" if figures is None else figures.sentence())
        self._accounts.show_text("" if figures is None else figures.by_account())
        self._coverage.show_text("" if figures is None else figures.coverage)
        self._rest.setVisible(figures is not None and figures.more)

    def _turn(self, button: QWidget, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked:
            self._queries.setEnabled(button is self._kept)
            self._ask()

    def _ask(self) -> None:
        self.show_figures(None)
        self.chosen.emit()


def _short(text: str) -> str:
    line = plain(text)
    return line if len(line) <= _NAME else f"{line[: _NAME - 1].rstrip()}…"
