"""Saving a filter under a name that another one has."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from playhead.ui.filter.savedfilters import NameDialog
from support.widgets import find

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("theme"),
]


@pytest.fixture
def dialog(qtbot: QtBot) -> NameDialog:
    made = NameDialog("Save this filter", "is:mono", taken={"Both": "is:stereo"})
    qtbot.addWidget(made)
    made.show()
    return made


def write(dialog: NameDialog, name: str) -> None:
    line = find(dialog, QLineEdit, "nameField")
    line.clear()
    QTest.keyClicks(line, name)


def press(dialog: NameDialog, text: str) -> None:
    next(each for each in dialog.findChildren(QAbstractButton) if each.text() == text).click()


def said(dialog: NameDialog) -> str:
    return find(dialog, QLineEdit, "nameField").accessibleDescription()


def test_a_name_in_use_is_asked_about_before_the_older_filter_goes(dialog: NameDialog) -> None:
    write(dialog, "Both")
    press(dialog, "Save")
    assert dialog.isVisible()
    assert said(dialog) == "There is a filter of this name already: is:stereo"
    press(dialog, "Replace")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.name == "Both"


def test_another_name_is_saved_without_more_ado(dialog: NameDialog) -> None:
    write(dialog, "Both")
    press(dialog, "Save")
    write(dialog, "One")
    press(dialog, "Save")
    assert dialog.name == "One"


def test_whoever_does_not_want_to_replace_it_gives_no_name(dialog: NameDialog) -> None:
    write(dialog, "Both")
    press(dialog, "Save")
    press(dialog, "Cancel")
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert dialog.name == ""
