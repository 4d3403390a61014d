"""The one style sheet of the program, filled in with the colours of a palette."""

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final

from playhead.ui.look.palette import Palette


def style_sheet(palette: Palette, marks: Mapping[str, str]) -> str:
    """The style sheet of the whole program in `palette`; `marks` are what `image:` shows, by name."""
    colors = {name: getattr(palette, name).name() for name in _SHEET.get_identifiers() if name not in _MARKS}
    return _SHEET.substitute(colors, **marks)


def draw_marks(folder: str, palette: Palette) -> Mapping[str, str]:
    """Draw tick and arrows in the palette's colours: a style sheet takes pictures from files only.

    Where the folder cannot be written the controls go without them.
    """
    written: dict[str, str] = {}
    for name, (color, path) in _MARKS.items():
        file = Path(folder) / f"{name}-{'dark' if palette.dark else 'light'}.svg"
        drawing = _MARK.substitute(color=getattr(palette, color).name(), path=path)
        try:
            file.write_text(drawing, encoding="utf-8")
            written[name] = f'url("{file.as_posix()}")'
        except OSError:
            written[name] = "none"
    return written


_MARK: Final = Template(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="$color" '
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="$path"/></svg>'
)


_MARKS: Final = {"tick": ("on_accent", "M3.5 8.5l3 3 6-7"), "arrow": ("dim", "M4 6l4 4 4-4")}


