"""Options of an export: the files besides the audio, and its course."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from playhead.core.exports.choices import MOST_AT_ONCE, Choices, CopyForm, Taken
from playhead.core.exports.formats import FORMATS, ExportFormat
from playhead.ui.look.controls import DropDown
from playhead.ui.look.labels import plain

_LONGEST_NAME = 200
_TAKEN = (
    ("Keep what is there and intact", Taken.KEEP),
    ("Number the new file", Taken.NUMBER),
    ("Replace the old file", Taken.REPLACE),
)
_COPIES = (
    ("None", None),
    ("WAV, for any program", CopyForm.WAV),
    ("Opus, small", CopyForm.OPUS),
)


class OptionsPane(QWidget):
    """Choices that have a sensible default."""

    def __init__(self, choices: Choices, formats: Sequence[ExportFormat] = FORMATS) -> None:
        super().__init__()
        self._sheets = {each: _box(each.label, on=each in choices.sheets) for each in formats}
        for each, box in self._sheets.items():
            box.setObjectName(f"{each.file_name.rpartition('.')[2]}Box")
            box.setToolTip(each.tip)
        self._transcripts = _box("Trans&cripts, where there are some", on=choices.transcripts)
        self._transcripts.setObjectName("transcriptsBox")
        self._marks = _box("&My stars and notes", on=choices.marks)
        self._marks.setObjectName("marksBox")
        self._bag = _box("As a Ba&gIt bag, for archives", on=choices.bag)
        self._bag.setObjectName("bagBox")
        self._copy = DropDown()
        self._copy.setObjectName("copyBox")
        self._copy.setToolTip("Beside the originals, never instead of them.")
        for text, form in _COPIES:
            self._copy.addItem(text, form)
        self._copy.setCurrentIndex([form for _, form in _COPIES].index(choices.copy))
        self._taken = DropDown()
        self._taken.setObjectName("takenBox")
        for words, taken in _TAKEN:
            self._taken.addItem(words, taken)
        self._taken.setCurrentIndex([taken for _, taken in _TAKEN].index(choices.taken))
        self._at_once = DropDown()
        self._at_once.setObjectName("atOnceBox")
        for number in range(1, MOST_AT_ONCE + 1):
            self._at_once.addItem(f"Up to {number} at once" if number > 1 else "One by one", number)
        self._at_once.setCurrentIndex(min(max(1, choices.at_once), MOST_AT_ONCE) - 1)
        self._person = QLineEdit(choices.person)
        self._person.setObjectName("personLine")
        self._person.setMaxLength(_LONGEST_NAME)
        self._person.setPlaceholderText("Not named")
        self._person.setToolTip(
            "Left empty, nobody is named. Report and tables name the computer and its system in any case."
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(_stack("Beside the audio", self._sheets.values()), 0, 0)
        grid.addLayout(_stack("As well", (self._transcripts, self._marks, self._bag)), 0, 1)
        grid.addLayout(_named("Copies of the a&udio", self._copy), 1, 0)
        grid.addLayout(_named("If a name is ta&ken in the folder", self._taken), 1, 1)
        grid.addLayout(_named("How man&y files", self._at_once), 2, 0)
        grid.addLayout(_named("Exported by, for the report", self._person), 2, 1)

    def taken_into(self, template: str) -> Choices:
        """The choices, with `template` for the names."""
        # Qt gives a `StrEnum` back as plain text.
        copy = self._copy.currentData()
        return Choices(
            template=template,
            at_once=int(self._at_once.currentData()),
            taken=Taken(self._taken.currentData()),
            copy=copy and CopyForm(copy),
            sheets=frozenset(sheet for sheet, box in self._sheets.items() if box.isChecked()),
            transcripts=self._transcripts.isChecked(),
            marks=self._marks.isChecked(),
            bag=self._bag.isChecked(),
            person=plain(self._person.text()),
        )


def _box(text: str, *, on: bool) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(on)
    return box


def _stack(title: str, boxes: Iterable[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    heading = QLabel(title)
    heading.setProperty("role", "title")
    column.addWidget(heading)
    for box in boxes:
        column.addWidget(box)
    column.addStretch(1)
    return column


def _named(text: str, widget: QWidget) -> QVBoxLayout:
    label = QLabel(text)
    label.setBuddy(widget)
    label.setProperty("role", "title")
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(widget)
    return column
