"""Letters that no font here can draw are said once, with what brings them."""

import pytest
from pytestqt.qtbot import QtBot

from playhead.core.recording import Party
from playhead.ui.listing.fontadvice import SCRIPTS, FontAdvice, Script
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.table.model import RecordingModel
from support.fakes import NOON, recording
from support.window.table_scene import ids


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, icons: Icons) -> ListingPane:
    made = ListingPane(RecordingModel(NOON), theme, icons)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


@pytest.fixture
def notices(qtbot: QtBot, icons: Icons) -> NoticeBar:
    made = NoticeBar(icons)
    qtbot.addWidget(made)
    return made


def show(pane: ListingPane, *names: str) -> None:
    """Show a row for each name: by turns it is the recording's and the caller's."""
    rows = {
        place: recording(place, name=name if place % 2 else None, caller=Party(name=name))
        for place, name in enumerate(names, 1)
    }
    pane.model.fill(rows)
    pane.table.show_listing(ids(rows))
    pane.show_rows()


def said(notices: NoticeBar) -> list[str]:
    return [notice.sentence for notice in notices.notices]


def no_font(_script: Script) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "script", "package"),
    [
        ("王小明", "Chinese", "fonts-noto-cjk"),
        ("さくら", "Japanese", "fonts-noto-cjk"),
        ("김민수", "Korean", "fonts-noto-cjk"),
        ("דנה לוי", "Hebrew", "fonts-noto-core"),
        ("ليلى", "Arabic", "fonts-noto-core"),
        ("สมชาย", "Thai", "fonts-noto-core"),
        ("अमित", "Devanagari", "fonts-noto-core"),
    ],
)
def test_a_script_without_a_font_is_named_with_its_package(
    pane: ListingPane, notices: NoticeBar, name: str, script: str, package: str
) -> None:
    advice = FontAdvice(pane, notices, no_font, "linux")
    show(pane, "Anna", name)
    advice.look()
    (sentence,) = said(notices)
    assert script in sentence
    assert f"the package {package} brings them" in sentence


def test_it_is_said_once(pane: ListingPane, notices: NoticeBar) -> None:
    advice = FontAdvice(pane, notices, no_font, "linux")
    show(pane, "王小明")
    advice.look()
    notices.withdraw("fonts")
    advice.look()
    assert said(notices) == []


def test_two_scripts_are_said_in_one_sentence(pane: ListingPane, notices: NoticeBar) -> None:
    advice = FontAdvice(pane, notices, no_font, "linux")
    show(pane, "王小明", "דנה")
    advice.look()
    (sentence,) = said(notices)
    assert "Chinese and Hebrew" in sentence
    assert "the packages fonts-noto-cjk and fonts-noto-core bring them" in sentence


def test_where_there_is_a_font_nothing_is_said(pane: ListingPane, notices: NoticeBar) -> None:
    advice = FontAdvice(pane, notices, lambda _: True, "linux")
    show(pane, "王小明", "Jürgen Groß", "Νίκος", "Łukasz", "Ольга", "😀")
    advice.look()
    assert said(notices) == []


def test_what_fonts_the_computer_has_is_asked_only_for_scripts_that_are_met(
    pane: ListingPane, notices: NoticeBar
) -> None:
    asked: list[str] = []

    def has_font(script: Script) -> bool:
        asked.append(script.name)
        return True

    advice = FontAdvice(pane, notices, has_font, "linux")
    show(pane, "Jürgen", "Νίκος", "<b>", "ليلى")
    advice.look()
    advice.look()
    assert asked == ["Arabic"]


def test_other_systems_are_not_told_of_packages(pane: ListingPane, notices: NoticeBar) -> None:
    for system in ("win32", "darwin"):
        FontAdvice(pane, notices, no_font, system).look()
        show(pane, "ליאור")
        FontAdvice(pane, notices, no_font, system).look()
        (sentence,) = said(notices)
        assert "fonts-noto" not in sentence
        assert "Hebrew" in sentence


def test_no_letter_belongs_to_two_scripts() -> None:
    letters = [chr(code) for code in range(0x500, 0xFFFF) if not 0xD800 <= code < 0xE000]
    assert not [each for each in letters if sum(bool(s.letters.match(each)) for s in SCRIPTS) > 1]
