"""An old export, looked at again: what is intact, altered, missing, gone or new; what to fetch."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from playhead.core.figures import number
from playhead.ui.exports.examined import Fate, Findings
from playhead.ui.exports.namelist import Named, NamesModel, name_table
from playhead.ui.exports.transferbuttons import Seal
from playhead.ui.look.dialogs import DialogLayout
from playhead.ui.look.labels import PlainLabel, plain, wrapped
from playhead.ui.wording.words import count, size

_STEPS: Final = 1000
_LEAST_TABLE: Final = 120
"""Pixels: some rows are seen even where the rest is scrolled to."""
_TICKS: Final[Mapping[Fate, tuple[str, str]]] = {
    Fate.MISSING: ("missing", "fetchMissingBox"),
    Fate.NEW: ("new since", "fetchNewBox"),
    Fate.ALTERED: ("altered; what is there is kept beside it under another name", "fetchAlteredBox"),
}


class ReopenDialog(QDialog):
    """Shows what becomes known of an export; to be shown with `open()`."""

    fetch_asked = Signal(object)
    """The fates whose files are to be fetched (`frozenset[Fate]`); the dialog is gone then."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reopenDialog")
        self.setWindowTitle("An old export")
        self._findings = Findings(files=())
        self._shown: list[Fate] = []
        self._heading = PlainLabel(plain(name), role="heading", mode=Qt.TextElideMode.ElideMiddle)
        self._about = wrapped(role="dim")
        self._about.hide()
        self._seal = Seal("SHA-256 of SHA256SUMS as it is now")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the examination")
        self._state = PlainLabel("Reading what the export says of itself…", role="dim")
        self._state.setObjectName("reopenState")
        self._sentences = wrapped(role="attention")
        self._sentences.setObjectName("reopenSentences")
        self._sentences.hide()
        self._tabs = QTabBar()
        self._tabs.setObjectName("fateTabs")
        self._tabs.setAccessibleName("Files by what is found")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(self._list)
        self._model = NamesModel(parent=self)
        self._table = name_table(self._model)
        self._table.setObjectName("foundTable")
        self._ticks = {fate: QCheckBox() for fate in _TICKS}
        for fate, box in self._ticks.items():
            box.setObjectName(_TICKS[fate][1])
            box.toggled.connect(self._judge)
            box.hide()
        self._make_buttons()
        self._table.setMinimumHeight(_LEAST_TABLE)
        body, foot = QWidget(), QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 8)
        column.setSpacing(8)
        for widget in (
            *(self._heading, self._about, self._seal, self._state),
            *(self._bar, self._sentences, self._tabs),
        ):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        for box in self._ticks.values():
            column.addWidget(box)
        below = QVBoxLayout(foot)
        below.setContentsMargins(24, 0, 24, 16)
        below.addLayout(self._buttons)
        DialogLayout(self, body, foot, width=720, height=520)

    def show_about(self, name: str, sentence: str) -> None:
        """Say what export it is: what is handed on, and how it was chosen."""
        self._heading.show_text(plain(name))
        self._about.show_text(sentence)
        self._about.show()

    def show_seal(self, digest: str, name: str) -> None:
        """Tell the sum of the list of sums of the export called `name`, to be compared with a letter."""
        self._seal.show_sum(digest, name)
        self._seal.setVisible(self._seal.known)

    def show_progress(self, read: int, total: int) -> None:
        """So many bytes of its files were read."""
        self._state.show_text(f"Looking at every file: {size(read)} of {size(total)} read")
        self._bar.setValue(round(_STEPS * read / total) if total else _STEPS)

    def show_findings(self, findings: Findings) -> None:
        """Show everything; what can be fetched can be ticked."""
        self._findings = findings
        self._bar.hide()
        counted = [(fate, findings.number(fate)) for fate in Fate]
        parts = [f"{number(many)} {str(fate).lower()}" for fate, many in counted if many]
        self._state.show_text(" · ".join(parts) or "It holds no recordings.")
        self._sentences.show_text(" ".join(findings.sentences))
        self._sentences.setVisible(bool(findings.sentences))
        self._shown = [fate for fate, many in counted if many]
        for fate, many in counted:
            if many:
                self._tabs.addTab(f"{fate} {number(many)}")
        # What needs a look comes before what is as it was.
        first = next((place for place, fate in enumerate(self._shown) if fate is not Fate.INTACT), 0)
        self._tabs.setCurrentIndex(first)
        self._list()
        for fate, box in self._ticks.items():
            many = findings.fetchable(fate)
            box.setText(f"Fetch {count(many, 'recording')} {_TICKS[fate][0]}")
            box.setVisible(many > 0)
            box.setChecked(
                many > 0 and fate is not Fate.ALTERED and (fate is not Fate.NEW or findings.take_new)
            )
        self._judge()

    def show_problem(self, sentence: str) -> None:
        """Say why it cannot be opened."""
        self._bar.hide()
        self._tabs.hide()
        self._table.hide()
        self._state.show_text("")
        self._sentences.show_text(sentence)
        self._sentences.show()

    def _make_buttons(self) -> None:
        close = QPushButton("Close")
        close.setObjectName("closeButton")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._fetch = QPushButton("&Fetch")
        self._fetch.setObjectName("fetchButton")
        self._fetch.setProperty("primary", "true")
        self._fetch.setDefault(True)
        self._fetch.setEnabled(False)
        self._fetch.clicked.connect(self._ask)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(close)
        self._buttons.addWidget(self._fetch)

    def _ticked(self) -> frozenset[Fate]:
        return frozenset(fate for fate, box in self._ticks.items() if box.isChecked())

    def _judge(self) -> None:
        many = sum(self._findings.fetchable(fate) for fate in self._ticked())
        self._fetch.setText(f"&Fetch {count(many, 'recording')}" if many else "&Fetch")
        self._fetch.setEnabled(many > 0)

    def _list(self) -> None:
        place = self._tabs.currentIndex()
        if not 0 <= place < len(self._shown):
            return
        fate = self._shown[place]
        self._model.show_names(
            [Named(each.path, each.remark) for each in self._findings.files if fate in each.fates]
        )
        self._table.setAccessibleName(str(fate))

    def _ask(self) -> None:
        fates = self._ticked()
        self.accept()
        self.fetch_asked.emit(fates)
