"""Small menu beside the export button, with the other commands of exports."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playhead.ui.look.icons import Icons


class ExportMenu(QToolButton):
    """Opens by pointer and by key; each entry is a signal."""

    selected_asked = Signal()
    all_asked = Signal()
    """All that match the filter."""
    old_asked = Signal()
    """An old export is to be opened again."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportMenuButton")
        self.setAccessibleName("More about exports")
        self.setToolTip("More about exports")
        self.setProperty("framed", "true")
        self.setIcon(icons.get("chevron-down", "dim"))
        self.setIconSize(QSize(12, 12))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("narrow", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        menu.addAction("Export what is &selected…\tCtrl+E").triggered.connect(self.selected_asked)
        menu.addAction("Export &all that match…\tCtrl+Shift+E").triggered.connect(self.all_asked)
        menu.addSeparator()
        menu.addAction("Open an &old export…").triggered.connect(self.old_asked)
        self.setMenu(menu)
