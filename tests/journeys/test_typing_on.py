"""Typing on behind what the program wrote into the filter line, and what is offered there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from playhead.core.stores import Saved
from playhead.ui.accounts.sourcetree import SourceRole
from playhead.ui.filter.savedfilters import NameDialog
from playhead.ui.shell.actions import JUMP
from playhead.ui.table.columns import COLUMNS
from support.widgets import appeared, find
from support.window.accessible_events import overheard
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def point_at(person: Person, key: str) -> None:
    """Ask for the menu of a cell of the first row."""
    table = person.window.table
    model = table.model()
    assert model is not None
    index = model.index(0, next(place for place, each in enumerate(COLUMNS) if each.key == key))
    table.header.showSection(index.column())
    table.setCurrentIndex(index)
    table.customContextMenuRequested.emit(table.visualRect(index).center())


async def test_words_typed_behind_what_was_chosen_are_words_of_their_own(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        line = person.window.filter
        person.window.side_bar.chosen.emit('account:"Bird EU" kind:call')
        chosen = line.text
        assert line.line.cursorPosition() == len(chosen)
        QTest.keyClicks(line.line, "maria")
        assert line.text == f"{chosen}maria"
        assert chosen.endswith("kind:call ")
        person.window.side_bar.chosen.emit('account:"Bird EU" kind:conference')
        assert line.text == 'account:"Bird EU" kind:conference maria '
        person.window.side_bar.chosen.emit("")
        assert line.text == "maria "
        person.window.side_bar.chosen.emit("")
        assert line.text == ""


async def test_a_faulty_filter_is_cleared_and_a_cell_is_filtered_by_as_far_as_one_is_understood(
    desk: Desk,
) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        tree = person.window.side_bar.tree
        person.type_filter("colour:red")
        account = next(each for each in tree.every_item() if each.data(0, SourceRole.ACCOUNT) == "bird")
        tree.setCurrentItem(account)
        person.window.side_bar.chosen.emit(account.data(0, SourceRole.SCOPE))
        assert person.window.filter.faulty
        await person.sees_status('still for “account:"Bird EU"” · ')
        person.type_filter("")
        current = tree.marked
        assert current is not None
        assert current.text(0) == "All recordings"
        person.type_filter("colour:red")
        point_at(person, "kind")
        actions = person.window.table.actions()
        next(each for each in actions if each.text().startswith("Filter by “")).trigger()
        await person.sees_status("still for “kind:")


async def test_a_line_of_the_side_bar_is_shown_as_far_as_a_faulty_filter_is_understood(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        person.type_filter("kind:call colour:red")
        await person.sees_status("still for “kind:call” · ")
        tree = person.window.side_bar.tree
        account = next(each for each in tree.every_item() if each.data(0, SourceRole.ACCOUNT) == "bird")
        tree.setCurrentItem(account)
        tree.setFocus()
        with overheard() as events:
            QTest.keyClick(tree, Qt.Key.Key_Return)
            await person.sees_status('still for “account:"Bird EU" kind')
            await until(lambda: any(" match in " in each for each in events.said), "how many match")
        (said,) = [each for each in events.said if " match in " in each]
        assert said.startswith('account:"Bird EU" kind:call, without what cannot be understood: ')
        assert person.window.filter.text == 'account:"Bird EU" kind:call colour:red '
        assert {person.recording(row).account for row in person.window.table.visible_rows} == {"bird"}


async def test_the_menu_says_what_a_cell_asks_for_and_copies_the_number_of_a_caller(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        point_at(person, "exported")
        texts = [each.text() for each in person.window.table.actions()]
        assert "Filter by “not exported”" in texts
        assert "Exclude “not exported”" in texts
        point_at(person, "from")
        number = (caller.address or "") if (caller := person.recording(0).caller) else ""
        copy = next(each for each in person.window.table.actions() if each.text().startswith("Copy number"))
        assert copy.text() == f"Copy number {number}".rstrip()
        assert copy.isEnabled() is bool(number)
        copy.trigger()
        assert not number or QGuiApplication.clipboard().text() == number


async def test_numbers_are_offered_as_the_table_writes_them_and_a_date_is_asked_for(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        date = person.program.journeys.browsing.go_to_date.line
        person.window.commands.do(JUMP)
        QTest.keyClick(date.line, Qt.Key.Key_Return)
        assert date.sentence.startswith("Write a date: 2026-03-14")
        line, shown = person.window.filter, person.program.journeys.completing.suggestions
        line.focus()
        QTest.keyClicks(line.line, "from:+31")

        def labels() -> list[str]:
            return [shown.item(place).text() for place in range(shown.count())]

        await until(lambda: labels() and all(label.startswith("+31 ") for label in labels()), "numbers")
        first = labels()[0]
        QTest.keyClick(line.line, Qt.Key.Key_Tab)
        assert line.text == f"from:{first.replace(' ', '')}"


async def test_no_saved_filter_goes_unasked(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:

        async def name(name: str, button: str) -> None:
            dialog = await appeared(person.window, NameDialog)
            find(dialog, QLineEdit, "nameField").setText(name)
            for text in ("Save", button):
                chosen = [each for each in dialog.findChildren(QAbstractButton) if each.text() == text]
                if chosen:
                    chosen[0].click()
            await until(lambda: not person.window.findChildren(NameDialog), "the end of the question")

        def saved() -> list[Saved]:
            return list(person.program.journeys.saving.saved)

        for text, called in (("is:stereo", "A"), ("is:mono", "B")):
            person.type_filter(text)
            person.window.filter.save_asked.emit()
            await name(called, "Save")
        both = saved()
        person.window.side_bar.saved_verb.emit("rename", 1)
        await name("A", "Cancel")
        person.type_filter("is:starred")
        person.window.filter.save_asked.emit()
        await name("A", "Cancel")
        assert saved() == both
        person.window.filter.save_asked.emit()
        await name("A", "Replace")
        assert saved() == [Saved("A", "is:starred"), Saved("B", "is:mono")]


async def test_what_is_typed_while_playhead_still_opens_is_looked_for(desk: Desk) -> None:
    async with desk.opened(*desk.both, wait=False) as person:
        await until(lambda: hasattr(person.window, "filter"), "the line")
        # Before anybody listens.
        person.window.filter.blockSignals(True)  # noqa: FBT003 - as Qt has it
        QTest.keyClicks(person.window.filter.line, "kind:call")
        person.window.filter.blockSignals(False)  # noqa: FBT003 - as Qt has it
        await until(lambda: person.program.ready, "the program")
        await person.sees_status("match in")
        await person.sees_rows(20)
        assert {person.recording(row).kind for row in person.window.table.visible_rows} == {"call"}
