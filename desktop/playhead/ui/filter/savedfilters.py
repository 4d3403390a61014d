"""Saved filters in the side bar, each with the number of its matches, and the dialog that names one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playhead.core import figures
from playhead.core.finding.parser import LONGEST_QUERY
from playhead.core.finding.query import QueryError, Token
from playhead.core.finding.syntax import tokens
from playhead.core.session import Session
from playhead.core.stores import Saved
from playhead.ui.accounts.sidebar import SideBar
from playhead.ui.filter.filterline import FilterLine
from playhead.ui.filter.queryform import PERIODS
from playhead.ui.look.dialogs import DialogLayout, finished
from playhead.ui.look.field import TextField
from playhead.ui.look.labels import PlainLabel, plain, wrapped
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording import words

_WIDTH = 440
LONGEST = 80
"""Letters of a name."""
_JOINTS = frozenset({"(", ")", "-(", "OR", "or"})
"""Words of a filter that join conditions; what they join has no short name."""
_SAID = frozenset({"from", "to", "with", "after", "before", "duration", "size", "heard", "note", "name"})
"""Fields without whose names their values would say something else."""
_DATED = frozenset({"date", "on"})
_PERIODS = {value: shown for shown, value in PERIODS if value}


class NameDialog(QDialog):
    """Shows what is saved and asks for its name; to be shown with `finished`.

    A name that another filter has is asked about: whoever saves it once more replaces that filter.
    """

    def __init__(
        self,
        title: str,
        text: str,
        name: str = "",
        parent: QWidget | None = None,
        *,
        taken: Mapping[str, str] | None = None,
    ) -> None:
        """`taken` are the other filters: what each asks, by its name."""
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowTitle(title)
        self._field = TextField("Name", "It appears in the side bar, with the number of recordings it finds.")
        self._field.line.setObjectName("nameField")
        self._field.line.setMaxLength(LONGEST)
        self._field.line.setText(name)
        self._field.line.selectAll()
        self.name = ""
        """The name that the person wrote, once they saved it; it outlives the dialog."""
        self._taken = taken or {}
        self._replaced = ""
        """The name of the filter that the button would replace."""
        self._save_button = save = QPushButton("Save")
        cancel = QPushButton("Cancel")
        save.setProperty("primary", "true")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self._field.line.textEdited.connect(lambda: self._ask_about(""))
        body, foot = QWidget(), QWidget()
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(24, 8, 24, 20)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 4)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, role="heading"))
        column.addWidget(wrapped(text, role="dim"))
        column.addWidget(self._field)
        column.addStretch(1)
        DialogLayout(self, body, foot, width=_WIDTH)
        self._field.line.setFocus()

    def _save(self) -> None:
        name = self._field.text
        if not name:
            self._field.show_problem("Write a name.")
        elif name in self._taken and name != self._replaced:
            self._ask_about(name)
        else:
            self.name = name
            self.accept()

    def _ask_about(self, name: str) -> None:
        """Offer to replace the filter of this name; nothing if it is empty."""
        self._replaced = name
        self._save_button.setText("Replace" if name else "Save")
        if name:
            self._field.show_problem(f"There is a filter of this name already: {self._taken[name]}")


COUNT_EVERY = 2000
"""Milliseconds between two counts, at least."""


class SavedFilters:
    """Keeps the saved filters, and counts what they find whenever that may have changed.

    Counting is done at leisure, one filter after the other, and never disturbs the table.
    """

    def __init__(self, session: Session, line: FilterLine, side_bar: SideBar, notices: NoticeBar) -> None:
        self._session = session
        self._line = line
        self._side_bar = side_bar
        self._notices = notices
        self._saved: tuple[Saved, ...] = ()
        self._written: tuple[Saved, ...] = ()
        self._stale = False
        self._rest = QTimer(line, singleShot=True, interval=COUNT_EVERY)
        self._rest.timeout.connect(self._count_if_stale)
        line.changed.connect(self._give_way)
        line.changed.connect(self._mark)
        side_bar.saved_chosen.connect(self._choose)
        side_bar.saved_verb.connect(self._do)
        side_bar.saved_dragged.connect(self._move)
        side_bar.counted.connect(self.count)

    @property
    def saved(self) -> Sequence[Saved]:
        """The saved filters, in their order."""
        return self._saved

    def begin(self) -> None:
        """Show what was saved before."""
        self._session.jobs.start("saved", self._load())

    def count(self) -> None:
        """Count anew, as something may have changed: at once, or as soon as the last count is old enough."""
        self._stale = True
        if not self._rest.isActive():
            self._count_if_stale()

    async def close(self) -> None:
        """Write what is not written yet."""
        if self._saved != self._written:
            await self._write()

    async def _load(self) -> None:
        self._saved = self._written = tuple(await self._session.catalogue.searches.saved())
        self._show()

    def _keep(self, saved: Sequence[Saved]) -> None:
        self._saved = tuple(saved)
        self._show()
        self._session.jobs.start("save filters", self._write())

    async def _write(self) -> None:
        saved = self._saved
        await self._session.catalogue.searches.save(saved)
        self._written = saved

    def _show(self) -> None:
        self._side_bar.show_saved([(each.name, each.text) for each in self._saved])
        self._mark(self._line.text)
        self.count()

    def _mark(self, text: str) -> None:
        """Mark in the side bar and in the line that this is saved, if it is."""
        place = self._place_of(text)
        self._line.show_saved("" if place < 0 else self._saved[place].name)
        if place >= 0:
            self._side_bar.mark_saved(place)

    def _place_of(self, text: str) -> int:
        texts = [each.text for each in self._saved]
        return texts.index(text.strip()) if text.strip() in texts else -1

    def _choose(self, place: int) -> None:
        # The blank is for what is typed next.
        self._line.set_text(f"{self._saved[place].text} ")

    def save(self) -> None:
        """Ask for a name for the filter of the line, and keep it; for another name if it is kept already."""
        text = self._line.text.strip()
        place = self._place_of(text)
        if place >= 0:
            self._do("rename", place)
        elif self._line.faulty:
            self._say("This filter cannot be understood yet, so it is not saved.")
        elif text:
            self._session.jobs.start("name filter", self._name_new(text))
        else:
            self._say("There is no filter to be saved: write one first.")

    async def _name_new(self, text: str) -> None:
        name = await self._ask("Save this filter", text, proposed_name(text), self._saved)
        if name:
            others = [each.name for each in self._saved]
            kept = [Saved(name, text) if each.name == name else each for each in self._saved]
            self._keep(kept if name in others else [*kept, Saved(name, text)])

    async def _rename(self, old: Saved) -> None:
        others = [each for each in self._saved if each != old]
        name = await self._ask("Rename this filter", old.text, old.name, others)
        if name:
            others = [each for each in self._saved if each == old or each.name != name]
            self._keep([replace(each, name=name) if each == old else each for each in others])

    async def _ask(self, title: str, text: str, name: str, others: Sequence[Saved]) -> str:
        """The name for a filter; empty for none. It may be that of one of `others`, then given up."""
        taken = {each.name: each.text for each in others}
        dialog = NameDialog(title, text, name, self._line.window(), taken=taken)
        answer = await finished(dialog)
        return dialog.name if answer == QDialog.DialogCode.Accepted else ""

    def _do(self, verb: str, place: int) -> None:
        match verb:
            case "rename":
                self._session.jobs.start("name filter", self._rename(self._saved[place]))
            case "update":
                self._update(place)
            case "up":
                self._move(place, max(0, place - 1))
            case "down":
                self._move(place, place + 1)
            case _:
                self._remove(place)

    def _move(self, place: int, to: int) -> None:
        others = list(self._saved)
        moved = others.pop(place)
        self._keep([*others[:to], moved, *others[to:]])
        self._side_bar.mark_saved(self._saved.index(moved))

    def _remove(self, place: int) -> None:
        before, others = self._saved, list(self._saved)
        removed = others.pop(place)
        self._keep(others)
        self._say(f"The filter “{removed.name}” is no longer saved.", lambda: self._keep(before))

    def _update(self, place: int) -> None:
        text = self._line.text.strip()
        if not text or self._line.faulty:
            self._say("There is no filter in the line that could take its place.")
            return
        kept = list(self._saved)
        kept[place] = replace(kept[place], text=text)
        self._keep(kept)

    def _say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        self._notices.say(key="saved", sentence=sentence, action="Undo" if undo else None, act=undo)

    def _give_way(self) -> None:
        """Stop counting: the rows that the person now asks for come first."""
        if self._session.jobs.running("count saved"):
            self._session.jobs.cancel("count saved")
            self._stale = True
            self._rest.start()

    def _count_if_stale(self) -> None:
        if self._stale and not self._session.jobs.running("count saved"):
            self._stale = False
            self._session.jobs.start("count saved", self._count(self._saved))

    async def _count(self, saved: Sequence[Saved]) -> None:
        for place, each in enumerate(saved):
            try:
                query = self._session.library.understand(each.text)
            except QueryError as fault:
                shown, told = "—", f"{each.text} — {fault.sentence}"
            else:
                number = await self._session.catalogue.listings.count(query)
                more = any(not account.exhausted for account in self._session.library.coverage(query))
                shown = f"{figures.number(number)}{'+' if more else ''}"
                where = " among the loaded" if more else ""
                told = f"{each.text} — {words.count(number, 'recording')}{where}"
            if saved != self._saved:
                self._stale = True
                break
            self._side_bar.show_saved_count(place, shown, told)
        self._rest.start()


def proposed_name(text: str) -> str:
    """A name for a filter, made of what it asks: `Calls, last month` for `kind:call date:lastmonth`."""
    found = tokens(text)
    if len(text) > LONGEST_QUERY or any(each.text in _JOINTS for each in found):
        return _shortened(text)
    return _shortened(", ".join(filter(None, map(_called, found))))


def _called(token: Token) -> str:
    """Words for one condition of a filter."""
    value = token.value.replace('"', "").strip()
    if token.field == "kind":
        value = ", ".join(words.PLURALS.get(each, each) for each in value.split(","))
    elif token.field in _DATED:
        value = _PERIODS.get(value, value)
    said = f"{token.field} {value}" if token.field in _SAID else value
    return f"not {said}" if token.negated and said else said


def _shortened(text: str) -> str:
    line = plain(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
