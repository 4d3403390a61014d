"""Rows that stay folded away until the person asks for them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from playhead.ui.look.icons import Icons


class Disclosure(QWidget):
    """A name to click, and below it the rows while they are wanted."""

    def __init__(self, icons: Icons, name: str, rows: Iterable[QWidget]) -> None:
        super().__init__()
        self._icons = icons
        self._button = QToolButton()
        self._button.setText(name)
        self._button.setObjectName("advancedButton")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setProperty("disclosure", "true")
        self._button.setCheckable(True)
        self._button.toggled.connect(self._disclose)
        self._rows = QWidget()
        below = QVBoxLayout(self._rows)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        for row in rows:
            below.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rows)
        self._disclose()

    def reveal(self, widget: QWidget) -> None:
        """Unfold, if `widget` is folded away here."""
        if self._rows.isAncestorOf(widget):
            self._button.setChecked(True)

    def _disclose(self) -> None:
        shown = self._button.isChecked()
        self._button.setIcon(self._icons.get("chevron-down" if shown else "chevron-right", "dim"))
        self._rows.setVisible(shown)
