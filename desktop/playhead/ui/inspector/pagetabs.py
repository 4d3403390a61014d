"""Tabs of the pages of the inspector."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QTabBar
from typing_extensions import override

from playhead.ui.look.announcing import announce


class PageTabs(QTabBar):
    """One tab for each page; the pages stay what they are while the tabs are hidden.

    WORKAROUND Qt 6 (QAccessibleTabButton::state): the current tab claims the focus for a screen reader,
    hidden or not. So there are tabs only while they are shown. The one that is shown claims it all the same.
    """

    turned = Signal(int)
    """Another page is looked at."""
    filled = Signal()
    """The tabs are there again."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = list(names)
        self._offered = [True] * len(names)
        self.page = 0
        """The page that is looked at."""
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.currentChanged.connect(self._turn)

    def show_page(self, page: int) -> None:
        """Look at a page, if there is such."""
        if not (0 <= page < len(self._names) and self._offered[page]):
            return
        if self.count():
            self.setCurrentIndex(page)
        else:
            self._turn(page)

    def step(self, by: int) -> None:
        """Look at the next page (1) or the one before (-1), round and round."""
        offered = [page for page, there in enumerate(self._offered) if there]
        self.show_page(offered[(offered.index(self.page) + by) % len(offered)])

    def call(self, page: int, name: str) -> None:
        """Give a page another name."""
        self._names[page] = name
        if self.count():
            self.setTabText(page, name)

    def offer(self, page: int, *, possible: bool) -> None:
        """Tell if a page can be looked at; if it cannot, the first is."""
        if not possible and self.page == page:
            self.show_page(0)
        self._offered[page] = possible
        if self.count():
            self.setTabVisible(page, possible)

    def say(self) -> None:
        """Let a screen reader say the page; of a tab that has the focus, it speaks by itself."""
        if not self.hasFocus():
            announce(self, self._names[self.page])

    @override
    def showEvent(self, event: QShowEvent) -> None:
        with QSignalBlocker(self):
            for page, name in enumerate(self._names[self.count() :], self.count()):
                self.addTab(name)
                self.setTabVisible(page, self._offered[page])
            self.setCurrentIndex(self.page)
        super().showEvent(event)
        self.filled.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        with QSignalBlocker(self):
            while self.count():
                self.removeTab(self.count() - 1)

    def _turn(self, page: int) -> None:
        if page != self.page and page >= 0:
            self.page = page
            self.turned.emit(page)
