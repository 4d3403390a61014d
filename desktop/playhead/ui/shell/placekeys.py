"""Keys of single places in the window: they mean something there, and stay what they are."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """Keys that do something while one place of the window has the focus."""

    place: str
    keys: tuple[str, ...]
    title: str


TABLE: Final = "In the table"
FILTER: Final = "In the filter line"
SIDE_BAR: Final = "In the side bar"
TIMELINE: Final = "In the timeline"
WAVEFORM: Final = "In the waveform"
LOUDNESS: Final = "In the picture of loudness"
NOTICE: Final = "On a notice"
EXPORTS: Final = "In the files of an export"
TRANSCRIPT: Final = "In the transcript"
DATE: Final = "In a date"
BUTTON: Final = "On a button"
EVERYWHERE: Final = "Everywhere"

PLACE_KEYS: Final = (
    PlaceKey(EVERYWHERE, ("Tab", "Shift+Tab"), "Go to the next or previous control"),
    PlaceKey(EVERYWHERE, ("Alt", "F10"), "Go to the menu bar"),
    PlaceKey(BUTTON, ("Return", "Enter", "Space"), "Press it"),
    PlaceKey(TABLE, ("Return", "Enter"), "Play the row; where the filter has said:, from just before that"),
    PlaceKey(TABLE, ("Up", "Down", "PgUp", "PgDown"), "Go to another row (with Shift: select up to it)"),
    PlaceKey(TABLE, ("Home", "End"), "Go to the first or last row"),
    PlaceKey(TABLE, ("Menu", "Shift+F10"), "Open the menu of the row"),
    PlaceKey(FILTER, ("Down", "Tab"), "Choose and take a completion; without text, what was used before"),
    PlaceKey(FILTER, ("Ctrl+Space",), "Offer completions where the cursor stands"),
    PlaceKey(FILTER, ("Return", "Enter"), "Look for it, with the providers too, and go to the rows"),
    PlaceKey(FILTER, ("Esc",), "Clear the filter"),
    PlaceKey(SIDE_BAR, ("Return", "Enter"), "Show what the line stands for"),
    PlaceKey(SIDE_BAR, ("Menu", "Shift+F10"), "Open the menu of the line"),
    PlaceKey(SIDE_BAR, ("F2",), "Rename a saved filter"),
    PlaceKey(SIDE_BAR, ("Del",), "Remove a saved filter"),
    PlaceKey(SIDE_BAR, ("Alt+Up", "Alt+Down"), "Move a saved filter up or down"),
    PlaceKey(TIMELINE, ("Home", "End"), "Go to the first or last bar"),
    PlaceKey(
        TIMELINE,
        ("Return", "Enter"),
        "Filter by the bar that the arrow keys have come to, or by those marked with Shift",
    ),
    PlaceKey(TIMELINE, ("+", "-"), "Look closer, or from farther away"),
    PlaceKey(TIMELINE, ("PgUp", "PgDown"), "A screen back or forward"),
    PlaceKey(TIMELINE, ("Esc",), "Unmark, see the whole again, take the last choice back"),
    PlaceKey(WAVEFORM, ("+", "-"), "Look closer, or from farther away"),
    PlaceKey(WAVEFORM, ("PgUp", "PgDown"), "A screen back or forward"),
    PlaceKey(WAVEFORM, ("Home", "End"), "To the beginning or the end"),
    PlaceKey(WAVEFORM, ("Ctrl+Left", "Ctrl+Right"), "From note to note"),
    PlaceKey(TRANSCRIPT, ("Return", "Enter"), "Play from the chosen sentence"),
    PlaceKey(TRANSCRIPT, ("Ctrl+Shift+F",), "Search in it (Enter: the next hit, Esc: close the search)"),
    PlaceKey(LOUDNESS, ("Return", "Enter"), "Play from the moment to which the arrow keys have come"),
    PlaceKey(NOTICE, ("Esc",), "Dismiss it"),
    PlaceKey(EXPORTS, ("Del",), "Cancel the selected files"),
    PlaceKey(DATE, ("Alt+Down",), "Choose in a calendar"),
)
"""All of them, by place."""
