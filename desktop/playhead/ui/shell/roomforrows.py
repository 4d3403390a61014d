"""Room for the rows: in a small window everything else gives way to them."""

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.shell.sidepane import SidePane
from playhead.ui.table.recordingtable import RecordingTable

_LOW: Final = 660
"""Height of a window, in pixels, below which every row of the table counts."""
_LOW_FOR_STRIP: Final = 690
"""The same of the strip above the table, which is as high as several rows."""


class RoomForRows(QObject):
    """Lets all around the table give way where its columns or rows have too little room."""

    def __init__(
        self,
        splitter: QSplitter,
        side_bar: QWidget,
        table: RecordingTable,
        sides: tuple[SidePane, SidePane],
        notices: NoticeBar,
        player: PlayerBar,
    ) -> None:
        """Let `sides` be the details and the strip."""
        super().__init__(splitter)
        self._splitter = splitter
        self._side_bar = side_bar
        self._table = table
        self._details, self._strip = sides
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
        height = self._splitter.window().height()
        low = height < _LOW
        self._strip.fit(narrow=height < _LOW_FOR_STRIP)
        self._notices.fit(low=low)
        self._player.fit(low=low)
