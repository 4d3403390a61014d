"""The preferences as they are shown and chosen."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Appearance, HealthChecking, Preferences
from playhead.ui.look.theme import Theme
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.keyspage import KeysPage
from playhead.ui.shell.preferencesdialog import LIMITS, PreferencesDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def keys(window: QWidget, theme: Theme) -> KeysPage:
    return KeysPage(Commands(window, window), theme)


@pytest.fixture
def dialog(qtbot: QtBot, keys: KeysPage) -> PreferencesDialog:
    made = PreferencesDialog(Preferences(theme=Appearance.DARK), keys)
    qtbot.addWidget(made)
    made.show()
    return made


def box(dialog: PreferencesDialog, name: str) -> QComboBox:
    return next(each for each in dialog.findChildren(QComboBox) if each.objectName() == name)


def empty(dialog: PreferencesDialog, name: str = "emptyCacheButton") -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if each.objectName() == name)


def test_the_appearance_that_is_set_is_shown(dialog: PreferencesDialog) -> None:
    assert box(dialog, "appearanceBox").currentData() == "dark"


def test_what_is_kept_and_may_be_kept_is_told_without_being_signalled(
    dialog: PreferencesDialog, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(dialog.limit_chosen):
        dialog.show_usage(1_500_000, 480_000_000, 2_300_000)
    assert any("1.5 MB of audio and 2.3 MB" in label.text() for label in dialog.findChildren(QLabel))
    assert box(dialog, "cacheLimitBox").currentData() == 500_000_000


def test_only_what_is_there_can_be_thrown_away(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    dialog.show_usage(0, LIMITS[0], 1)
    assert not empty(dialog).isEnabled()
    with qtbot.waitSignal(dialog.empty_transcripts_asked, timeout=1000):
        empty(dialog, "emptyTranscriptsButton").click()
    dialog.show_usage(1, LIMITS[0], 0)
    assert not empty(dialog, "emptyTranscriptsButton").isEnabled()
    with qtbot.waitSignal(dialog.empty_asked, timeout=1000):
        empty(dialog).click()


def test_a_limit_beyond_32_bits_is_signalled_whole(dialog: PreferencesDialog, qtbot: QtBot) -> None:
    limits = box(dialog, "cacheLimitBox")
    limits.setCurrentIndex(limits.count() - 1)
    with qtbot.waitSignal(dialog.limit_chosen, timeout=1000) as chosen:
        limits.activated.emit(limits.currentIndex())
    assert chosen.args == [10_000_000_000]


def test_the_keys_are_a_page_of_their_own(dialog: PreferencesDialog, keys: KeysPage) -> None:
    assert not keys.isVisible()
    tabs = dialog.findChild(QTabBar)
    assert tabs is not None
    assert [tabs.tabText(each) for each in range(tabs.count())] == ["General", "Health", "Keys"]
    dialog.show_keys()
    assert keys.isVisible()


def test_the_dialog_fits_a_small_screen(dialog: PreferencesDialog) -> None:
    dialog.show_keys()
    assert dialog.minimumSizeHint().height() < 440
    assert dialog.minimumSizeHint().width() < 760


def test_what_the_administrator_has_locked_is_shown_and_cannot_be_chosen(
    qtbot: QtBot, keys: KeysPage
) -> None:
    made = PreferencesDialog(
        Preferences(theme=Appearance.DARK, locked=frozenset({"theme", "checking"})), keys
    )
    qtbot.addWidget(made)
    assert not box(made, "appearanceBox").isEnabled()
    assert box(made, "appearanceBox").toolTip() == "Set by your administrator."
    assert box(made, "appearanceBox").currentData() == "dark"
    assert not box(made, "checkingBox").isEnabled()
    assert box(made, "densityBox").isEnabled()


def test_what_is_checked_without_being_played_and_how_fast_can_be_chosen(
    dialog: PreferencesDialog, qtbot: QtBot
) -> None:
    assert box(dialog, "checkingBox").currentData() == HealthChecking.ASKED
    assert box(dialog, "checkRateBox").currentData() == 2e6
    for name, value, told in (
        ("checkingBox", HealthChecking.NEVER, lambda chosen: chosen.checking is HealthChecking.NEVER),
        ("checkRateBox", 0.0, lambda chosen: chosen.check_rate == 0.0),
    ):
        chooser = box(dialog, name)
        chooser.setCurrentIndex(chooser.findData(value))
        with qtbot.waitSignal(dialog.changed, check_params_cb=told, timeout=1000):
            chooser.activated.emit(chooser.currentIndex())
