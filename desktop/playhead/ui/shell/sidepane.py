"""Panes at the sides of the rows: there where there is room for them, or where the person wants them."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget
from typing_extensions import override

from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.shell.actions import Action
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.table.recordingtable import RecordingTable

_LOW: Final = 660
"""Height of a window, in pixels, below which every row of the table counts."""


class SidePane:
    """One pane that the person shows and hides.

    Their choice is remembered twice: for a window with room for the pane, where it is there unless they hide
    it, and for one without, where it is not there unless they show it.
    """

    def __init__(self, place: QWidget, shows: Action, home: QWidget) -> None:
        """`home` gets the focus if the pane goes while it has it."""
        self.place = place
        """The pane itself."""
        self.shows = shows
        """The action that shows and hides it."""
        self.wanted = True
        """Whether the person wants it where there is room."""
        self.insisted = False
        """Whether they want it where there is none."""
        self._home = home
        self._narrow = False

    def choose(self, *, shown: bool) -> None:
        """Show or hide it, and remember that for a window like this one."""
        if self._narrow:
            self.insisted = shown
        else:
            self.wanted = shown
        self._show()

    def turn(self) -> None:
        """Hide it if it is shown, show it if it is hidden."""
        self.choose(shown=self.place.isHidden())

    def restore(self, *, wanted: bool, insisted: bool) -> None:
        """Take up what was chosen in an earlier run."""
        self.wanted, self.insisted = wanted, insisted
        self._show()

    def fit(self, *, narrow: bool) -> None:
        """Tell whether the window is too narrow for it."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._show()

    def _show(self) -> None:
        shown = self.insisted if self._narrow else self.wanted
        focused = QApplication.focusWidget()
        if not shown and focused is not None and self.place.isAncestorOf(focused):
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.place.isHidden() is shown:
            self.place.setVisible(shown)


class RoomForRows(QObject):
    """Lets details, notices and player give way where columns or rows of the table have too little room."""

    def __init__(
        self,
        splitter: QSplitter,
        side_bar: QWidget,
        table: RecordingTable,
        details: SidePane,
        notices: NoticeBar,
        player: PlayerBar,
    ) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._side_bar = side_bar
        self._table = table
        self._details = details
        self._notices = notices
        self._player = player
        for each in (splitter, side_bar):
            each.installEventFilter(self)
        table.header.least_changed.connect(self._look)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._splitter and event.type() is QEvent.Type.Resize
        turned = event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}
        if resized or (watched is self._side_bar and turned):
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        beside = [self._details.place] + ([] if self._side_bar.isHidden() else [self._side_bar])
        taken = sum(each.minimumWidth() + self._splitter.handleWidth() for each in beside)
        self._details.fit(narrow=self._splitter.width() - taken < self._table.least_width)
        # Not the height of the panes, which is another one once the player has given way.
        low = self._splitter.window().height() < _LOW
        self._notices.fit(low=low)
        self._player.fit(low=low)
