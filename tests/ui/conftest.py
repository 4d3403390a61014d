"""Widgets that several tests look at."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.player.playerbar import PlayerBar
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.table.tableheader import ROW_HEIGHT
from playhead.ui.waveform.waveform import Waveform
from support.fakes import NOON, outline, recording
from support.window.table_scene import ROWS, Around, ids


@pytest.fixture(autouse=True)
def every_key_is_let_go() -> Iterator[None]:
    """Qt takes the modifiers of the last event for held, also when rows are selected in the next test."""
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)


@pytest.fixture
def empty_waveform(qtbot: QtBot, theme: Theme) -> Waveform:
    """A waveform with nothing loaded; `waveform_places` says what is where."""
    made = Waveform(theme)
    qtbot.addWidget(made)
    made.resize(541, made.sizeHint().height())
    made.show()
    return made


@pytest.fixture
def waveform(empty_waveform: Waveform) -> Waveform:
    """One with 100 seconds of two loud channels."""
    empty_waveform.show_peaks(outline(b"\xff" * 10_000, b"\xff" * 10_000, per_second=100))
    return empty_waveform


@pytest.fixture
def player_bar(qtbot: QtBot, theme: Theme, icons: Icons) -> PlayerBar:
    """A player bar with nothing loaded."""
    made = PlayerBar(theme, icons)
    qtbot.addWidget(made)
    made.resize(1000, made.sizeHint().height())
    made.show()
    return made


@pytest.fixture
def table_model(qtbot: QtBot) -> RecordingModel:
    """Rows that know more recordings than `table` lists."""
    made = RecordingModel(NOON)
    made.fill({each: recording(-each) for each in range(900, 1300)})
    return made


@pytest.fixture
def around(qtbot: QtBot) -> Around:
    """What `table` is in."""
    made = Around()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(around: Around, table_model: RecordingModel, theme: Theme, icons: Icons) -> RecordingTable:
    """A table that lists `ROWS`, twenty of them in view."""
    made = RecordingTable(table_model, theme, icons, around)
    made.resize(1000, 30 + 20 * ROW_HEIGHT)
    made.show_listing(ids(ROWS))
    around.show()
    made.setFocus()
    return made


@pytest.fixture
def panel(qtbot: QtBot, icons: Icons) -> TransfersPanel:
    """Transfers, of which there are none yet."""
    made = TransfersPanel(icons)
    qtbot.addWidget(made)
    made.resize(700, 260)
    return made
