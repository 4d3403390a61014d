"""Words that are wider than there is room: cut visibly, with the whole in the tool tip."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from playhead.core.transcript import Line, Transcript
from playhead.ui.inspector.detaillines import lines
from playhead.ui.inspector.details import Details
from playhead.ui.inspector.spokentext import SpokenText
from playhead.ui.inspector.transcriptpane import TranscriptPane
from playhead.ui.look.icons import Icons
from playhead.ui.look.labels import WrappedLabel, fitted, wrapped
from playhead.ui.look.theme import Theme
from support.fakes import recording

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
EMOJI = "\N{TELEPHONE RECEIVER}" * 40


def narrow(qtbot: QtBot, text: str, width: int = 160) -> WrappedLabel:
    label = wrapped(text)
    qtbot.addWidget(label)
    label.resize(width, 200)
    label.show()
    return label


def every_word_fits(label: QLabel) -> bool:
    metrics, room = label.fontMetrics(), label.contentsRect().width()
    return all(metrics.horizontalAdvance(word) <= room for word in label.text().split())


@pytest.mark.parametrize("text", [WORD, f"before {WORD} after", "x" * 2000])
def test_a_word_that_is_too_wide_loses_its_middle_and_the_tool_tip_has_all(qtbot: QtBot, text: str) -> None:
    label = narrow(qtbot, text)
    assert "…" in label.text()
    assert every_word_fits(label)
    assert label.toolTip() == label.whole == label.accessibleName() == text


def test_beginning_and_end_of_a_word_are_seen_and_the_words_around_it_whole(qtbot: QtBot) -> None:
    text = narrow(qtbot, f"before {WORD} after").text()
    assert text.startswith("before Rind")
    assert text.endswith("gesetz after")


def test_where_there_is_room_nothing_is_cut_and_there_is_no_tool_tip(qtbot: QtBot) -> None:
    label = narrow(qtbot, WORD, 900)
    assert label.text() == WORD
    assert not label.toolTip()
    label.resize(120, 200)
    assert label.text() != WORD
    label.resize(900, 200)
    assert label.text() == WORD
    assert not label.toolTip()


def test_a_name_that_can_be_broken_at_its_hyphens_is_broken_there(qtbot: QtBot) -> None:
    name = "-".join(["welcome"] * 12)
    label = narrow(qtbot, name)
    assert label.text() == name
    assert label.heightForWidth(160) > 3 * label.fontMetrics().height()


def test_what_takes_two_places_in_qt_is_counted_right(qtbot: QtBot) -> None:
    text = narrow(qtbot, f"{EMOJI}{WORD}").text()
    assert text.startswith(f"{EMOJI}Rind")
    assert text.endswith("gesetz")


def test_another_text_takes_the_place_of_a_cut_one(qtbot: QtBot) -> None:
    label = narrow(qtbot, WORD)
    label.show_text("short")
    assert (label.text(), label.toolTip(), label.accessibleName()) == ("short", "", "short")
    label.show_text("short", told="and more to tell")
    assert label.toolTip() == "and more to tell"


@pytest.mark.usefixtures("theme")
def test_no_room_at_all_is_no_fault() -> None:
    metrics = QFontMetrics(QFont())
    for room in (-1, 0, 1):
        assert len(fitted(f"{WORD} {EMOJI}", metrics, room)) < len(WORD)


@pytest.mark.parametrize("width", [256, 300])
def test_the_inspector_has_the_whole_of_a_long_value_in_the_tool_tip(
    qtbot: QtBot, theme: Theme, icons: Icons, width: int
) -> None:
    details = Details(theme, icons)
    qtbot.addWidget(details)
    details.resize(width, 600)
    details.show_lines(lines(recording(0, name=WORD, origin="o" * 300, filename=f"{WORD}.mp3"), "Bird", NOW))
    details.show()
    tips = {
        line.name: details.tip_of(details.model().index(row, 0)) for row, line in enumerate(details.lines)
    }
    for name, whole in (("Name", WORD), ("Origin", "o" * 300), ("File", f"{WORD}.mp3")):
        assert tips[name] == whole


def test_the_end_of_a_long_word_in_a_transcript_is_seen(qtbot: QtBot, theme: Theme, icons: Icons) -> None:
    pane = TranscriptPane(theme, icons)
    qtbot.addWidget(pane)
    pane.resize(240, 300)
    pane.show()
    pictures = []
    for word in (f"{WORD}{WORD}", f"{WORD}{WORD}en"):
        line = Line(start=0.0, end=1.0, text=word)
        pane.show_spoken(SpokenText(Transcript(id="t", locale=None, lines=(line,))))
        pictures.append(pane.grab().toImage())
    assert pictures[0] != pictures[1]
