"""The fields that connect an account, as its provider describes them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from playhead.core.account import Account
from playhead.core.formfield import ADDRESS, FormField
from playhead.core.provider import Provider
from playhead.ui.look.controls import Disclosure, DropDown
from playhead.ui.look.field import SecretField, TextField
from playhead.ui.look.icons import Icons


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An account that is not connected yet, and what is to prove it; that is never shown when printed."""

    provider: str
    """The name of the provider."""
    label: str
    base_url: str
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """As those of an `Account`."""
    given: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    """Values of the chosen way to prove it, by the keys of its fields."""
    session_only: bool = False
    """True if the credential is to be forgotten when Playhead quits."""


class AccountForm(QWidget):
    """A line for each field, a button for each way to prove the account, and what is seldom needed folded."""

    def __init__(self, icons: Icons, provider: Provider) -> None:
        super().__init__()
        self._provider = provider
        self._rows: dict[FormField, TextField] = {}
        self._choices: dict[FormField, QComboBox] = {}
        self._lengths: dict[FormField, int] = {}
        """Letters in the lines, as they were seen last."""
        self._ways = [QRadioButton(way.label) for way in provider.ways]
        self._ways[0].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for field in provider.details:
            column.addWidget(self._row(field))
        if len(self._ways) > 1:
            column.addLayout(self._make_ways())
        for way in provider.ways:
            for field in way.fields:
                column.addWidget(self._row(field))
        self._advanced = Disclosure(icons, "Advanced", tuple(map(self._row, provider.advanced)))
        column.addWidget(self._advanced)
        self._choose_way()

    def fill(self, account: Account) -> None:
        """Show what is known of an account; its credential has to be given anew."""
        known = {**account.details, ADDRESS: account.base_url}
        for field, row in self._rows.items():
            if (text := known.get(field.key, "")) != field.usual:
                row.line.setText(text)
        for field, box in self._choices.items():
            box.setCurrentIndex(box.findData(known.get(field.key, field.usual)))
        self._rows[self._asked[0]].line.setFocus()

    def check(self) -> TextField | None:
        """Show what is wrong with each field that counts now; give the first that is, unfolded."""
        wrong = []
        for field in self._counting():
            row = self._rows[field]
            row.show_problem(field.check(row.line.text()))
            if row.problem:
                wrong.append(row)
        for row in wrong[:1]:
            self._advanced.reveal(row)
        return wrong[0] if wrong else None

    def draft(self, label: str, *, session_only: bool) -> Draft:
        """Give what is filled in."""
        kept = {field.key: self._value(field) for field in self._provider.kept}
        usual = {field.key: field.usual for field in self._provider.kept}
        address = next(field for field in self._provider.advanced if field.key == ADDRESS)
        return Draft(
            provider=self._provider.name,
            label=label,
            base_url=self._value(address) or address.usual,
            details={key: value for key, value in kept.items() if value and value != usual[key]},
            given={field.key: self._value(field) for field in self._asked},
            session_only=session_only,
        )

    def forget(self) -> None:
        """Leave no secret in the fields, nor in what undo would bring back."""
        for field, row in self._rows.items():
            if field.hidden:
                row.line.setText("")

    @property
    def _asked(self) -> Sequence[FormField]:
        """The fields of the way that is chosen."""
        chosen = next(place for place, button in enumerate(self._ways) if button.isChecked())
        return self._provider.ways[chosen].fields

    def _counting(self) -> Iterator[FormField]:
        for field in (*self._provider.details, *self._asked, *self._provider.advanced):
            if field in self._rows:
                yield field

    def _value(self, field: FormField) -> str:
        box = self._choices.get(field)
        return field.read(self._rows[field].line.text()) if box is None else str(box.currentData())

    def _row(self, field: FormField) -> QWidget:
        if field.choices:
            return self._make_choice(field)
        kind = SecretField if field.hidden else TextField
        row = self._rows[field] = kind(field.label, field.help)
        row.line.setObjectName(f"{field.key}Field")
        row.line.setPlaceholderText(field.usual)
        row.line.textChanged.connect(partial(self._look_for_pasted, field))
        row.line.editingFinished.connect(partial(self._take_meant, field))
        return row

    def _make_choice(self, field: FormField) -> QWidget:
        box = self._choices[field] = DropDown()
        box.setObjectName(f"{field.key}Box")
        for words, value in field.choices:
            box.addItem(words, str(value))
        box.setCurrentIndex(box.findData(str(field.usual)))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        name = QLabel(field.label)
        name.setProperty("role", "title")
        name.setBuddy(box)
        line.addWidget(name)
        line.addStretch(1)
        line.addWidget(box)
        return row

    def _make_ways(self) -> QVBoxLayout:
        ways = QVBoxLayout()
        ways.setSpacing(4)
        for button in self._ways:
            ways.addWidget(button)
            button.toggled.connect(self._choose_way)
        return ways

    def _choose_way(self) -> None:
        for button, way in zip(self._ways, self._provider.ways, strict=True):
            for field in way.fields:
                self._rows[field].setHidden(not button.isChecked())

    def _look_for_pasted(self, field: FormField, text: str) -> None:
        """Mend what came all at once; what is typed letter by letter is left alone until the line is left."""
        before, self._lengths[field] = self._lengths.get(field, 0), len(text)
        if len(text) > before + 1:
            self._take_meant(field)

    def _take_meant(self, field: FormField) -> None:
        """Keep that part alone of a text which is meant."""
        line = self._rows[field].line
        found = field.pasted(line.text())
        if found and found != line.text():
            line.setText(found)
