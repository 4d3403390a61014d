"""The dialog before an export: what, whereto, what the files will be called, and what comes out."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from playhead.ui.exports.exportnames import NamesPane, Preview
from playhead.ui.exports.exportoptions import OptionsPane
from playhead.ui.exports.exportplace import PlacePane
from playhead.ui.exports.exportscope import ScopePane
from playhead.ui.exports.exportwish import Figures, Offer, Room, Scope, Wish
from playhead.ui.look.controls import Disclosure
from playhead.ui.look.dialogs import DialogLayout
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, keep_lines, wrapped
from playhead.ui.look.theme import restyle

_WIDTH: Final = 620


class ExportDialog(QDialog):
    """Asks for everything that an export needs; to be shown with `open()`.

    The joiner answers `scope_chosen` by `show_figures`, `folder_chosen` by `show_room`, `test_asked` by a
    list of its own. After `wanted` the dialog waits for `accept()`, at once or after `show_loading`.
    """

    scope_chosen = Signal(object)
    """The `Scope` whose figures are wanted."""
    folder_chosen = Signal(object)
    """The `Path` of a folder that is to be looked at."""
    test_asked = Signal(object)
    """A list of all names is wanted: the `Wish` as it stands."""
    presets_changed = Signal(object)
    """The templates that are kept now, by their names."""
    wanted = Signal(object)
    """The `Wish` to be carried out."""
    stop_asked = Signal()
    """What is being loaded is no longer waited for."""
    reopen_asked = Signal()
    """An old export is wanted instead; the dialog is gone then."""

    def __init__(self, icons: Icons, offer: Offer, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted = False
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export")
        self._scope = ScopePane(
            selected=offer.selected, query=offer.query, saved=offer.saved, first=offer.first
        )
        self._place = PlacePane(offer.folder)
        self._names = NamesPane(icons, offer.choices.template, offer.presets, preview)
        if "export_folder" in offer.locked:
            self._place.lock()
        if "name_template" in offer.locked:
            self._names.lock()
        self._options = OptionsPane(offer.choices)
        self._more = Disclosure(icons, "More options", [self._options])
        self._said = wrapped()
        self._said.setObjectName("exportStatus")
        # What stands below does not move when there is something to say.
        keep_lines(self._said, 1)
        self._make_buttons()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(14)
        column.addWidget(PlainLabel("Export", role="heading"))
        for pane in (self._scope, self._place, self._names, self._more):
            column.addWidget(pane)
        column.addStretch(1)
        self._options.installEventFilter(self)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(24, 4, 24, 16)
        below.setSpacing(8)
        below.addWidget(self._said)
        below.addLayout(self._buttons)
        self._layout = DialogLayout(self, self._body, foot, width=_WIDTH)
        self._connect()
        self._judge()
        self._export.setFocus()

    @property
    def scope(self) -> Scope:
        """Choice as it stands."""
        return self._scope.scope

    @property
    def folder(self) -> Path | None:
        """Folder that the line names, if it does."""
        return self._place.folder

    def show_figures(self, figures: Figures | None) -> None:
        """Say how much the scope is; None while that is being counted."""
        self._counted = figures is not None and figures.recordings + figures.more > 0
        self._scope.show_figures(figures)
        self._place.need(0 if figures is None else figures.size)
        self._names.look()
        self._judge()

    def show_room(self, room: Room) -> None:
        """Say what was found out about a folder."""
        self._place.show_room(room)
        self._judge()

    def show_loading(self, sentence: str) -> None:
        """Say how the loading of the rest goes; nothing but *Stop* works meanwhile."""
        self._say(sentence, "dim")
        self._set_busy(busy=True)

    def show_problem(self, sentence: str) -> None:
        """Say why it cannot begin, and let it be mended."""
        self._set_busy(busy=False)
        self._say(sentence, "attention")

    def _make_buttons(self) -> None:
        self._reopen = QPushButton("Open an &old export…")
        self._reopen.setObjectName("reopenButton")
        self._reopen.setProperty("link", "true")
        self._reopen.setAutoDefault(False)
        self._cancel = QPushButton("Cancel")
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAutoDefault(False)
        self._stop = QPushButton("Stop")
        self._stop.setObjectName("stopLoadingButton")
        self._stop.setAutoDefault(False)
        self._stop.hide()
        self._export = QPushButton("&Export")
        self._export.setObjectName("startExportButton")
        self._export.setProperty("primary", "true")
        self._export.setDefault(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._reopen)
        self._buttons.addStretch(1)
        for button in (self._stop, self._cancel, self._export):
            self._buttons.addWidget(button)

    def _connect(self) -> None:
        self._scope.chosen.connect(self._ask_figures)
        self._place.changed.connect(self._ask_room)
        self._names.changed.connect(self._judge)
        self._names.test_asked.connect(self._ask_test)
        self._names.presets_changed.connect(self.presets_changed)
        self._reopen.clicked.connect(self._ask_old)
        self._cancel.clicked.connect(self.reject)
        self._stop.clicked.connect(self.stop_asked)
        self._export.clicked.connect(self._ask)

    def _wish(self) -> Wish | None:
        folder = self._place.folder
        if folder is None or self._place.problem or self._names.problem:
            return None
        return Wish(
            scope=self._scope.scope,
            rest=self._scope.rest,
            folder=folder,
            own=self._place.own,
            add=self._place.add,
            choices=self._options.taken_into(self._names.template),
        )

    def _judge(self) -> None:
        self._export.setEnabled(self._counted and self._wish() is not None)

    def _say(self, sentence: str, role: str) -> None:
        if self._said.property("role") != role:
            restyle(self._said, "role", role)
        self._said.show_text(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        self._body.setDisabled(busy)
        self._reopen.setHidden(busy)
        self._stop.setVisible(busy)
        if busy:
            self._export.setEnabled(False)
            self._stop.setFocus()
        else:
            self._judge()

    def _ask_figures(self) -> None:
        self._counted = False
        self._say("", "dim")
        self._judge()
        self.scope_chosen.emit(self._scope.scope)

    def _ask_room(self) -> None:
        self._judge()
        if self._place.folder is not None:
            self.folder_chosen.emit(self._place.folder)

    def _ask_test(self) -> None:
        wish = self._wish()
        if wish is not None:
            self.test_asked.emit(wish)

    def _ask_old(self) -> None:
        self.reject()
        self.reopen_asked.emit()

    def _ask(self) -> None:
        wish = self._wish()
        if wish is not None:
            self.wanted.emit(wish)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and watched is self._options:
            # When they have their place, after the layout's next turn.
            QTimer.singleShot(0, self._options, lambda: self._layout.reveal(self._options))
        return super().eventFilter(watched, event)
