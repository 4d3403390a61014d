"""The form beside the filter line: what it writes, and what it shows of a query."""

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from playhead.ui.filter.queryform import CUSTOM, QueryForm
from playhead.ui.look.controls import ChoiceBox
from playhead.ui.look.icons import Icons

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def form(qtbot: QtBot, icons: Icons) -> QueryForm:
    made = QueryForm(icons)
    qtbot.addWidget(made)
    made.resize(700, 260)
    made.show()
    return made


@pytest.fixture
def told(form: QueryForm) -> list[str]:
    heard: list[str] = []
    form.written.connect(heard.append)
    form.typed.connect(heard.append)
    return heard


def pick(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def write(line: QLineEdit, text: str) -> None:
    line.clear()
    QTest.keyClicks(line, text)


def menu_of(box: ChoiceBox) -> QMenu:
    box.showPopup()
    return next(each for each in box.findChildren(QMenu) if each.isVisible())


def choose(box: ChoiceBox, words: str) -> None:
    """Click a line of the menu, which stays open for more, and close it."""
    menu = menu_of(box)
    action = next(each for each in menu.actions() if each.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()
    menu.close()


def test_every_field_writes_its_words_at_once(form: QueryForm, told: list[str]) -> None:
    pick(form.period, "last30d")
    assert told[-1] == "date:last30d"
    write(form.since, "2026-01-01")
    assert told[-1] == "date:2026-01-01.."
    write(form.until, "2026-02")
    write(form.sides["from"], "+31*, Maria V")
    write(form.sides["with"], '"a, b"')
    write(form.words, "hello kind:call")
    write(form.shortest, ">2m")
    choose(form.choices["kind"], "Voicemail")
    choose(form.choices["kind"], "Call")
    choose(form.flags, "not starred")
    assert told[-1] == (
        'kind:voicemail,call from:+31*,"Maria V" with:"a, b" "hello" "kind:call" date:2026-01-01..2026-02'
        " duration:>2m -is:starred"
    )
    choose(form.choices["kind"], "Call")
    assert told[-1].startswith("kind:voicemail from:")


def test_a_query_is_shown_in_the_fields_without_being_written_again(form: QueryForm, told: list[str]) -> None:
    form.show_text(
        "account:EU direction:outgoing status:failed,odd to:maria date:last7d"
        " duration:30s..5m is:stereo -is:gone x"
    )
    assert form.choices["account"].chosen == ("EU",)
    assert form.choices["direction"].chosen == ("out",)
    assert form.choices["status"].chosen == ("failed", "odd")
    assert form.sides["to"].text() == "maria"
    assert form.period.currentData() == "last7d"
    assert (form.since.text(), form.until.text()) == ("", "")
    assert (form.shortest.text(), form.longest.text()) == ("30s", "5m")
    assert form.flags.chosen == ("stereo", "-gone")
    assert form.words.text() == "x"
    assert form.also.isHidden()
    form.show_text("date:2026-01-01..2026-02-01")
    assert form.period.currentData() == CUSTOM
    assert (form.since.text(), form.until.text()) == ("2026-01-01", "2026-02-01")
    assert not any(box.chosen for box in form.choices.values())
    assert told == []


def test_what_has_no_field_is_named_and_kept(form: QueryForm, told: list[str]) -> None:
    form.show_text("-status:failed (a OR b) x")
    assert form.also.whole == "also: -status:failed (a OR b)"
    choose(form.choices["direction"], "incoming")
    assert told == ["direction:in x -status:failed (a OR b)"]
    form.show_text("a OR b")
    choose(form.choices["direction"], "incoming")
    assert told[-1] == "direction:in (a OR b)"


def test_what_is_being_written_is_not_changed_by_its_own_echo(form: QueryForm, told: list[str]) -> None:
    write(form.words, 'a "b')
    form.show_text(told[-1])
    assert form.words.text() == 'a "b'


def test_values_that_are_known_are_offered_beside_those_that_are_chosen(form: QueryForm) -> None:
    form.show_text("status:odd")
    form.offer("status", ["available", "failed"])
    menu = menu_of(form.choices["status"])
    assert [(each.text(), each.isChecked()) for each in menu.actions()] == [
        ("odd", True),
        ("available", False),
        ("failed", False),
    ]
    menu.close()
    assert form.choices["status"].accessibleName() == "Status: odd"
    menu = menu_of(form.choices["format"])
    assert not menu.actions()[0].isEnabled()
    menu.close()


def test_space_chooses_in_the_menu_and_leaves_it_open(form: QueryForm, told: list[str]) -> None:
    menu = menu_of(form.choices["direction"])
    menu.setActiveAction(menu.actions()[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert told == ["direction:out"]
    assert menu.isVisible()
    menu.close()


def test_a_day_is_pointed_at_in_the_calendar(form: QueryForm, told: list[str]) -> None:
    write(form.since, "2026-03-02")
    form.since.actions()[0].trigger()
    calendar = form.since.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 3, 2)
    calendar.clicked.emit(QDate(2026, 3, 5))
    assert told[-1] == "date:2026-03-05.."


def test_escape_leaves_the_form(form: QueryForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.left, timeout=1000):
        QTest.keyClick(form.words, Qt.Key.Key_Escape)


def test_every_field_has_a_name_for_a_screen_reader(form: QueryForm) -> None:
    fields = [*form.findChildren(QLineEdit), *form.findChildren(QComboBox)]
    assert all(each.accessibleName() for each in fields if each.parent() is form)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_long_values_are_painted_in_a_narrow_form(form: QueryForm, direction: Qt.LayoutDirection) -> None:
    form.setLayoutDirection(direction)
    form.show_text(f'status:"{"x" * 300}" name:{"y" * 300} from:"\u202eabc"')
    form.resize(400, form.sizeHint().height())
    assert not form.grab().isNull()
    assert form.childAt(QPoint(20, 40)) is not None
