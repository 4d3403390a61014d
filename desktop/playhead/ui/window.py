"""The one window: where everything has its place. It knows no journey; the journeys connect its parts.

An empty window can be painted after a third of the time that importing and building its parts takes. So it
is furnished in three steps: empty, with its places, and (`complete`) with what is not seen at first, which is
made sooner only if it is asked for. What a step does not need is imported in the next: `Qt`, too, with all of
its enumerations.
"""

import sys
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QMimeData, QSize, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.ui.look.palette import DARK, LIGHT
from playhead.ui.look.screenroom import pull_in, put_on_screen, room_for
from playhead.ui.shell import actions

if TYPE_CHECKING:
    from playhead.ui.accounts.welcome import WelcomePage
    from playhead.ui.look.icons import Icons
    from playhead.ui.look.theme import Theme
    from playhead.ui.table.model import RecordingModel
    from playhead.ui.values.valuespanel import ValuesPanel

_USUAL = QSize(1280, 800)
"""Size of the window at the first start, where the screen has room for it."""
_LEAST = QSize(800, 520)
_MIDDLE = 128
"""Lightness between black and white."""
_APPEARS_IN = 100
"""Milliseconds that a window system is given to show the empty window."""


class Window(QMainWindow):
    """Side bar, filter line, table, inspector, player bar; or the welcome page while nothing is connected.

    It is empty until it is furnished; only `appear` and `closing` are of use before.
    """

    closing = Signal()
    """The person closes the window; it stays until the program has finished what it was writing."""
    demo_asked = Signal()
    """The person wants to try the demo, on the first page."""
    folder_dropped = Signal(object)
    """The `Path` of a folder that was dropped onto the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Playhead")
        self.setMinimumSize(_LEAST.boundedTo(room_for(self)))
        put_on_screen(self, _USUAL)
        self.closed = False
        """Whether the person has asked to close it."""
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, (DARK if _is_dark(ground) else LIGHT).ground)
        self.setPalette(ground)

    def appear(self) -> None:
        """Show the window; returns when it is on the screen, or after a moment where it cannot be."""
        self.show()
        patience = QDeadlineTimer(_APPEARS_IN)
        while not self.windowHandle().isExposed() and not patience.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        # Only now the window system has said how wide its frame is.
        pull_in(self)

    def furnish(self, model: "RecordingModel", theme: "Theme", icons: "Icons", icon: QIcon) -> None:
        """Put everything into its place; the providers are those of `model`."""
        from playhead.ui.accounts.sidebar import SideBar
        from playhead.ui.exports.exportmenu import ExportMenu
        from playhead.ui.exports.transfers import TransfersPanel
        from playhead.ui.filter.filterline import FilterLine
        from playhead.ui.filter.queryform import QueryForm
        from playhead.ui.inspector.inspector import Inspector
        from playhead.ui.listing.listingpane import ListingPane
        from playhead.ui.listing.statusline import StatusLine
        from playhead.ui.look.controls import tool_button
        from playhead.ui.player.playerbar import PlayerBar
        from playhead.ui.shell.commands import Commands
        from playhead.ui.shell.menubar import MenuBar
        from playhead.ui.shell.notices import NoticeBar
        from playhead.ui.strip.strippane import StripPane

        self.model, self.theme, self.icons = model, theme, icons
        self.setPalette(QPalette())
        self.setWindowIcon(icon)
        self.setAcceptDrops(True)
        self.side_bar = SideBar(theme, icons, model.showing.providers)
        self.filter = FilterLine(theme, icons)
        self.form = QueryForm(icons)
        self.export_button = QPushButton("Export")
        self.export_menu = ExportMenu(icons)
        self.details_button = tool_button(icons.get("details", "dim"), "Show the details")
        self.notices = NoticeBar(icons)
        self.strip = StripPane(theme, icons)
        self.rows = ListingPane(model, theme, icons)
        self.table = self.rows.table
        self.commands = Commands(self, self.rows)
        self.menu_bar = MenuBar(self.commands)
        self.transfers = TransfersPanel(icons)
        self.status = StatusLine()
        self.inspector = Inspector(theme, icons)
        self.player = PlayerBar(theme, icons)
        self._pages = QStackedWidget()
        self._first_page = QWidget()
        self._panes = QSplitter(QtCore.Qt.Orientation.Horizontal)
        self._build()
        # Who was at the rows can only change the filter when there are none.
        self.rows.emptied.connect(partial(self.filter.line.setFocus, QtCore.Qt.FocusReason.OtherFocusReason))
        self.side_bar.filled.connect(lambda filled: self._show_page(filled=filled))
        self._bind()

    @cached_property
    def welcome(self) -> "WelcomePage":
        """The first page, which is shown as long as nothing is connected."""
        from playhead.ui.accounts.welcome import WelcomePage

        page = WelcomePage(self.icons, self.model.showing.providers)
        page.demo_asked.connect(self.demo_asked)
        whole = QVBoxLayout(self._first_page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        # At once, where the window is on the screen already: a layout would do it later, and the focus waits.
        page.show()
        return page

    @cached_property
    def values(self) -> "ValuesPanel":
        """The values of a column, over the rows."""
        from playhead.ui.look.taborder import come_by
        from playhead.ui.values.valuespanel import ValuesPanel

        panel = ValuesPanel(self.model.columns, self.theme, self.icons, self.rows)
        come_by(panel, self.table)
        return panel

    def complete(self) -> Iterator[QWidget]:
        """Make what is not seen at first, one part at each step."""
        yield self.welcome
        yield self.values

    def show_welcome(self) -> None:
        """Show the first page: nothing is connected yet."""
        self._pages.setCurrentIndex(0)
        self.player.setVisible(False)
        self._allow(listed=False)
        self.welcome.first.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def show_recordings(self) -> None:
        """Show the table and everything around it; keys are for the rows, unless the person is elsewhere."""
        nowhere = self._is_nowhere(self.focusWidget())
        self._pages.setCurrentIndex(1)
        self.player.setVisible(True)
        self._allow(listed=True)
        if nowhere:
            self.rows.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def _show_page(self, *, filled: bool) -> None:
        (self.show_recordings if filled else self.show_welcome)()

    def _build(self) -> None:
        self.export_button.setObjectName("exportButton")
        self.export_button.setProperty("primary", "true")
        self.export_button.clicked.connect(self.commands.entry(actions.EXPORT).trigger)
        self.details_button.setObjectName("detailsButton")
        self.details_button.setProperty("framed", "true")
        self.details_button.setProperty("narrow", "true")
        self.details_button.hide()
        self.export_menu.offer(
            [self.commands.entry(each) for each in actions.ACTIONS if each.group is actions.Group.EXPORT]
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.filter, 1)
        line.addWidget(self.export_button, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.export_menu, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.details_button, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(16, 10, 8, 10)
        top.setSpacing(8)
        top.addLayout(line)
        top.addWidget(self.form)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(_rule())
        column.addWidget(self.notices)
        column.addWidget(self.strip)
        column.addWidget(self.rows, 1)
        column.addWidget(self.transfers)
        column.addWidget(_rule())
        column.addWidget(self.status)
        self._panes.setChildrenCollapsible(False)
        self._panes.setHandleWidth(1)
        # In a smaller window every pane gives some of its width, in proportion.
        panes = ((self.side_bar, 216, 176), (centre, 790, 360), (self.inspector, 274, 256))
        for place, (pane, width, least) in enumerate(panes):
            pane.setMinimumWidth(least)
            self._panes.addWidget(pane)
            self._panes.setStretchFactor(place, width)
        self.side_bar.setMaximumWidth(360)
        self.inspector.setMaximumWidth(520)
        self._panes.setSizes([216, 790, 274])
        self._pages.addWidget(self._first_page)
        self._pages.addWidget(self._panes)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._pages, 1)
        rows.addWidget(self.player)
        self.setCentralWidget(whole)
        self.setMenuBar(self.menu_bar)

    def _bind(self) -> None:
        """Let the actions that concern the window alone do what they say."""
        from playhead.ui.shell.arrangement import Arrangement
        from playhead.ui.shell.keytips import KeyTips
        from playhead.ui.shell.panes import Pane, Panes
        from playhead.ui.shell.roomforrows import RoomForRows
        from playhead.ui.shell.sidepane import SidePane

        commands = self.commands
        commands.bind(actions.FIND, self.filter.focus)
        commands.bind(actions.CLEAR, self.filter.clear)
        commands.bind(actions.COLUMNS, self.table.header.open_menu)
        commands.bind(actions.SELECT_ALL, self.table.select_everything)
        commands.bind(actions.OPEN, self.table.open_current)
        commands.bind(actions.NEXT_TAB, partial(self.inspector.turn, 1))
        commands.bind(actions.PREVIOUS_TAB, partial(self.inspector.turn, -1))
        commands.bind(actions.QUIT, self.close)
        for asked, action in (
            (self.filter.form_asked, actions.FORM),
            (self.filter.save_asked, actions.SAVE_FILTER),
            (self.side_bar.connect_asked, actions.ADD_ACCOUNT),
        ):
            asked.connect(partial(commands.do, action))
        commands.rekeyed.connect(self._show_keys)
        self._show_keys()
        controls = (
            (self.export_button, (actions.EXPORT,)),
            (self.details_button, (actions.DETAILS,)),
            (self.inspector.notes.line, (actions.NOTE,)),
        )
        self._tips = KeyTips(commands, (*self.player.keyed, *controls))
        side_bar = SidePane(self.side_bar, actions.SIDE_BAR, self.table)
        details = SidePane(self.inspector, actions.DETAILS, self.table)
        strip = SidePane(self.strip, actions.STRIP, self.table)
        self._room = RoomForRows(
            self._panes, self.side_bar, self.table, (details, strip), self.notices, self.player
        )
        for action, act in (
            (actions.STRIP_WEEK, self.strip.turn),
            (actions.STRIP_SPLIT, self.strip.next_split),
        ):
            commands.bind(action, partial(strip.choose, shown=True))
            commands.bind(action, act)
        self.strip.turner.clicked.connect(commands.entry(actions.STRIP_WEEK).trigger)
        self.inspector.needed.connect(lambda: details.choose(shown=True))
        self.panes = Panes(
            commands,
            (
                Pane(self.side_bar, actions.GO_SIDE_BAR, self.side_bar.tree, side_bar),
                Pane(self.filter, actions.GO_FILTER, self.filter.line),
                Pane(self.notices, actions.GO_NOTICES),
                Pane(self.strip, actions.GO_STRIP, None, strip),
                Pane(self.rows, actions.GO_TABLE, self.table),
                Pane(self.transfers, actions.GO_EXPORTS),
                Pane(self.status, actions.GO_STATUS),
                Pane(self.inspector, actions.GO_DETAILS, None, details),
                Pane(self.player, actions.GO_PLAYER, self.player.waveform),
            ),
        )
        shown = commands.entry(actions.DETAILS)
        shown.toggled.connect(lambda on: self.details_button.setVisible(not on))
        self.details_button.clicked.connect(shown.trigger)
        self.arrangement = Arrangement(
            self, self._panes, (self.table, self.strip), commands, self.menu_bar, self.panes, self.theme
        )

    def _show_keys(self) -> None:
        self.filter.show_keys(*map(self.commands.key, (actions.FORM, actions.SAVE_FILTER)))
        self.player.show_keys(*map(self.commands.key, (actions.PLAY, actions.KEYS)))

    def _is_nowhere(self, focus: QWidget | None) -> bool:
        return focus is None or self._first_page.isAncestorOf(focus)

    def _allow(self, *, listed: bool) -> None:
        self.commands.allow(actions.Need.LIST, met=listed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        from playhead.ui.look.buttons import press_button

        if self.menu_bar.press(event) or press_button(event, ticks=True) or self.commands.press(event):
            return
        super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.menu_bar.release(event)
        super().keyReleaseEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        dropped = _dropped(event.mimeData())
        if dropped is not None:
            event.acceptProposedAction()
            self.folder_dropped.emit(dropped)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed = True
        self.closing.emit()


def _is_dark(palette: QPalette) -> bool:
    """Tell whether the system's scheme is a dark one."""
    if sys.platform == "win32":  # its older style is light, whatever the scheme
        return QGuiApplication.styleHints().colorScheme().name == "Dark"
    # Elsewhere the colours tell, too: asked for the scheme, PySide makes all enumerations of Qt, which takes
    # longer than the window.
    return palette.color(QPalette.ColorRole.Window).lightness() < _MIDDLE


def _dropped(data: QMimeData) -> Path | None:
    """The one folder or file that is dragged; None for anything else. What it is, its reader finds out."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("hairline", "true")
    return rule
