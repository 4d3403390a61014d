"""What the boxes of the form offer, and how one leaves it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.filter.queryform import QueryForm
from playhead.ui.look.controls import ChoiceBox
from playhead.ui.look.icons import Icons

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def form(qtbot: QtBot, icons: Icons) -> QueryForm:
    made = QueryForm(icons)
    qtbot.addWidget(made)
    made.show()
    return made


def offered(box: ChoiceBox) -> list[str]:
    box.showPopup()
    menu = next(each for each in box.findChildren(QMenu) if each.isVisible())
    found = [each.text() for each in menu.actions()]
    menu.close()
    return found


def test_what_was_typed_once_is_offered_only_while_it_is_chosen(form: QueryForm) -> None:
    kinds = offered(form.choices["kind"])
    form.show_text("kind:foo,call")
    assert form.choices["kind"].chosen == ("foo", "call")
    assert offered(form.choices["kind"]) == ["foo", *kinds]
    form.show_text("kind:call")
    assert offered(form.choices["kind"]) == kinds


def test_enter_and_escape_leave_the_form_with_what_was_written(form: QueryForm, qtbot: QtBot) -> None:
    told: list[str] = []
    form.typed.connect(told.append)
    QTest.keyClicks(form.words, "maria")
    fields: tuple[QWidget, ...] = (form.words, form.since, form.choices["kind"], form.period)
    for field in fields:
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            with qtbot.waitSignal(form.left, timeout=1000):
                QTest.keyClick(field, key)
    assert told[-1] == "maria"
