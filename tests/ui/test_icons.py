"""Icons that take the palette's colours, stay sharp, and may be missing."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Appearance
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.palette import DARK, LIGHT
from playhead.ui.look.theme import Theme

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<rect width="16" height="16" fill="currentColor"/></svg>'
)


@pytest.fixture
def icons(tmp_path: Path, theme: Theme) -> Icons:
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    return Icons(tmp_path, theme)


def middle(picture: QPixmap) -> QColor:
    return picture.toImage().pixelColor(picture.width() // 2, picture.height() // 2)


def test_an_icon_takes_the_color_of_its_role(icons: Icons) -> None:
    assert middle(icons.pixmap("square")) == LIGHT.text
    assert middle(icons.pixmap("square", "bad")) == LIGHT.bad
    assert middle(icons.pixmap("square", "on_accent")) == LIGHT.on_accent


def test_an_icon_already_on_a_button_follows_the_theme(qtbot: QtBot, icons: Icons, theme: Theme) -> None:
    button = QToolButton()
    button.setIcon(icons.get("square", "accent"))
    qtbot.addWidget(button)
    button.resize(40, 40)
    assert button.grab().toImage().pixelColor(20, 20) == LIGHT.accent
    theme.choose(Appearance.DARK)
    assert button.grab().toImage().pixelColor(20, 20) == DARK.accent


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_has_a_point_for_each_point_of_the_screen(icons: Icons, ratio: float) -> None:
    picture = icons.get("square").pixmap(QSize(16, 16), ratio)
    assert picture.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert picture.devicePixelRatio() == ratio


def test_a_disabled_icon_is_fainter(icons: Icons) -> None:
    picture = icons.get("square").pixmap(QSize(16, 16), QIcon.Mode.Disabled)
    assert middle(picture) == LIGHT.disabled


def test_a_missing_or_broken_drawing_is_an_empty_icon(icons: Icons) -> None:
    assert icons.get("no-such-thing").isNull()
    assert icons.pixmap("no-such-thing").isNull()


def test_the_same_icon_is_made_once(icons: Icons) -> None:
    assert icons.get("square") is icons.get("square", "text")


def test_an_icon_outlives_the_one_who_gave_it(qtbot: QtBot, icons: Icons) -> None:
    button = QToolButton()
    button.setIcon(icons.get("square"))
    qtbot.addWidget(button)
    button.resize(40, 40)
    icons.__dict__.clear()
    gc.collect()
    assert button.grab().toImage().pixelColor(20, 20) == LIGHT.text


def test_an_icon_can_stand_by_itself_and_be_exchanged(qtbot: QtBot, icons: Icons) -> None:
    label = IconLabel(icons.get("square", "good"), size=20)
    qtbot.addWidget(label)
    assert middle(label.grab()) == LIGHT.good
    label.show_icon(icons.get("square", "bad"))
    assert middle(label.grab()) == LIGHT.bad
