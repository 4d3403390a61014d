"""Palettes that can be read, a scheme that is followed, and text from outside that stays text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from playhead.core.preferences import Appearance
from playhead.ui.look.labels import PlainLabel, as_tip, plain, wrapped
from playhead.ui.look.palette import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Palette
from playhead.ui.look.sheet import style_sheet
from playhead.ui.look.theme import Theme, as_panel

ALL = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)
NAMES = ("light", "dark", "light contrast", "dark contrast")
FONTS = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, FONTS, appearance=Appearance.LIGHT)
    yield made
    made.deleteLater()
    # Nothing else runs what is posted for later, and each theme dresses every widget that is left.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def luminance(color: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
@pytest.mark.parametrize("ground", ["ground", "panel"])
@pytest.mark.parametrize("name", ["text", "dim", "good", "attention", "bad", "link"])
def test_text_has_the_contrast_that_wcag_asks_for(palette: Palette, ground: str, name: str) -> None:
    assert contrast(getattr(palette, name), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
@pytest.mark.parametrize("name", ["text", "dim", "good", "attention", "bad", "accent", "right"])
def test_a_legible_color_can_be_read_on_the_selection_and_under_the_pointer(
    palette: Palette, name: str
) -> None:
    legible = palette.legible(getattr(palette, name))
    assert contrast(legible, palette.selection) >= 4.5
    assert contrast(legible, palette.hover) >= 4.5


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
def test_the_primary_button_can_be_read_however_it_is_held(palette: Palette) -> None:
    for ground in (palette.accent, palette.accent_hover, palette.accent_pressed):
        assert contrast(palette.on_accent, ground) >= 4.5


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
def test_lines_and_played_bars_stand_out(palette: Palette) -> None:
    for color in (palette.accent, palette.right, palette.focus):
        assert contrast(color, palette.lane) >= 3


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
def test_what_is_silent_or_unheard_is_seen_and_never_taken_for_sound_or_for_what_was_heard(
    palette: Palette,
) -> None:
    for faint, ground in (
        (palette.quiet, palette.lane),
        (palette.track, palette.ground),
        (palette.track_selected, palette.selection),
    ):
        assert 1.1 <= contrast(faint, ground) <= 1.8
    for bar in (palette.accent, palette.right, palette.left_unplayed, palette.right_unplayed):
        assert contrast(bar, palette.quiet) >= 1.5
    for bar in (palette.accent, palette.good):
        assert contrast(bar, palette.track) >= 3


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
def test_the_style_sheet_leaves_no_name_open(palette: Palette) -> None:
    sheet = style_sheet(palette, {"tick": "none", "arrow": "none"})
    assert "$" not in sheet
    assert palette.accent.name() in sheet


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "panel", "hover", "selection"])
@pytest.mark.parametrize("name", ["text", "dim", "good", "attention", "bad", "link"])
def test_high_contrast_is_seven_to_one_for_texts(palette: Palette, ground: str, name: str) -> None:
    """As WCAG 2.2, 1.4.6 asks for."""
    assert contrast(palette.legible(getattr(palette, name)), getattr(palette, ground)) >= 7


@pytest.mark.parametrize("palette", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
def test_in_high_contrast_lines_and_what_cannot_be_used_can_be_seen(palette: Palette) -> None:
    """As WCAG 2.2, 1.4.11 asks for."""
    for color in (palette.line, palette.edge, palette.focus, palette.disabled, palette.left_unplayed):
        assert contrast(color, palette.ground) >= 3


@pytest.mark.parametrize(
    ("appearance", "palette"),
    [(Appearance.LIGHT_CONTRAST, LIGHT_CONTRAST), (Appearance.DARK_CONTRAST, DARK_CONTRAST)],
)
def test_high_contrast_can_be_chosen(theme: Theme, appearance: Appearance, palette: Palette) -> None:
    theme.choose(appearance)
    assert theme.palette is palette


def test_the_contrast_of_the_system_is_followed_live_but_not_against_a_choice(
    qapp: QApplication, theme: Theme
) -> None:
    style = qapp.styleHints()
    hints = style.accessibility()
    theme.choose(Appearance.SYSTEM)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.palette in {LIGHT_CONTRAST, DARK_CONTRAST}
    theme.choose(Appearance.LIGHT)
    assert theme.palette is LIGHT
    theme.choose(Appearance.SYSTEM)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.palette in {LIGHT, DARK}


def test_choosing_dark_dresses_the_application_and_tells_those_who_paint(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(Appearance.DARK)
    assert theme.palette is DARK
    assert qapp.palette().window().color() == DARK.ground
    theme.choose(Appearance.LIGHT)
    assert theme.palette is LIGHT
    assert qapp.palette().window().color() == LIGHT.ground


def test_following_the_system_means_its_scheme(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Appearance.SYSTEM)
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.palette is (DARK if dark else LIGHT)
    assert theme.appearance is Appearance.SYSTEM


def test_the_system_changing_its_scheme_is_followed_live_but_not_against_a_choice(
    qapp: QApplication, theme: Theme
) -> None:
    theme.choose(Appearance.SYSTEM)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is DARK
    theme.choose(Appearance.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is LIGHT


def test_figures_are_equally_wide(qapp: QApplication, theme: Theme) -> None:
    metrics = QFontMetrics(qapp.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_a_missing_font_folder_leaves_the_system_font(qapp: QApplication, tmp_path: Path) -> None:
    theme = Theme(qapp, tmp_path / "none", appearance=Appearance.LIGHT)
    assert qapp.font().pixelSize() == 13
    theme.deleteLater()


def test_a_panel_has_the_panel_color_and_a_primary_button_the_accent(qtbot: QtBot, theme: Theme) -> None:
    panel, button = QWidget(), QPushButton()
    as_panel(panel)
    button.setProperty("primary", "true")
    for widget in (panel, button):
        qtbot.addWidget(widget)
        widget.resize(80, 40)
    assert panel.grab().toImage().pixelColor(40, 20) == LIGHT.panel
    assert button.grab().toImage().pixelColor(40, 20) == LIGHT.accent


def test_a_label_shows_html_as_it_was_written(qtbot: QtBot, theme: Theme) -> None:
    label = PlainLabel("<img src=x> & <b>bold</b>")
    qtbot.addWidget(label)
    label.resize(400, 20)
    assert label.text() == "<img src=x> & <b>bold</b>"
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert wrapped("<b>x</b>").textFormat() is Qt.TextFormat.PlainText


def test_a_long_name_is_elided_and_whole_in_the_tool_tip(qtbot: QtBot, theme: Theme) -> None:
    label = PlainLabel("Maria " * 50)
    qtbot.addWidget(label)
    label.show()
    label.resize(120, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == ("Maria " * 50).strip()
    assert label.minimumSizeHint().width() < 120
    label.resize(4000, 20)
    assert label.text() == label.whole
    assert not label.toolTip()


def test_right_to_left_names_stay_but_the_marks_that_turn_lines_around_go() -> None:
    assert plain("שלום עולם") == "שלום עולם"
    assert plain("abc\u202edcba\u2066") == "abc dcba"
    assert plain("one\r\ntwo\x07") == "one  two"
    assert plain("1\u202f204") == "1\u202f204"
    assert plain("می‌خواهم") == "می‌خواهم"


def test_a_name_of_ten_thousand_letters_is_cut_before_it_is_measured() -> None:
    assert len(plain("x" * 10_000)) == 2001


def test_a_tool_tip_is_never_read_as_html() -> None:
    assert as_tip("<img src=x>&") == "&lt;img src=x>&amp;"
    assert as_tip("Smith & Sons") == "Smith & Sons"