_SHEET: Final = Template("""
QMainWindow, QDialog { background: $ground; }
QWidget[panel="true"] { background: $panel; }
QToolTip { background: $panel; color: $text; border: 1px solid $edge; padding: 4px 6px; }

QLabel[role="dim"] { color: $dim; }
QLabel[role="caption"] { color: $dim; font-size: 11px; font-weight: 600; }
QLabel[role="small"] { color: $dim; font-size: 12px; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="lead"] { color: $dim; font-size: 15px; }
QLabel[role="display"] { font-size: 24px; font-weight: 600; }
QLabel[role="key"] {
    background: $panel; border: 1px solid $edge; border-radius: 4px; padding: 1px 6px; font-weight: 500;
}
QLabel[role="good"] { color: $good; }
QLabel[role="attention"] { color: $attention; }
QLabel[role="bad"] { color: $bad; }
QLabel:disabled { color: $disabled; }

QMenuBar { background: $panel; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $ground; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QLineEdit, QPlainTextEdit {
    background: $ground; color: $text; border: 1px solid $edge; border-radius: 6px;
    selection-background-color: $marked; selection-color: $text;
}
QLineEdit { min-height: 20px; padding: 3px 8px; }
QPlainTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid $focus; }
QLineEdit[invalid="true"] { border: 1px solid $bad; }
QLineEdit[invalid="true"]:focus { border: 2px solid $bad; padding: 2px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $panel; color: $disabled; }

QPushButton, QToolButton[framed="true"] {
    background: $ground; color: $text; border: 1px solid $edge; border-radius: 6px;
    min-height: 20px; padding: 3px 12px; font-weight: 500;
}
QPushButton:hover, QToolButton[framed="true"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[framed="true"]:pressed { background: $pressed; }
QPushButton:focus, QToolButton[framed="true"]:focus { border: 1px solid $focus; }
QToolButton[narrow="true"] { padding: 3px 9px; max-height: 20px; }
QPushButton:checked, QToolButton[framed="true"]:checked {
    background: $selection; color: $link; border-color: $selection;
}
QPushButton:checked:focus { border-color: $focus; }
QPushButton:disabled, QToolButton[framed="true"]:disabled {
    color: $disabled; background: transparent; border-color: $line;
}
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 2px 11px; }
QPushButton[primary="true"]:disabled { background: $hover; color: $disabled; border-color: $hover; }
QPushButton[link="true"] {
    background: transparent; color: $link; border: 1px solid transparent; padding: 3px 4px;
}
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: $focus; }
QPushButton[link="true"]:disabled { color: $disabled; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selection; color: $link; }
QToolButton:focus { border-color: $focus; }
QToolButton:disabled { color: $disabled; }
QToolButton[disclosure="true"], QToolButton[disclosure="true"]:checked {
    background: transparent; color: $dim; padding: 3px 6px 3px 0; margin-left: -6px; font-weight: 500;
}
QToolButton[disclosure="true"]:hover { color: $text; }
QToolButton::menu-indicator { image: none; }
QToolButton[round="true"] {
    background: $accent; color: $on_accent; border: none; border-radius: 20px;
    min-width: 40px; min-height: 40px; max-width: 40px; max-height: 40px; padding: 0;
}
QToolButton[round="true"]:hover { background: $accent_hover; }
QToolButton[round="true"]:pressed { background: $accent_pressed; }
QToolButton[round="true"]:focus { border: 2px solid $text; min-width: 36px; min-height: 36px;
    max-width: 36px; max-height: 36px; }
QToolButton[round="true"]:disabled { background: $pressed; }
QGroupBox[bare="true"] { border: none; margin: 0; padding: 0; }
QPushButton[segment="first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[segment="middle"] { border-radius: 0; border-left: none; border-right: none; }
QPushButton[segment="last"] { border-top-left-radius: 0; border-bottom-left-radius: 0; }
QPushButton[card="true"] {
    background: $ground; border: 1px solid $edge; border-radius: 10px; padding: 0; min-height: 150px;
}
QPushButton[card="true"]:hover { border-color: $accent; }
QPushButton[card="true"]:pressed { background: $selection; }
QPushButton[card="true"]:focus { border: 2px solid $focus; }

QComboBox {
    background: $ground; color: $text; border: 1px solid $edge; border-radius: 6px;
    min-height: 20px; padding: 3px 4px 3px 8px; font-weight: 500;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 1px solid $focus; }
QComboBox:disabled { color: $disabled; background: transparent; border-color: $line; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: $arrow; width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $ground; border: 1px solid $edge; padding: 4px; outline: 0;
    selection-background-color: $selection; selection-color: $text;
}

QCheckBox, QRadioButton { spacing: 8px; padding: 2px 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $dim; background: $ground;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $focus; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: $tick; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QRadioButton::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $edge; background: $panel; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }
QRadioButton::indicator:checked:disabled { border-color: $disabled; }

QSlider { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $edge; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
QSlider::handle:horizontal {
    width: 12px; height: 12px; margin: -5px 0; border: 1px solid $text; border-radius: 7px; background: $text;
}
QSlider::handle:horizontal:focus { border-color: $focus; background: $focus; }
QSlider::handle:horizontal:disabled { background: $disabled; border-color: $disabled; }

QTableView, QTreeView, QListView {
    background: $ground; border: none; outline: 0; gridline-color: $line;
    selection-background-color: $selection; selection-color: $text;
}
QTableView { border: 1px solid transparent; }
QTableView:focus { border: 1px solid $focus; }
QTableView#recordingTable, QTableView#recordingTable:focus { border: none; }
QTreeView[panel="true"], QListView[panel="true"] { background: $panel; }
QDialog#commandPalette { background: $ground; border: 1px solid $edge; border-radius: 8px; }
QTextBrowser { border: 1px solid transparent; }
QTextBrowser:focus { border: 1px solid $focus; }
QListView[popup="true"] { border: 1px solid $edge; border-radius: 6px; padding: 4px; }
QTableView::item { border: none; border-bottom: 1px solid $line; padding: 0 6px; }
QTableView::item:selected { background: $selection; color: $text; }
QTreeView::item, QListView::item { border: none; border-radius: 6px; padding: 4px 6px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $selection; color: $link; }
QTreeView::branch { background: transparent; }
QHeaderView { background: $ground; border: none; }
QHeaderView::section {
    background: $ground; color: $dim; border: none; border-bottom: 1px solid $line;
    padding: 6px; font-size: 12px; font-weight: 500;
}
QHeaderView::section:hover { color: $text; }
QHeaderView::section:pressed { background: $hover; }
QTableCornerButton::section { background: $ground; border: none; }

QTabBar { background: transparent; }
QTabBar::tab { color: $dim; background: transparent; border: none; border-bottom: 2px solid transparent;
    padding: 6px 1px; margin-right: 4px; font-weight: 500; }
QTabBar[narrow="true"] { font-size: 11px; }
QTabBar[narrow="true"]::tab { padding: 6px 0; margin-right: 5px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $link; }
QTabWidget::pane { border: none; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $pressed; border: 2px solid transparent; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $edge; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QFrame[notice="true"] { border: none; border-bottom: 1px solid $line; }
QFrame[notice="true"]:focus { border: 1px solid $focus; }
QFrame[hairline="true"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QStatusBar { background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
""")
