"""The colours of the program: a palette for light, one for dark, and one of high contrast for each."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Palette:
    """The colours of one scheme. Those that are not given follow from those that are."""

    dark: bool
    ground: QColor
    panel: QColor
    line: QColor
    text: QColor
    dim: QColor
    accent: QColor
    """Also the left channel."""
    selection: QColor
    right: QColor
    good: QColor
    attention: QColor
    bad: QColor
    on_accent: QColor
    unplayed: float = 0.55
    """Share of the ground in what is still to come of a waveform."""

    @property
    def hover(self) -> QColor:
        """Behind what the pointer is over."""
        return mix(self.panel, self.text, 0.06)

    @property
    def pressed(self) -> QColor:
        """Behind what is held down."""
        return mix(self.panel, self.text, 0.12)

    @property
    def accent_hover(self) -> QColor:
        """The primary button under the pointer."""
        return mix(self.accent, self.text, 0.12)

    @property
    def accent_pressed(self) -> QColor:
        """The primary button held down."""
        return mix(self.accent, self.text, 0.24)

    def legible(self, color: QColor) -> QColor:
        """`color` as text on panel, hover and selection: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
        return mix(color, self.text, 0.2)

    @property
    def link(self) -> QColor:
        """The accent as text."""
        return self.legible(self.accent)

    @property
    def marked(self) -> QColor:
        """Behind letters that are selected in a line of text."""
        return mix(self.selection, self.accent, 0.25)

    @property
    def found(self) -> QColor:
        """Behind letters that a filter found."""
        return mix(self.ground, self.attention, 0.24)

    @property
    def found_selected(self) -> QColor:
        """The same in a selected row."""
        return mix(self.selection, self.attention, 0.24)

    @property
    def edge(self) -> QColor:
        """Around inputs and buttons: a little stronger than a hairline."""
        return mix(self.line, self.text, 0.10)

    @property
    def focus(self) -> QColor:
        """The ring around what the keyboard is in."""
        return self.accent

    @property
    def disabled(self) -> QColor:
        """Text and icons of what cannot be used now."""
        return mix(self.dim, self.ground, 0.45)

    @property
    def lane(self) -> QColor:
        """Behind the waveform of one channel."""
        return self.ground

    @property
    def quiet(self) -> QColor:
        """Behind the stretches of a lane in which nothing is to be heard; fainter than any bar."""
        return mix(self.lane, self.text, 0.09)

    @property
    def track(self) -> QColor:
        """Below the bar of a share: all that the bar could be, fainter than the bar."""
        return mix(self.ground, self.text, 0.14)

    @property
    def track_selected(self) -> QColor:
        """The same in a selected row."""
        return mix(self.selection, self.text, 0.14)

    @property
    def left_unplayed(self) -> QColor:
        """The part of the left channel that is still to come."""
        return mix(self.accent, self.ground, self.unplayed)

    @property
    def right_unplayed(self) -> QColor:
        """The part of the right channel that is still to come."""
        return mix(self.right, self.ground, self.unplayed)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`one` with `share` (0 to 1) of `other` in it."""
    keep = 1.0 - share
    return QColor(
        round(one.red() * keep + other.red() * share),
        round(one.green() * keep + other.green() * share),
        round(one.blue() * keep + other.blue() * share),
    )


LIGHT: Final = Palette(
    dark=False,
    ground=QColor("#ffffff"),
    panel=QColor("#f6f7f9"),
    line=QColor("#e3e6eb"),
    text=QColor("#1c2128"),
    dim=QColor("#5f6877"),
    accent=QColor("#1f6feb"),
    selection=QColor("#e3eefe"),
    right=QColor("#b8680a"),
    good=QColor("#1a7f4b"),
    attention=QColor("#9a6700"),
    bad=QColor("#c93c37"),
    on_accent=QColor("#ffffff"),
)


DARK: Final = Palette(
    dark=True,
    ground=QColor("#16181d"),
    panel=QColor("#1b1e24"),
    line=QColor("#2a2e37"),
    text=QColor("#e7e9ee"),
    dim=QColor("#8d95a5"),
    accent=QColor("#6ea8fe"),
    selection=QColor("#22314a"),
    right=QColor("#f2b66d"),
    good=QColor("#6cc48f"),
    attention=QColor("#e9b95c"),
    bad=QColor("#f07f7f"),
    on_accent=QColor("#10141b"),
)


LIGHT_CONTRAST: Final = Palette(
    dark=False,
    ground=QColor("#ffffff"),
    panel=QColor("#ffffff"),
    line=QColor("#767d88"),
    text=QColor("#000000"),
    dim=QColor("#2b2f36"),
    accent=QColor("#003a9b"),
    selection=QColor("#d3e4ff"),
    right=QColor("#7a3d00"),
    good=QColor("#00532a"),
    attention=QColor("#614000"),
    bad=QColor("#960f0f"),
    on_accent=QColor("#ffffff"),
    unplayed=0.4,
)


DARK_CONTRAST: Final = Palette(
    dark=True,
    ground=QColor("#000000"),
    panel=QColor("#000000"),
    line=QColor("#8a8f99"),
    text=QColor("#ffffff"),
    dim=QColor("#d8dbe1"),
    accent=QColor("#8cc2ff"),
    selection=QColor("#0a3468"),
    right=QColor("#ffc27a"),
    good=QColor("#7fe0a5"),
    attention=QColor("#ffd479"),
    bad=QColor("#ffb3b3"),
    on_accent=QColor("#000000"),
    unplayed=0.4,
)


def qt_palette(palette: Palette) -> QPalette:
    """Palette of Qt, with which Fusion paints wherever the style sheet is silent."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, color in (
        (roles.Window, palette.ground),
        (roles.WindowText, palette.text),
        (roles.Base, palette.ground),
        (roles.AlternateBase, palette.panel),
        (roles.Text, palette.text),
        (roles.Button, palette.ground),
        (roles.ButtonText, palette.text),
        (roles.BrightText, palette.bad),
        (roles.Highlight, palette.selection),
        (roles.HighlightedText, palette.text),
        (roles.Accent, palette.accent),
        (roles.PlaceholderText, palette.dim),
        (roles.Link, palette.link),
        (roles.LinkVisited, palette.link),
        (roles.ToolTipBase, palette.panel),
        (roles.ToolTipText, palette.text),
        (roles.Light, palette.panel),
        (roles.Midlight, palette.line),
        (roles.Mid, palette.edge),
        (roles.Dark, palette.dim),
        (roles.Shadow, palette.text),
    ):
        made.setColor(role, color)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, palette.disabled)
    return made
