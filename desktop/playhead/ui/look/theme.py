"""Theme: the palette of now, the fonts, and what the style sheet asks of a widget."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from playhead.core.preferences import Appearance
from playhead.ui.look.palette import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    Palette,
    qt_palette,
)
from playhead.ui.look.sheet import draw_marks, style_sheet

TEXT_SIZE: Final = 13
"""Pixels of the text everywhere; the system's scaling multiplies it."""
_PALETTES: Final = {
    (False, False): LIGHT,
    (True, False): DARK,
    (False, True): LIGHT_CONTRAST,
    (True, True): DARK_CONTRAST,
}
"""Palettes by whether they are dark, and of high contrast."""


class Theme(QObject):
    """Dresses the application, and again whenever the system's scheme or the person's choice changes.

    Widgets that paint by themselves are given the theme, read `palette` while painting, and update on
    `changed`. `fonts` is the folder with Inter; without it the system's font is used.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        fonts: Path | None = None,
        *,
        appearance: Appearance = Appearance.SYSTEM,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._palette = LIGHT
        self._marks = QTemporaryDir()
        self.destroyed.connect(self._marks.remove)
        app.setStyle("Fusion")
        app.setFont(_text_font(found=_load(fonts)))
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        # Kept together: those of accessibility end for Python when nothing holds the hints they are of.
        accessibility = self._hints.accessibility()
        self._contrast = accessibility.contrastPreference()
        accessibility.contrastPreferenceChanged.connect(self._follow_contrast)
        self._ask_system()
        self._dress(self._hints.colorScheme())

    @property
    def palette(self) -> Palette:
        """The colours of now."""
        return self._palette

    @property
    def appearance(self) -> Appearance:
        """Choice of the person."""
        return self._appearance

    @contextmanager
    def building(self) -> Iterator[None]:
        """Leave the style sheet off while widgets are made: each would be styled anew wherever it is put."""
        sheet = self._app.styleSheet()
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(sheet)

    def choose(self, appearance: Appearance) -> None:
        """Follow the system from now on, or stay light or dark whatever the system does."""
        self._appearance = appearance
        self._ask_system()
        self._follow(self._hints.colorScheme())

    def _ask_system(self) -> None:
        """Let the window frames, which are the system's, be light or dark as well."""
        if self._appearance is Appearance.SYSTEM:
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if self._appearance.dark else Qt.ColorScheme.Light)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        if self._palette is not self._wanted(scheme):
            self._dress(scheme)

    def _follow_contrast(self, contrast: Qt.ContrastPreference) -> None:
        self._contrast = contrast
        self._follow(self._hints.colorScheme())

    def _wanted(self, scheme: Qt.ColorScheme) -> Palette:
        by_system = self._appearance is Appearance.SYSTEM
        dark = scheme is Qt.ColorScheme.Dark if by_system else self._appearance.dark
        strong = self._contrast is Qt.ContrastPreference.HighContrast if by_system else self._chose_contrast
        return _PALETTES[dark, strong]

    @property
    def _chose_contrast(self) -> bool:
        return self._appearance in {Appearance.LIGHT_CONTRAST, Appearance.DARK_CONTRAST}

    def _dress(self, scheme: Qt.ColorScheme) -> None:
        self._palette = self._wanted(scheme)
        self._app.setPalette(qt_palette(self._palette))
        self._app.setStyleSheet(style_sheet(self._palette, draw_marks(self._marks.path(), self._palette)))
        self.changed.emit()


def monospace() -> QFont:
    """The font of ids: the system's fixed-width one, as high as the text around it looks."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(TEXT_SIZE - 1)
    return font


def semibold(font: QFont) -> QFont:
    """`font`, a little heavier: for titles and numbers that lead."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier


def as_panel(widget: QWidget) -> None:
    """Give `widget` the panel's background instead of the ground's."""
    widget.setProperty("panel", "true")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for (`primary`, `role`, …) on a widget already shown."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _load(folder: Path | None) -> bool:
    """Make the fonts in `folder` known; whether there were any."""
    files = sorted(folder.glob("Inter-*.otf")) if folder is not None else []
    loaded = [QFontDatabase.addApplicationFont(str(file)) for file in files]
    return any(number >= 0 for number in loaded)


def _text_font(*, found: bool) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if found:
        font.setFamilies(["Inter", *font.families()])
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setPixelSize(TEXT_SIZE)
    return font
