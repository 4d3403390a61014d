"""Cells as they are seen: names with their numbers, and what a filter found."""

from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from playhead.core.finding.parser import parse
from playhead.core.finding.speechhits import Passage
from playhead.core.preferences import Density
from playhead.core.recording import Party, Recording
from playhead.ui.look.icons import Icons
from playhead.ui.look.palette import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Palette
from playhead.ui.look.theme import Theme
from playhead.ui.table.model import RecordingModel
from playhead.ui.table.recordingtable import RecordingTable
from support.fakes import NOON, recording
from support.window.table_scene import place_of

MARIA = Party(name="Maria Jansen", number="+31205550123")
NAMED = Party(name="Maria Jansen")
BARE = Party(number="+31205550123")
Shown = Callable[..., RecordingTable]


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, icons: Icons) -> Shown:
    """A table with one row, that of a recording."""

    def show(row: Recording, *, typed: str = "", width: int = 1000) -> RecordingTable:
        model = RecordingModel(NOON)
        model.fill({1: row})
        model.mark(parse(typed, NOON))
        table = RecordingTable(model, theme, icons)
        qtbot.addWidget(table)
        table.resize(width, 300)
        table.show_listing(array("q", [1]))
        table.show()
        return table

    return show


def cell(table: RecordingTable, key: str) -> QImage:
    """A cell without the line below it."""
    model = table.model()
    assert model is not None
    box = table.visualRect(model.index(0, place_of(key))).adjusted(4, 1, -4, -2)
    return table.viewport().grab(box).toImage()


def lines(picture: QImage) -> list[bool]:
    """Says of every line of pixels if anything is drawn in it."""
    ground = picture.pixel(0, 0)
    rows, columns = range(picture.height()), range(picture.width())
    return [any(picture.pixel(x, y) != ground for x in columns) for y in rows]


def width(picture: QImage) -> int:
    """Pixels from the left to the last that is drawn."""
    ground = picture.pixel(0, 0)
    rows, columns = range(picture.height()), range(picture.width())
    return max((x for x in columns if any(picture.pixel(x, y) != ground for y in rows)), default=0)


def tinted(table: RecordingTable, key: str, palette: Palette = LIGHT) -> bool:
    """Says if something is marked in a cell."""
    picture = cell(table, key)
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    return palette.found.name() in colours or palette.found_selected.name() in colours


def test_a_number_stands_below_the_name_of_who_has_it(shown: Shown) -> None:
    both = lines(cell(shown(recording(1, caller=MARIA)), "from"))
    middle = len(both) // 2
    assert any(both[: middle - 2])
    assert any(both[middle + 4 :])
    for alone in (NAMED, BARE):
        drawn = lines(cell(shown(recording(1, caller=alone)), "from"))
        assert sum(drawn) < sum(both)
        assert abs(drawn.index(True) - drawn[::-1].index(True)) <= 4


def test_in_low_rows_a_number_stands_beside_the_name_unless_somebody_made_the_column_too_narrow(
    shown: Shown,
) -> None:
    wide, narrow, alone = (
        shown(recording(1, caller=party), width=pixels)
        for party, pixels in ((MARIA, 1500), (MARIA, 600), (NAMED, 1500))
    )
    for table in (wide, narrow, alone):
        table.show_density(Density.COMPACT)
    assert width(cell(wide, "from")) > width(cell(alone, "from")) + 60
    assert width(cell(narrow, "from")) > width(cell(alone, "from")) + 60
    london = shown(recording(1, caller=Party(name="Northwind London", number="+442079460000")), width=600)
    london.show_density(Density.COMPACT)
    assert width(cell(london, "from")) > width(cell(alone, "from")) + 60
    narrow.header.resizeSection(place_of("from"), 120)
    assert width(cell(narrow, "from")) <= width(cell(alone, "from"))


def test_of_two_that_do_not_fit_the_one_that_the_filter_found_is_seen(shown: Shown) -> None:
    table = shown(recording(1, caller=MARIA), typed="5550123", width=600)
    table.show_density(Density.COMPACT)
    assert tinted(table, "from")


def test_a_number_that_has_a_column_of_its_own_does_not_stand_below_the_name(shown: Shown) -> None:
    table = shown(recording(1, caller=MARIA))
    both = sum(lines(cell(table, "from")))
    table.header.show_column(place_of("from_number"), shown=True)
    assert sum(lines(cell(table, "from"))) < both
    assert any(lines(cell(table, "from_number")))


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("maria", {"from"}),
        ("555 01", {"from"}),
        ("to:maria", set()),
        ("-jansen2", set()),
        ("call", {"name"}),
        ("duration:>1s", set()),
        ("", set()),
    ],
)
def test_what_a_filter_found_is_marked_where_it_stands(shown: Shown, typed: str, keys: set[str]) -> None:
    callee = Party(name="Support", number="+442079460000")
    table = shown(recording(1, caller=MARIA, callee=callee), typed=typed)
    assert {key for key in ("started", "name", "from", "to", "duration") if tinted(table, key)} == keys


def test_another_filter_marks_something_else_and_what_there_is_no_room_for_is_marked_at_its_end(
    shown: Shown,
) -> None:
    long = "Donaudampfschifffahrtsgesellschaft Linz und Passau an der schönen blauen Donau"
    table = shown(recording(1, caller=Party(name=long)), typed="donau")
    model = table.model()
    assert isinstance(model, RecordingModel)
    assert tinted(table, "from")
    model.mark(parse("nothing", NOON))
    assert not tinted(table, "from")
    model.mark(parse("blauen", NOON))
    assert tinted(table, "from")


def test_marks_are_seen_in_names_from_right_to_left(shown: Shown) -> None:
    table = shown(recording(1, caller=Party(name="שרה כהן", number="+442079460538")), typed="כהן")
    picture = cell(table, "from")
    marked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y).name() == LIGHT.found.name() for y in range(picture.height()))
    ]
    whole = width(cell(shown(recording(1, caller=Party(name="שרה כהן"))), "from"))
    assert marked
    assert max(marked) < whole * 2 / 3, "the second word is at the left"


@pytest.mark.parametrize("palette", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_letters_that_a_filter_found_can_be_read_and_are_told_from_the_others(palette: Palette) -> None:
    for found, ground in ((palette.found, palette.ground), (palette.found_selected, palette.selection)):
        assert contrast(luminance(palette.text), luminance(found)) >= 5.5
        assert contrast(luminance(found), luminance(ground)) >= 1.2


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: float, other: float) -> float:
    """Contrast of two luminances, from 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


# ------------------------------------------------------------------------------------------- what was said


@pytest.mark.parametrize("density", list(Density))
def test_the_sentence_in_which_it_was_said_stands_below_the_row_and_is_marked(
    shown: Shown, density: Density
) -> None:
    row = recording(1, caller=MARIA)
    table = shown(row)
    model = table.model()
    assert isinstance(model, RecordingModel)
    table.show_density(density)
    before, height = cell(table, "from"), table.row_height
    table.show_passages(on=True)
    assert table.row_height > height
    assert not tinted(table, "from")
    model.show_passages({row.key: Passage("  أريد 12 a refund, please", ((11, 17),), 13.0, None)})
    whole = table.viewport().grab().toImage().copy(0, 0, table.viewport().width(), table.row_height)
    assert LIGHT.found.name() in {
        whole.pixelColor(x, y).name() for x in range(whole.width()) for y in range(height, whole.height())
    }
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "said at 13 seconds: " in spoken
    model.mark(parse("", NOON))
    table.show_passages(on=False)
    assert table.row_height == height
    assert cell(table, "from") == before
