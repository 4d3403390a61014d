"""Numbers beside names of scripts that run from right to left."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from pytestqt.qtbot import QtBot

from playhead.ui.exports.namelist import Named, NamesModel
from playhead.ui.look.labels import PlainLabel, WrappedLabel, as_tip, wrapped
from playhead.ui.look.lefttoright import beside, number, readable

HEBREW = "שרה כהן"
ARABIC = "ليلى حداد"
PHONE = "+44 20 7946 0538"


def places(text: str, part: str) -> list[float]:
    """Where the letters of `part` are drawn in a line of `text`."""
    layout = QTextLayout(text, QFont())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    begin = text.index(part)
    return [float(line.cursorToX(begin + place)[0]) for place in range(len(part))]  # type: ignore[index]


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("name", [HEBREW, ARABIC])
@pytest.mark.parametrize(
    "form", ["{name} · {phone} · GB", "{phone} {name}", "{name} ({phone})", "{name}: {phone}, 2"]
)
def test_a_number_is_read_from_left_to_right_whatever_is_beside_it(name: str, form: str) -> None:
    text = form.format(name=name, phone=PHONE)
    assert places(text, PHONE) != sorted(places(text, PHONE)) or form.startswith("{phone}")
    shown = readable(text)
    assert places(shown, PHONE) == sorted(places(shown, PHONE))


def test_text_from_left_to_right_is_as_it_was() -> None:
    for text in ("", "Sam +44 20 7946 0538", "Zoë · 張偉 · 020 555 0123"):
        assert readable(text) is text


def test_a_number_never_breaks_and_a_separator_never_begins_a_line() -> None:
    assert " " not in number(PHONE)
    text = beside("Sam", number(PHONE), "GB")
    assert all(not part.startswith("·") for part in text.split(" "))


def test_every_label_and_tool_tip_keeps_numbers_readable(qtbot: QtBot) -> None:
    text = f"{HEBREW} · {PHONE} · GB"
    labels: list[PlainLabel | WrappedLabel] = [PlainLabel(text), wrapped(text)]
    for label in labels:
        qtbot.addWidget(label)
        label.resize(900, 40)
        label.show()
        assert label.text() == readable(text)
        assert label.accessibleName() == label.whole == text
        assert not label.toolTip()
    assert as_tip(text) == readable(text)


def test_names_of_files_keep_numbers_readable() -> None:
    name = f"{HEBREW} {PHONE}.mp3"
    model = NamesModel([Named(name, "")])
    assert model.index(0, 0).data() == readable(name)
