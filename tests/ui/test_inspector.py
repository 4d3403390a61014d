"""The inspector: all that is known of one recording, as plain text that can be copied."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from playhead.core.marks import Note
from playhead.core.recording import Party, Recording
from playhead.core.text import shortened
from playhead.core.transcript import Line, Transcript
from playhead.ui.inspector.detaillines import TranscriptAnswer, lines
from playhead.ui.inspector.details import Details
from playhead.ui.inspector.inspector import NOTES, RAW, TRANSCRIPT, Inspector
from playhead.ui.inspector.spokentext import SpokenText
from playhead.ui.look.icons import Icons
from playhead.ui.look.theme import Theme
from playhead.ui.table.showing import Showing
from playhead.ui.wording import words
from support.fakes import NOON, recording
from support.window.accessible_events import overheard

HERE = NOON.astimezone(ZoneInfo("Europe/Amsterdam"))
ID = "5b74ee9e-8b2d-4e6f-9a71-0c4d2e8b6f13"
CALL = "50fa2203-8b2d-4e6f-9a71-0c4d2e8b6f13"
CHANNEL = "880d8171-8b2d-4e6f-9a71-0c4d2e8b6f13"
SHOWING = Showing(HERE, {})
HOSTILE = '<img src="file:///etc/passwd"><b>bold</b>'


@pytest.fixture
def inspector(qtbot: QtBot, theme: Theme, icons: Icons) -> Inspector:
    made = Inspector(theme, icons)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def seen(inspector: Inspector) -> str:
    """Every word that can be seen now."""
    labels = [each.text() for each in inspector.findChildren(QLabel) if each.isVisible()]
    labels += [" ".join(line.shown) for line in details(inspector).lines if details(inspector).isVisible()]
    raw = [each.toPlainText() for each in inspector.findChildren(QPlainTextEdit) if each.isVisible()]
    return "\n".join(labels + raw)


def choose_tab(inspector: Inspector, place: int) -> None:
    tabs = inspector.findChild(QTabBar)
    assert tabs is not None
    tabs.setCurrentIndex(place)


def details(inspector: Inspector) -> Details:
    found = inspector.findChild(Details, "detailsList")
    assert found is not None
    return found


def everything() -> Recording:
    return recording(
        0,
        id=ID,
        name="Welcome EN",
        filename="welcome.mp3",
        caller=Party(number="31205550101", name="Maria Example", country="NL", line="sip"),
        callee=Party(anonymous=True),
        size=480_000,
        transcribed=True,
        origin="inbound",
        creator="Sam",
        updated=datetime(2025, 7, 1, 8, 0, tzinfo=UTC),
        call=CALL,
        channel=CHANNEL,
        conference="9",
    )


def test_every_field_that_is_known_is_shown_in_words() -> None:
    shown = {line.name: " / ".join(line.shown) for line in lines(everything(), "Bird", HERE)}
    assert shown == {
        "Started": "Today 13:00:00 CET",
        "Ended": "Today 13:00:30 CET",
        "Duration": "30 s",
        "From": "Maria Example / \u2066+31\u00a020\u00a0555\u00a00101\u2069\u00a0· NL\u00a0· sip",
        "To": "anonymous",
        "Name": "Welcome EN",
        "File": "welcome.mp3",
        "Kind": "call",
        "Direction": "incoming",
        "Status": "available",
        "Audio": "mp3\u00a0· stereo\u00a0· 480 kB",
        "Transcribed": "yes, Bird says",
        "Origin": "inbound",
        "Created": "Today 13:00:00 CET",
        "Created by": "Sam",
        "Updated": "1 Jul 2025, 10:00:00 CEST",
        "Recording": shortened(ID, 17),
        "Call": shortened(CALL, 17),
        "Channel": shortened(CHANNEL, 17),
        "Conference": "9",
    }


def test_fields_that_are_unknown_take_no_room() -> None:
    bare = Recording(account="a", id="x", provider="convirza", kind="prompt")
    assert [line.name for line in lines(bare, "Bird", HERE)] == ["Kind", "Recording"]


@pytest.mark.parametrize(
    ("told", "answer", "shown"),
    [
        (True, TranscriptAnswer.NOT_ASKED, "yes, Parrot says"),
        (True, TranscriptAnswer.NONE, "Parrot says it was transcribed, but gives no transcript (yet)"),
        (True, TranscriptAnswer.GIVEN, "yes"),
        (False, TranscriptAnswer.NOT_ASKED, "no, Parrot says"),
        (False, TranscriptAnswer.NONE, "no, Parrot says"),
        (False, TranscriptAnswer.GIVEN, "yes, though Parrot says no"),
        (None, TranscriptAnswer.NOT_ASKED, None),
        (None, TranscriptAnswer.NONE, None),
        (None, TranscriptAnswer.GIVEN, "yes"),
    ],
)
def test_that_it_was_transcribed_is_the_word_of_the_provider_until_it_was_asked(
    told: object, answer: TranscriptAnswer, shown: str | None
) -> None:
    found = lines(recording(0, transcribed=told), "Parrot", HERE, answer)
    assert next((line.whole for line in found if line.name == "Transcribed"), None) == shown


def test_a_recording_is_shown_with_its_account(inspector: Inspector) -> None:
    subject = everything()
    inspector.show_recording(subject, Showing(HERE, {subject.account: "EU support"}))
    assert "Welcome EN" in seen(inspector)
    assert "Bird · EU support" in seen(inspector)
    assert "Today 13:00:00 CET" in seen(inspector)


def test_the_next_recording_takes_the_place_of_the_last(inspector: Inspector) -> None:
    inspector.show_recording(everything(), SHOWING)
    inspector.show_recording(recording(1, origin=None), SHOWING)
    QTest.qWait(0)
    assert "Welcome EN" not in seen(inspector)
    assert "inbound" not in seen(inspector)


def test_nothing_chosen_says_what_to_do(inspector: Inspector) -> None:
    inspector.show_recording(everything(), SHOWING)
    inspector.clear()
    assert "Choose a recording" in seen(inspector)
    assert "Welcome EN" not in seen(inspector)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fault": "Its date makes no sense."}, "Its date makes no sense."),
        ({"status": "ongoing"}, "still in progress"),
        ({"status": "failed"}, "The provider says “failed”"),
    ],
)
def test_what_cannot_be_heard_says_why(inspector: Inspector, changes: dict[str, str], said: str) -> None:
    inspector.show_recording(recording(0, **changes), SHOWING)
    assert said in seen(inspector)
    inspector.show_recording(recording(0), SHOWING)
    assert said not in seen(inspector)


def test_the_providers_own_record_is_there_as_it_came(inspector: Inspector) -> None:
    inspector.show_recording(recording(0, raw={"id": ID, "länge": None}), SHOWING)
    assert ID not in seen(inspector)
    choose_tab(inspector, RAW)
    assert f'"id": "{ID}"' in seen(inspector)
    assert '"länge": null' in seen(inspector)
    inspector.show_recording(recording(1, raw={"id": "other"}), SHOWING)
    assert '"id": "other"' in seen(inspector)


def test_the_record_is_copied_whole(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.show_recording(recording(0, raw={"id": ID}), SHOWING)
    choose_tab(inspector, RAW)
    copy = next(each for each in inspector.findChildren(QPushButton) if each.text() == "Copy")
    with qtbot.waitSignal(inspector.copied, timeout=1000) as heard:
        QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f'{{\n  "id": "{ID}"\n}}'
    assert heard.args == ["The record copied."]


def test_a_line_copies_the_whole_of_a_shortened_value(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.show_recording(everything(), SHOWING)
    view = details(inspector)
    row = [line.name for line in view.lines].index("Recording")
    assert "…" in view.lines[row].shown[0]
    view.setCurrentIndex(view.model().index(row, 0))
    with qtbot.waitSignal(inspector.copied, timeout=1000) as heard:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == ID
    assert heard.args == ["Recording copied."]


def test_text_of_a_provider_is_never_read_as_html(inspector: Inspector) -> None:
    hostile = recording(
        0,
        id=HOSTILE * 3,
        name=HOSTILE,
        status=HOSTILE,
        origin=HOSTILE,
        fault=HOSTILE,
        caller=Party(name=HOSTILE),
    )
    inspector.show_recording(hostile, replace(SHOWING, labels={hostile.account: HOSTILE}))
    for label in inspector.findChildren(QLabel):
        if "<" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText
        assert "<" not in label.toolTip()
    view = details(inspector)
    for row in range(len(view.lines)):
        assert "<" not in view.tip_of(view.model().index(row, 0))
    assert HOSTILE in seen(inspector)


def test_the_page_that_a_key_turns_to_is_said_from_wherever_it_is_pressed(inspector: Inspector) -> None:
    inspector.show_recording(recording(0), SHOWING)
    with overheard() as events:
        for by in (1, 1, 1, -1):
            inspector.turn(by)
    assert events.said == ["Transcript", "Notes", "Health", "Notes"]


@pytest.mark.parametrize(
    ("width", "number", "named"),
    [
        (256, 0, "Notes"),
        (256, 1, "Notes 1"),
        (256, 100, "Notes"),
        (274, 12, "Notes 12"),
        (320, 100, "Notes 100"),
    ],
)
def test_every_tab_can_be_seen_however_many_notes_there_are(
    inspector: Inspector, width: int, number: int, named: str
) -> None:
    inspector.show_recording(everything(), SHOWING)
    inspector.show_notes([Note(id=each, text="x", made=HERE) for each in range(number)])
    inspector.setFixedWidth(width)
    tabs = inspector.findChild(QTabBar)
    assert tabs is not None
    assert tabs.sizeHint().width() <= tabs.width()
    assert tabs.tabText(2) == named
    assert tabs.tabToolTip(2) == (words.count(number, "note") if number else "")


def test_turning_pages_while_nothing_is_chosen_still_says_what_to_do(inspector: Inspector) -> None:
    inspector.turn(1)
    assert "Choose a recording" in seen(inspector)
    inspector.show_recording(everything(), SHOWING)
    assert inspector.page == TRANSCRIPT
    assert inspector.said.isVisible()


def test_hidden_details_come_with_the_page_that_was_looked_at_last(inspector: Inspector) -> None:
    inspector.show_recording(recording(0), SHOWING)
    inspector.turn(1)
    inspector.needed.connect(inspector.show)
    inspector.hide()
    with overheard() as events:
        inspector.turn(1)
        assert inspector.isVisible()
        assert inspector.page == TRANSCRIPT
        inspector.turn(1)
    assert events.said == ["Transcript", "Notes"]


def test_hidden_details_come_when_a_note_is_to_be_written(inspector: Inspector) -> None:
    inspector.show_recording(recording(0), SHOWING)
    inspector.needed.connect(inspector.show)
    inspector.hide()
    inspector.write_note()
    assert inspector.isVisible()
    assert inspector.page == NOTES
    assert inspector.focusWidget() is inspector.notes.line


def test_without_a_recording_it_is_said_what_is_lacking(inspector: Inspector) -> None:
    inspector.needed.connect(inspector.show)
    for ask in (inspector.write_note, lambda: inspector.turn(1)):
        inspector.hide()
        with overheard() as events:
            ask()
        assert inspector.isVisible()
        assert events.said == ["Choose a recording to see everything that is known of it."]


def test_the_key_that_filters_by_a_form_searches_in_a_transcript_that_is_shown(inspector: Inspector) -> None:
    inspector.show_recording(everything(), SHOWING)
    inspector.show_page(TRANSCRIPT)
    tabs, keys = (
        inspector.findChild(QTabBar),
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    field = inspector.said.findChild(QLineEdit)
    assert tabs is not None
    assert field is not None
    QTest.keyClick(tabs, Qt.Key.Key_F, keys)
    assert field.isHidden()
    line = Line(start=0, end=1, text="Hello.")
    inspector.said.show_spoken(SpokenText(Transcript(id="t", locale=None, lines=(line,))))
    QTest.keyClick(tabs, Qt.Key.Key_F, keys)
    assert field.isVisible()
