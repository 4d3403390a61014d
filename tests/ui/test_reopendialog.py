"""The dialog of an old export, and the list of names that it shares its table with."""

import time
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from playhead.ui.exports.examined import Fate, Findings, FoundFile
from playhead.ui.exports.namelist import Named, NameList, NamesModel
from playhead.ui.exports.reopendialog import ReopenDialog
from playhead.ui.look.labels import PlainLabel
from playhead.ui.look.theme import Theme
from support.child_widgets import find

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"),
    pytest.mark.usefixtures("theme"),
]
FOUND = (
    FoundFile("a.mp3", frozenset({Fate.INTACT}), fetchable=True),
    FoundFile("b.mp3", frozenset({Fate.ALTERED}), fetchable=True),
    FoundFile("c.mp3", frozenset({Fate.MISSING}), fetchable=True),
    FoundFile("d.mp3", frozenset({Fate.MISSING, Fate.GONE}), "No longer at Bird"),
    FoundFile("Call from +1 555 0100", frozenset({Fate.NEW}), "Bird EU", fetchable=True),
    FoundFile("Call from +1 555 0101", frozenset({Fate.NEW}), "Bird EU", fetchable=True),
    FoundFile("notes.docx", frozenset({Fate.UNKNOWN})),
)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> ReopenDialog:
    made = ReopenDialog("March")
    qtbot.addWidget(made)
    made.open()
    return made


def test_while_it_looks_nothing_can_be_fetched(dialog: ReopenDialog) -> None:
    dialog.show_progress(1_000_000, 4_000_000)
    assert find(dialog, PlainLabel, "reopenState").whole == "Looking at every file: 1.0 MB of 4.0 MB read"
    assert not find(dialog, QPushButton, "fetchButton").isEnabled()


def test_everything_found_is_counted_and_what_needs_a_look_comes_first(dialog: ReopenDialog) -> None:
    dialog.show_findings(Findings(files=FOUND, sentences=["Bird EU is not connected."]))
    assert find(dialog, PlainLabel, "reopenState").whole == (
        "1 intact · 1 altered · 2 missing · 1 gone · 2 new since · 1 not of the export"
    )
    tabs = find(dialog, QTabBar, "fateTabs")
    assert tabs.tabText(tabs.currentIndex()) == "Altered 1"
    model = find(dialog, QTableView, "foundTable").model()
    assert model.index(0, 0).data() == "b.mp3"
    assert find(dialog, QLabel, "reopenSentences").text() == "Bird EU is not connected."


def test_only_what_can_be_fetched_is_offered_and_altered_files_only_if_wanted(
    qtbot: QtBot, dialog: ReopenDialog
) -> None:
    dialog.show_findings(Findings(files=FOUND))
    fetch = find(dialog, QPushButton, "fetchButton")
    assert find(dialog, QCheckBox, "fetchMissingBox").text() == "Fetch 1 recording missing"
    assert not find(dialog, QCheckBox, "fetchAlteredBox").isChecked()
    assert fetch.text() == "&Fetch 3 recordings"
    find(dialog, QCheckBox, "fetchAlteredBox").setChecked(True)
    assert fetch.text() == "&Fetch 4 recordings"
    find(dialog, QCheckBox, "fetchNewBox").setChecked(False)
    with qtbot.waitSignal(dialog.fetch_asked) as asked:
        fetch.click()
    assert asked.args == [frozenset({Fate.MISSING, Fate.ALTERED})]
    assert not dialog.isVisible()


def test_what_is_new_is_not_suggested_for_recordings_that_were_chosen_by_hand(dialog: ReopenDialog) -> None:
    dialog.show_findings(Findings(files=FOUND, take_new=False))
    assert not find(dialog, QCheckBox, "fetchNewBox").isChecked()


def test_an_intact_export_has_nothing_to_fetch(dialog: ReopenDialog) -> None:
    dialog.show_findings(Findings(files=FOUND[:1]))
    assert find(dialog, PlainLabel, "reopenState").whole == "1 intact"
    assert not find(dialog, QPushButton, "fetchButton").isEnabled()
    assert not find(dialog, QCheckBox, "fetchMissingBox").isVisible()


def test_what_is_no_export_is_said(dialog: ReopenDialog) -> None:
    dialog.show_problem("This folder holds no export of Playhead.")
    assert find(dialog, QLabel, "reopenSentences").text() == "This folder holds no export of Playhead."
    assert not find(dialog, QTabBar, "fateTabs").isVisible()


def test_the_names_behave_as_qt_expects(qapp: QApplication) -> None:
    model = NamesModel([Named("a.mp3", ""), Named("b (2).mp3", "Numbered")])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_names([Named("c.mp3", "")])
    assert model.rowCount() == 1
    assert model.index(5, 0).data() is None
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for column in range(model.columnCount()):
        header = partial(model.headerData, column, Qt.Orientation.Horizontal)
        assert header(Qt.ItemDataRole.TextAlignmentRole) == left
        assert header(Qt.ItemDataRole.ToolTipRole) is None
    assert tester.model() is model


def test_ten_thousand_names_are_shown_at_once_and_those_with_a_remark_alone(
    qtbot: QtBot, theme: Theme
) -> None:
    names = NameList()
    qtbot.addWidget(names)
    names.open()
    begun = time.perf_counter()
    names.show_names(
        [Named(f"{number}.mp3", "" if number % 100 else "Shortened") for number in range(10_000)]
    )
    names.grab()
    assert time.perf_counter() - begun < 5
    table = find(names, QTableView, "nameTable")
    assert table.model().rowCount() == 10_000
    find(names, QCheckBox, "onlyRemarksBox").click()
    assert table.model().rowCount() == 100
