"""The guide and the table of keys: complete, true of the program, and read from its own files alone."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QPushButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.theme import Theme
from playhead.ui.shell.actions import ACTIONS
from playhead.ui.shell.guide import GuideWindow
from playhead.ui.shell.keymap import Keymap, normal
from playhead.ui.shell.keytable import key_table
from playhead.ui.shell.placekeys import PLACE_KEYS
from support.widgets import find

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "guide"
PAGES = sorted(FOLDER.glob("*.md"))
LINKS = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def guide(qtbot: QtBot, parent: QWidget, theme: Theme) -> GuideWindow:
    made = GuideWindow(FOLDER, theme, parent)
    qtbot.addWidget(made)
    made.show()
    return made


def text_of(guide: GuideWindow) -> str:
    return find(guide, QTextBrowser).toPlainText()


# ------------------------------------------------------------------------------------------ the files


def test_the_table_of_keys_is_that_of_the_program() -> None:
    made = "made again by `python3 packaging/dev.py guide`"
    assert (ROOT / "docs" / "KEYS.md").read_text(encoding="utf-8") == key_table(), made


def test_the_table_of_keys_has_every_action_and_every_key() -> None:
    table = key_table()
    for action in ACTIONS:
        assert f"| {action.title}" in table
    for key in [
        *(key for each in ACTIONS for key in each.keys),
        *(key for each in PLACE_KEYS for key in each.keys),
    ]:
        assert f"`{key}`" in table


def test_the_guide_has_at_most_ten_pages_all_within_reach_of_the_first() -> None:
    assert 2 <= len(PAGES) <= 10
    first = LINKS.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert {page.name for page in PAGES} == {"README.md", *first}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    for target in LINKS.findall(page.read_text(encoding="utf-8")):
        assert (FOLDER / target).is_file(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_keys_that_a_page_names_are_keys_of_the_program(page: Path) -> None:
    fixed = {key for each in PLACE_KEYS for key in each.keys} | {"Enter", "Shift", "Alt"}
    for name in re.findall(r"\*([^*\n]+)\*", page.read_text(encoding="utf-8")):
        if normal(name) == name and name not in fixed:
            assert Keymap().holder(name) is not None, name


def test_the_pictures_are_as_large_as_the_window_of_the_tour() -> None:
    pictures = sorted((FOLDER / "pictures").iterdir())
    assert len(pictures) == 6
    for picture in pictures:
        assert QImage(str(picture)).width() == 1280, picture.name


# ----------------------------------------------------------------------------------------- the window


def test_the_guide_opens_at_its_contents_and_follows_its_links(guide: GuideWindow) -> None:
    assert text_of(guide).startswith("Guide to Playhead")
    find(guide, QTextBrowser).setSource(QUrl("export.md"))
    assert text_of(guide).startswith("Export them")
    back = next(each for each in guide.findChildren(QPushButton) if each.text() == "Back")
    back.click()
    assert text_of(guide).startswith("Guide to Playhead")
    assert not guide.isModal()


def test_pictures_are_no_wider_than_the_window(guide: GuideWindow) -> None:
    pages = find(guide, QTextBrowser)
    guide.resize(500, 400)
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = pages.loadResource(kind, QUrl("pictures/find.png"))
    assert isinstance(picture, QImage)
    assert 0 < picture.width() <= pages.viewport().width() * guide.devicePixelRatioF()


@pytest.mark.parametrize(
    "away", ["https://example.com/", "../../README.md", "file:///etc/hostname", "gone.md"]
)
def test_nothing_but_the_guide_is_read(guide: GuideWindow, away: str) -> None:
    kind = QTextDocument.ResourceType.MarkdownResource.value
    assert find(guide, QTextBrowser).loadResource(kind, QUrl(away)) is None


def test_its_buttons_stay_in_sight_in_a_small_window(guide: GuideWindow) -> None:
    guide.resize(480, 320)
    close = next(each for each in guide.findChildren(QPushButton) if each.text() == "Close")
    assert guide.rect().contains(close.geometry())
