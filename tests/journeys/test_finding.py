"""Finding: completion, the form, what was used before, and saved filters, in the whole program."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from playhead.core.stores import Saved
from playhead.ui.accounts.sourcetree import SourceRole
from playhead.ui.filter.savedfilters import NameDialog
from support.widgets import appeared, find
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def type_keys(person: Person, text: str) -> None:
    """Go to the line and type, key by key."""
    person.window.filter.focus()
    QTest.keyClicks(person.window.filter.line, text)


def press(person: Person, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(person.window.filter.line, key)


def offered(person: Person) -> list[str]:
    """What is offered below the line."""
    shown = person.program.journeys.completing.suggestions
    return [] if shown.isHidden() else [shown.item(place).text() for place in range(shown.count())]


def saved_lines(person: Person) -> dict[str, str]:
    """The saved filters in the side bar, each with what is shown of its number."""
    found = [
        (item.text(0), str(item.data(0, SourceRole.COUNT) or ""))
        for item in person.window.side_bar.tree.every_item()
        if item.data(0, SourceRole.SAVED) is not None
    ]
    return dict(found)


def current_line(person: Person) -> str:
    """What is marked in the side bar."""
    item = person.window.side_bar.tree.marked
    return item.text(0) if item is not None else ""


async def name_it(person: Person, name: str) -> None:
    """Answer the question for a name."""
    dialog = await appeared(person.window, NameDialog)
    find(dialog, QLineEdit, "nameField").setText(name)
    next(each for each in dialog.findChildren(QAbstractButton) if each.text() == "Save").click()
    await until(lambda: not person.window.findChildren(NameDialog), "the end of the question")


async def save(person: Person, text: str, name: str) -> None:
    """Type a filter and save it under a name."""
    person.type_filter(text)
    person.window.filter.save_asked.emit()
    await name_it(person, name)


async def test_a_person_completes_a_filter_from_what_the_catalogue_knows(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        type_keys(person, "stat")
        assert offered(person) == ["status:"]
        press(person, Qt.Key.Key_Tab)
        await until(lambda: "available" in offered(person))
        QTest.keyClicks(person.window.filter.line, "av")
        await until(lambda: offered(person) == ["available"])
        press(person, Qt.Key.Key_Down, Qt.Key.Key_Return)
        assert person.window.filter.text == "status:available"
        await until(lambda: set(person.column("status")[:20]) == {"available"})
        await until(person.window.table.isVisible)
        press(person, Qt.Key.Key_Return)
        await until(person.window.table.hasFocus)
        await person.program.jobs.wait("used filter 1")
        person.window.filter.clear()
        person.window.filter.focus()
        press(person, Qt.Key.Key_Down)
        await until(lambda: offered(person) == ["status:available", "Forget these"])


async def test_the_form_and_the_line_say_the_same_at_every_moment(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        person.type_filter("-status:failed kind:call")
        person.window.filter.form_asked.emit()
        form = person.program.journeys.forming.form
        assert form.isVisible()
        assert form.choices["kind"].chosen == ("call",)
        assert form.also.whole == "also: -status:failed"
        QTest.keyClicks(form.sides["from"], "+1")
        assert person.window.filter.text == "kind:call from:+1 -status:failed"
        await person.sees_status("match in")
        person.window.filter.set_text("kind:voicemail")
        assert form.choices["kind"].chosen == ("voicemail",)
        assert form.sides["from"].text() == ""
        QTest.keyClick(form.words, Qt.Key.Key_Escape)
        assert form.isHidden()


async def test_a_filter_is_saved_counted_marked_and_there_after_a_restart(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        person.window.status.search_rest.click()
        await person.sees_status("everything is loaded")
        person.type_filter("is:stereo")
        await person.sees_status("match in 540")
        person.window.filter.save_asked.emit()
        await name_it(person, "Both channels")
        await until(lambda: saved_lines(person).get("Both channels") == str(person.rows))
        assert current_line(person) == "Both channels"
        person.window.filter.clear()
        assert current_line(person) == "All recordings"
    async with desk.opened(rows=50) as person:
        await until(lambda: saved_lines(person).get("Both channels"))
        person.window.side_bar.saved_chosen.emit(0)
        assert person.window.filter.text == "is:stereo "
        assert current_line(person) == "Both channels"


async def test_saved_filters_are_renamed_moved_changed_and_removed(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        bar, catalogue = person.window.side_bar, person.program.session.catalogue
        for text, name in (("is:stereo", "One"), ("is:mono", "Two")):
            await save(person, text, name)
        assert list(saved_lines(person)) == ["One", "Two"]
        bar.saved_verb.emit("down", 0)
        assert list(saved_lines(person)) == ["Two", "One"]
        assert current_line(person) == "One"
        bar.saved_verb.emit("rename", 0)
        await name_it(person, "Second")
        assert list(saved_lines(person)) == ["Second", "One"]
        person.type_filter("is:starred")
        bar.saved_verb.emit("update", 0)
        assert current_line(person) == "Second"
        bar.saved_verb.emit("remove", 1)
        await person.sees_notice("“One” is no longer saved")
        assert list(saved_lines(person)) == ["Second"]
        await person.program.jobs.wait("save filters")
        assert list(await catalogue.searches.saved()) == [Saved("Second", "is:starred")]
        await person.takes_up("“One” is no longer saved")
        assert list(saved_lines(person)) == ["Second", "One"]


async def test_a_saved_filter_that_cannot_be_understood_any_more_says_why(desk: Desk) -> None:
    async with desk.opened(*desk.both) as person:
        await person.program.session.catalogue.searches.save([Saved("Old account", "account:Gone")])
    async with desk.opened(rows=50) as person:
        await until(lambda: saved_lines(person).get("Old account") == "—")
        item = next(
            each for each in person.window.side_bar.tree.every_item() if each.text(0) == "Old account"
        )
        assert "No account is called" in item.toolTip(0)
        rows = person.rows
        person.window.side_bar.saved_chosen.emit(0)
        assert "No account is called" in person.window.filter.line.accessibleDescription()
        assert person.rows == rows


async def test_a_star_changes_the_number_of_a_saved_filter(desk: Desk) -> None:
    async with desk.opened(*desk.both, rows=50) as person:
        await save(person, "is:starred", "Starred")
        person.window.filter.clear()
        await person.sees_rows(50)
        await until(lambda: saved_lines(person)["Starred"].startswith("0"))
        person.window.table.selectRow(0)
        person.press(Qt.Key.Key_S)
        await until(lambda: saved_lines(person)["Starred"].startswith("1"))


async def test_what_a_filter_finds_is_marked_in_its_rows_and_no_longer_once_it_is_another(desk: Desk) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        model = person.program.model
        await person.filters_by("north")
        await until(lambda: model.marking.parts("to", "Northwind") == ((0, 5),), "the word to be marked")
        await person.filters_by("status:available")
        await until(lambda: not model.marking.parts("to", "Northwind"), "it not to be")
