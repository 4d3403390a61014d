"""The transcript: lines with their times, gone to by click and key, followed, and searched."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from playhead.core.finding.query import Query, Spoken
from playhead.core.finding.speech import words_in
from playhead.core.finding.speechhits import hits
from playhead.core.transcript import Line, Side, Transcript
from playhead.ui.inspector.spokentext import LONGEST, SpokenText
from playhead.ui.inspector.transcriptpane import TranscriptPane
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from support.window.accessible_events import overheard

SAID = Transcript(
    id="t",
    locale="en",
    lines=(
        Line(start=1.0, end=2.0, text="Good morning.", speaker="agent"),
        Line(start=3.0, end=4.0, text="<i>Hello</i>", speaker="caller"),
        Line(start=5.0, end=9.0, text="x" * 5000, side=Side.LEFT),
    ),
)
HOURS = Transcript(
    id="h",
    locale="en",
    lines=tuple(
        Line(
            start=3.0 * each,
            end=3.0 * each + 2,
            text="I would like a refund, please. " * (1 + each % 4)
            if each % 500 == 499
            else "Yes. " * (each % 40),
            side=Side.LEFT if each % 2 else Side.RIGHT,
        )
        for each in range(10_000)
    ),
)
LONGEST_STEP = 0.016
"""Seconds of the processor for which the window may stand still."""


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, icons: Icons) -> TranscriptPane:
    made = TranscriptPane(theme, icons)
    qtbot.addWidget(made)
    made.resize(280, 300)
    with qtbot.waitActive(made):
        made.show()
    return made


def lines(pane: TranscriptPane) -> QListView:
    return pane.findChildren(QListView)[0]


def box(pane: TranscriptPane, row: int) -> QRect:
    return lines(pane).visualRect(lines(pane).model().index(row, 0))


def in_sight(pane: TranscriptPane, row: int) -> bool:
    return lines(pane).viewport().rect().contains(box(pane, row).center())


def show(pane: TranscriptPane, transcript: Transcript, text: str = "") -> None:
    """Show a transcript with the hits of a text."""
    pane.show_spoken(SpokenText(transcript))
    if text:
        look_for(pane, transcript, text)


def look_for(pane: TranscriptPane, transcript: Transcript, text: str) -> None:
    query = Query(node=Spoken(tuple(words_in(text)), begins=True))
    pane.show_hits(hits(query, transcript), counted=True)


def data(pane: TranscriptPane, row: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
    return lines(pane).model().index(row, 0).data(role)


def test_lines_are_shown_and_read_with_time_side_and_text(pane: TranscriptPane) -> None:
    show(pane, SAID)
    assert [data(pane, row) for row in range(2)] == ["Good morning.", "<i>Hello</i>"]
    spoken = [data(pane, row, Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken[:2] == ["0:01, agent, Good morning.", "0:03, caller, <i>Hello</i>"]
    assert str(spoken[2]).startswith("0:05, left side, xxx")
    assert not pane.grab().isNull()


def test_a_click_and_enter_go_to_a_line(pane: TranscriptPane, qtbot: QtBot) -> None:
    show(pane, SAID)
    with qtbot.waitSignal(pane.sought, timeout=1000) as sought:
        QTest.mouseClick(lines(pane).viewport(), Qt.MouseButton.LeftButton, pos=box(pane, 1).center())
    assert sought.args == [3.0]
    QTest.keyClick(lines(pane), Qt.Key.Key_Up)
    with qtbot.waitSignal(pane.sought, timeout=1000) as sought:
        QTest.keyClick(lines(pane), Qt.Key.Key_Return)
    assert sought.args == [1.0]


def test_the_line_that_is_heard_is_marked(pane: TranscriptPane) -> None:
    show(pane, SAID)
    heard = []
    for second in (0.5, 1.0, 3.5, 5.0, 0.0):
        pane.show_position(second)
        heard.append(pane.heard)
    assert heard == [-1, 0, 1, 2, -1]


def test_lines_whose_times_nobody_tells_show_none_and_are_played_from_the_start(pane: TranscriptPane) -> None:
    lines_ = (Line(start=0.0, end=0.0, text="Hello", speaker="agent"), Line(start=0.0, end=0.0, text="Bye"))
    spoken = SpokenText(Transcript(id="t", locale=None, lines=lines_))
    pane.show_spoken(spoken)
    assert [spoken.spoken(row) for row in range(2)] == ["agent, Hello", "Bye"]
    pane.show_position(5.0)
    assert spoken.at(5.0) == -1
    sought: list[float] = []
    pane.sought.connect(sought.append)
    QTest.mouseClick(lines(pane).viewport(), Qt.MouseButton.LeftButton, pos=box(pane, 1).center())
    assert sought == [0.0]


def test_another_transcript_begins_without_a_mark(pane: TranscriptPane) -> None:
    show(pane, SAID)
    pane.show_position(3.0)
    show(pane, Transcript(id="u", locale=None, lines=SAID.lines[:1]))
    assert pane.heard == -1


def test_a_sentence_takes_the_place_of_a_transcript(pane: TranscriptPane) -> None:
    show(pane, SAID)
    assert (pane.transcript, pane.sentence) == (SAID, "")
    pane.say("There is none.")
    pane.show_position(3.0)
    assert (pane.transcript, pane.sentence, pane.heard) == (None, "There is none.", -1)
    assert not lines(pane).isVisible()


@pytest.mark.parametrize("said", [(), (Line(start=0, end=1, text=" \u200b\n"),)])
def test_a_transcript_without_words_is_nothing_to_fail_at(
    pane: TranscriptPane, said: tuple[Line, ...]
) -> None:
    show(pane, Transcript(id="t", locale=None, lines=said), "refund")
    pane.show_position(3.0)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_End):
        QTest.keyClick(lines(pane), key)
    assert pane.heard == -1
    assert not pane.grab().isNull()


def test_lines_that_come_out_of_order_are_shown_as_they_are_heard(pane: TranscriptPane) -> None:
    show(pane, Transcript(id="t", locale=None, lines=SAID.lines[1::-1]), "good")
    assert [data(pane, row) for row in range(2)] == ["Good morning.", "<i>Hello</i>"]
    pane.show_position(1.5)
    assert pane.heard == 0
    assert pane.hit is not None
    assert lines(pane).currentIndex().row() == 0


def test_a_line_as_long_as_a_book_is_shown_in_parts_that_can_be_gone_to(pane: TranscriptPane) -> None:
    book = "Well then. " * 2000 + "A refund, perhaps."
    show(pane, Transcript(id="t", locale=None, lines=(Line(start=0, end=3600, text=book),)), "refund")
    rows = lines(pane).model().rowCount()
    assert rows > len(book) // LONGEST
    assert "".join(str(data(pane, row)).replace(" ", "") for row in range(rows)) == book.replace(" ", "")
    assert lines(pane).currentIndex().row() == rows - 1


def test_it_opens_at_the_first_hit_and_goes_on_to_the_next_and_round(pane: TranscriptPane) -> None:
    show(pane, HOURS, "a refund")
    rows = [lines(pane).currentIndex().row()]
    first = pane.hit
    assert in_sight(pane, rows[0])
    with overheard() as events:
        pane.step(-1)
    assert lines(pane).currentIndex().row() > 9000
    assert in_sight(pane, lines(pane).currentIndex().row())
    assert events.said[-1].startswith("80 of 80: 8:19:57, left side")
    pane.step(1)
    assert pane.hit == first


def test_a_text_is_looked_for_in_it_and_left_with_esc(pane: TranscriptPane) -> None:
    show(pane, HOURS)
    asked: list[str] = []
    pane.find_asked.connect(asked.append)
    lines(pane).setFocus()
    pane.search()
    field = pane.focusWidget()
    assert field is not lines(pane)
    QTest.keyClicks(field, "like a re")
    assert (asked[-1], pane.searching) == ("like a re", "like a re")
    look_for(pane, HOURS, pane.searching)
    first = pane.hit
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pane.hit != first
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.hit == first
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (asked[-1], pane.searching) == ("", "")
    assert lines(pane).hasFocus()


def test_what_is_heard_is_followed_unless_the_person_reads_elsewhere(pane: TranscriptPane) -> None:
    show(pane, HOURS)
    pane.show_position(6000)
    assert in_sight(pane, pane.heard)
    QTest.keyClick(lines(pane), Qt.Key.Key_End)
    pane.show_position(6003)
    assert not in_sight(pane, pane.heard)
    pane.follow()
    pane.show_position(6006)
    assert in_sight(pane, pane.heard)


def test_a_hit_is_marked_in_each_script(pane: TranscriptPane) -> None:
    pictures = []
    for text, word in (
        ("请给我退款，谢谢", "退款"),
        ("أريد 12 34 استرداد المال 55", "استرداد"),
        ("😀 Refund", "refund"),
        ("Re\u200dfund the money", "money"),
    ):
        transcript = Transcript(id="t", locale=None, lines=(Line(start=0, end=1, text=text),))
        show(pane, transcript)
        plain = pane.grab().toImage()
        show(pane, transcript, word)
        assert pane.hit is not None
        marked = SpokenText(transcript).marks([pane.hit])[0][0][1][0]
        assert str(data(pane, 0))[slice(*marked)].casefold() == word
        pictures.append(pane.grab().toImage() != plain)
    assert all(pictures)


def test_hours_of_speech_never_hold_up_the_window(pane: TranscriptPane) -> None:
    spoken = SpokenText(HOURS)
    found = hits(Query(node=Spoken(("refund",))), HOURS)
    view = lines(pane)

    steps: dict[str, Callable[[], object]] = {
        "show": lambda: pane.show_spoken(spoken),
        "hits": lambda: pane.show_hits(found, counted=True),
        "next": lambda: pane.step(1),
        "heard": lambda: pane.show_position(9000),
        "end": view.scrollToBottom,
        "resize": lambda: pane.resize(pane.width() + 10, 300),
    }
    took = {}
    for name, step in steps.items():
        times = []
        for _ in range(3):
            began = time.thread_time()
            step()
            view.viewport().repaint()
            times.append(time.thread_time() - began)
        took[name] = min(times)
    assert {name: each for name, each in took.items() if each > LONGEST_STEP} == {}
