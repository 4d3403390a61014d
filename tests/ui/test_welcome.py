"""The welcome page and its three ways."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from playhead.ui.accounts.welcome import WelcomePage
from playhead.ui.look.icons import Icons
from support.providers.registered import PROVIDERS


@pytest.fixture
def page(qtbot: QtBot, icons: Icons) -> WelcomePage:
    made = WelcomePage(icons, PROVIDERS)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def card(page: WelcomePage, name: str) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.accessibleName() == name)


@pytest.mark.parametrize(
    ("name", "provider"),
    [("Connect Convirza", "convirza"), ("Connect Bird", "bird")],
)
def test_a_card_asks_to_connect_its_provider(
    qtbot: QtBot, page: WelcomePage, name: str, provider: str
) -> None:
    with qtbot.waitSignal(page.connect_asked) as asked:
        QTest.mouseClick(card(page, name), Qt.MouseButton.LeftButton)
    assert asked.args == [provider]


def test_a_click_on_the_words_of_a_card_counts(qtbot: QtBot, page: WelcomePage) -> None:
    demo = card(page, "Try the demo")
    words = demo.findChildren(QLabel)[-1]
    with qtbot.waitSignal(page.demo_asked):
        QTest.mouseClick(demo, Qt.MouseButton.LeftButton, pos=words.geometry().center())
    assert words.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_keyboard_reaches_every_card(qtbot: QtBot, page: WelcomePage) -> None:
    with qtbot.waitSignal(page.demo_asked):
        QTest.keyClick(card(page, "Try the demo"), Qt.Key.Key_Space)
    for name in ("Connect Convirza", "Connect Bird", "Try the demo"):
        assert card(page, name).focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_word_has_room(page: WelcomePage) -> None:
    for label in page.findChildren(QLabel):
        assert label.heightForWidth(label.width()) <= label.height()


def test_the_page_promises_to_read_only_and_to_keep_tokens_in_the_keyring(page: WelcomePage) -> None:
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "only reads" in words
    assert "keyring" in words
