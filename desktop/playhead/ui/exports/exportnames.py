"""Names of the files: the template, its fields, templates that are kept, and the result."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playhead.core.exports.template import DEFAULT_TEMPLATE, FIELDS
from playhead.ui.look.buttons import MenuButton, lettered
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import PlainLabel, plain, wrapped
from playhead.ui.look.theme import monospace, restyle
from playhead.ui.wording.words import BY_ADMINISTRATOR

Preview = Callable[[str], list[str] | str]
"""Gives the first names that a template makes; a sentence if it makes none."""

NAMES: Final = 3
"""How many names are shown; the dialog does not change its height between templates."""
_LONGEST: Final = 40
"""Letters of the name of a preset."""
_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "started": ("Date and time, as you write it", "{started:%Y-%m-%d %H.%M}"),
    "date": ("Date", "{date}"),
    "title": ("Caller, called and id; else the name", "{title}"),
    "from": ("Caller", "{from}"),
    "to": ("Called", "{to}"),
    "name": ("Name", "{name}"),
    "kind": ("Kind", "{kind}"),
    "direction": ("Direction", "{direction}"),
    "account": ("Account", "{account}"),
    "provider": ("Provider", "{provider}"),
    "id": ("Id", "{id}"),
    "id8": ("Id, its first eight letters", "{id8}"),
    "number": ("Number in the export", "{number:04d}"),
    "ext": ("Extension", "{ext}"),
}
"""What the menu says of a field, and what it writes."""


class NamesPane(QWidget):
    """A line for the template with live names below it. `presets` are templates by the names they have."""

    changed = Signal()
    test_asked = Signal()
    """A list of every name is wanted."""
    presets_changed = Signal(object)
    """The templates that are kept now (`Mapping[str, str]`)."""

    def __init__(self, icons: Icons, template: str, presets: Mapping[str, str], preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self._presets = dict(presets)
        self._problem_text = ""
        self._line = QLineEdit(template)
        self._line.setObjectName("templateField")
        self._line.setAccessibleName("File names")
        label = QLabel("File &names")
        label.setProperty("role", "title")
        label.setBuddy(self._line)
        self._insert = MenuButton(icons, "Insert a field", "&Insert")
        self._insert.setObjectName("insertFieldButton")
        self._kept = MenuButton(icons, "Presets of file names", "&Presets")
        self._kept.setObjectName("presetsButton")
        self._test = QPushButton("&Test…")
        self._test.setObjectName("testNamesButton")
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self.test_asked)
        self._names = [PlainLabel(role="small", mode=Qt.TextElideMode.ElideMiddle) for _ in range(NAMES)]
        self._problem = wrapped(role="bad")
        self._problem.setObjectName("exportProblem")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._line, 1)
        for button in (self._insert, self._kept, self._test):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(line)
        column.addWidget(self._make_preview())
        self._fill_fields()
        self._fill_presets()
        self._line.textChanged.connect(self._judge)
        self.look()

    @property
    def template(self) -> str:
        """Text of the line."""
        return self._line.text()

    @property
    def problem(self) -> str:
        """Reason why the template makes no names; empty if it does."""
        return self._problem_text

    def lock(self) -> None:
        """Leave the template as the administrator has set it."""
        self._line.setReadOnly(True)
        self._line.setToolTip(BY_ADMINISTRATOR)
        for button in (self._insert, self._kept):
            button.setEnabled(False)
            button.setToolTip(BY_ADMINISTRATOR)

    def look(self) -> None:
        """Show the names that the template makes now, or what is wrong with it."""
        made = self._preview(self.template)
        names = [] if isinstance(made, str) else made
        for place, label in enumerate(self._names):
            label.show_text(names[place] if place < len(names) else "")
        self._problem_text = made if isinstance(made, str) else ""
        self._problem.show_text(self._problem_text)
        self._shown.setCurrentIndex(int(bool(self._problem_text)))
        self._line.setAccessibleDescription(self._problem_text)
        self._test.setEnabled(not self._problem_text)
        wrong = "true" if self._problem_text else "false"
        if self._line.property("invalid") != wrong:
            restyle(self._line, "invalid", wrong)

    def keep_preset(self, name: str) -> None:
        """Keep the template under `name`, in place of one that is kept so."""
        shown = plain(name)[:_LONGEST].strip()
        if shown:
            self._presets[shown] = self.template
            self._tell_presets()

    def remove_preset(self, name: str) -> None:
        """Forget the template that is kept under `name`."""
        if self._presets.pop(name, None) is not None:
            self._tell_presets()

    def _judge(self) -> None:
        self.look()
        self.changed.emit()

    def _make_preview(self) -> QWidget:
        holder = QFrame()
        holder.setAccessibleName("The first names")
        column = QVBoxLayout(holder)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(0)
        for label in self._names:
            label.setFont(monospace())
            column.addWidget(label)
        # In the place of the names that the template does not make: nothing moves when there is a fault.
        shown = QStackedWidget()
        shown.addWidget(holder)
        shown.addWidget(self._problem)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._shown = shown
        return shown

    def _fill_fields(self) -> None:
        menu = self._insert.menu_shown
        offered = [*map(_FIELDS.__getitem__, FIELDS), ("A folder from here on", "/")]
        for title, (_, text) in zip(lettered([words for words, _ in offered]), offered, strict=True):
            if text == "/":
                menu.addSeparator()
            menu.addAction(f"{title}\t{text}").triggered.connect(partial(self._insert_field, text))

    def _insert_field(self, text: str) -> None:
        self._line.insert(text)
        self._line.setFocus()

    def _fill_presets(self) -> None:
        menu = self._kept.menu_shown
        menu.clear()
        kept = {"Usual names": DEFAULT_TEMPLATE, **self._presets}
        *names, keep, remove = lettered([*kept, "Keep these names as…", "Remove"])
        for title, template in zip(names, kept.values(), strict=True):
            menu.addAction(f"{title}\t{template}").triggered.connect(partial(self._use, template))
        menu.addSeparator()
        menu.addAction(keep).triggered.connect(self._ask_name)
        if self._presets:
            removing = menu.addMenu(remove)
            for title, name in zip(lettered(list(self._presets)), self._presets, strict=True):
                removing.addAction(title).triggered.connect(partial(self.remove_preset, name))

    def _use(self, template: str) -> None:
        self._line.setText(template)
        self._line.setFocus()

    def _tell_presets(self) -> None:
        self._fill_presets()
        self.presets_changed.emit(dict(self._presets))

    def _ask_name(self) -> None:
        asking = QInputDialog(self)
        asking.setWindowTitle("Keep these names")
        asking.setLabelText("Keep the file names as:")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.textValueSelected.connect(self.keep_preset)
        asking.open()
