"""The list of every name that an export would give, with what happens where a name does not stand as made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from playhead.core.exports.choices import Taken
from playhead.core.exports.naming import PART_BYTES
from playhead.core.exports.plan import Plan
from playhead.ui.look.itemviews import NOWHERE, AnyIndex, as_rows
from playhead.ui.look.labels import PlainLabel, as_tip, plain
from playhead.ui.look.lefttoright import readable
from playhead.ui.look.screenroom import room_for
from playhead.ui.look.theme import monospace
from playhead.ui.wording.words import count

_ROW_HEIGHT: Final = 24
_REMARK_WIDTH: Final = 260
_TITLES: Final = ("File", "Remark")


@dataclass(frozen=True, slots=True)
class Named:
    """A path that a file gets, and what there is to say of it; empty if nothing."""

    path: str
    remark: str


def named(plan: Plan) -> tuple[Named, ...]:
    """Every path of `plan`, with remarks. May take a moment."""
    remarks = {
        conflict.place: {
            Taken.KEEP: "Is there already; stays if it is intact",
            Taken.NUMBER: f"“{conflict.path.rpartition('/')[2]}” is taken: numbered",
            Taken.REPLACE: "Replaces the file that is there",
        }[conflict.taken]
        for conflict in plan.conflicts
    }
    return tuple(
        Named(file.path, remarks.get(place) or _remark(file.path, playable=file.recording.playable))
        for place, file in enumerate(plan.files)
    )


def _remark(path: str, *, playable: bool) -> str:
    if not playable:
        return "Has no audio: only listed"
    longest = max(len(part.encode()) for part in path.split("/"))
    # Names are cut to the limit, less what a letter of several bytes leaves over.
    return "Shortened" if longest > PART_BYTES - 6 else ""


class NamesModel(QAbstractTableModel):
    """Adapts names to Qt."""

    def __init__(self, names: Sequence[Named] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names

    def show_names(self, names: Sequence[Named]) -> None:
        """Show others."""
        self.beginResetModel()
        self._names = names
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._names)

    @override
    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._names):
            return None
        name = self._names[index.row()]
        text = name.remark if index.column() else name.path
        if role == Qt.ItemDataRole.DisplayRole:
            return readable(plain(text))
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(text)
        if role == Qt.ItemDataRole.FontRole and not index.column():
            return monospace()
        return None


def name_table(model: NamesModel) -> QTableView:
    """A table of names that stays quick with a hundred thousand."""
    table = QTableView()
    table.setModel(model)
    as_rows(table, _ROW_HEIGHT)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().resizeSection(1, _REMARK_WIDTH)
    return table


class NameList(QDialog):
    """Shows every name, or only those with a remark; to be shown with `open()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nameList")
        self.setWindowTitle("File names")
        self._names: Sequence[Named] = ()
        self._model = NamesModel(parent=self)
        self._heading = PlainLabel("Making the names…", role="heading")
        self._only = QCheckBox("&Only those with a remark")
        self._only.setObjectName("onlyRemarksBox")
        self._only.toggled.connect(self._fill)
        self._table = name_table(self._model)
        self._table.setObjectName("nameTable")
        self._table.setAccessibleName("File names")
        close = QPushButton("&Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        end = QHBoxLayout()
        end.addWidget(self._only)
        end.addStretch(1)
        end.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._table, 1)
        column.addLayout(end)
        self.resize(QSize(760, 480).boundedTo(room_for(self)))

    def show_names(self, names: Sequence[Named]) -> None:
        """Show what the template makes of all recordings."""
        self._names = names
        remarks = sum(bool(each.remark) for each in names)
        self._heading.show_text(f"{count(len(names), 'name')} · {count(remarks, 'remark')}")
        self._only.setEnabled(remarks > 0)
        self._fill()

    def show_problem(self, sentence: str) -> None:
        """Say why there are no names."""
        self._heading.show_text(sentence)

    def _fill(self) -> None:
        only = self._only.isChecked()
        self._model.show_names([each for each in self._names if each.remark] if only else self._names)
