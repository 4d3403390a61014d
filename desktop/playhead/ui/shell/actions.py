"""Actions, as values: menu bar, palette, sheet of keys and the table of them are made of these.

An action's name (`key`) is what the settings file calls it, and stays what it is.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """Titles of the menus, in the order of the menu bar."""

    FILE = "File"
    LISTING = "List"
    RECORDING = "Recording"
    PLAYING = "Playing"
    SOUND = "Sound"
    EXPORT = "Export"
    VIEW = "View"
    HELP = "Help"


class Need(StrEnum):
    """Conditions without which an action cannot be done."""

    NOTHING = ""
    LIST = "an account is connected"
    SOUND = "a recording is at the player"
    EXPORTS = "an export, a check or a reading is shown"
    NOTICES = "a notice is shown"
    CHECKING = "an account is connected, and the preferences let recordings be checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that the person can do, from wherever they are in the window."""

    key: str
    title: str
    """Words in the menu; with `…` if it asks something first."""
    group: Group
    keys: tuple[str, ...] = ()
    """Keys of who changed none, as Qt writes them (`Ctrl+Shift+P`); the first is shown in menus."""
    sentence: str = ""
    """More about it, where the title does not say all."""
    words: str = ""
    """Other words that people call it by."""
    need: Need = Need.LIST
    ticked: bool = False
    """True if it is either on or off, and its menu entry has a tick."""
    in_table: bool = False
    """True if its keys act in the table only, as every text has the same for itself."""
    apart: bool = False
    """True if a line in the menu sets it apart from what stands above it."""


# File

ADD_ACCOUNT: Final = Action(
    key="account.add",
    title="Add account…",
    group=Group.FILE,
    words="connect provider sign in log in token",
    need=Need.NOTHING,
)
PREFERENCES: Final = Action(
    key="preferences",
    title="Preferences…",
    group=Group.FILE,
    keys=("Ctrl+,",),
    words="settings options appearance dark light cache silence",
    need=Need.NOTHING,
    apart=True,
)
CHANGE_KEYS: Final = Action(
    key="keys.change",
    title="Change keys…",
    group=Group.FILE,
    words="shortcuts hotkeys keyboard remap foot pedal bindings",
    need=Need.NOTHING,
)
QUIT: Final = Action(
    key="quit",
    title="Quit",
    group=Group.FILE,
    keys=("Ctrl+Q",),
    words="exit close end leave",
    need=Need.NOTHING,
    apart=True,
)

# List

FIND: Final = Action(
    key="filter.focus",
    title="Go to the filter",
    group=Group.LISTING,
    keys=("Ctrl+F",),
    words="find search look for query",
)
CLEAR: Final = Action(
    key="filter.clear",
    title="Clear the filter",
    group=Group.LISTING,
    words="reset show everything all",
)
STEP_BACK: Final = Action(
    key="back",
    title="Step back",
    group=Group.LISTING,
    keys=("Esc",),
    sentence="Close what is open, go to the rows, select nothing; in the filter line: clear it",
    words="escape cancel leave nothing selected deselect",
)
FORM: Final = Action(
    key="filter.form",
    title="Filter with a form…",
    group=Group.LISTING,
    keys=("Ctrl+Shift+F",),
    words="find search advanced fields dates",
)
SAVE_FILTER: Final = Action(
    key="filter.save",
    title="Save the filter…",
    group=Group.LISTING,
    keys=("Ctrl+S",),
    words="bookmark keep store query search",
)
REFRESH: Final = Action(
    key="list.refresh",
    title="Look for new recordings",
    group=Group.LISTING,
    keys=("F5",),
    words="refresh reload update check",
    apart=True,
)
JUMP: Final = Action(
    key="list.date",
    title="Go to a date…",
    group=Group.LISTING,
    keys=("Ctrl+G",),
    words="jump day calendar time when",
)
COLUMNS: Final = Action(
    key="list.columns",
    title="Sort, columns and height of rows…",
    group=Group.LISTING,
    keys=("Ctrl+Shift+L",),
    words="order ascending descending show hide density compact comfortable header",
)
VALUES: Final = Action(
    key="list.values",
    title="Values of this column…",
    group=Group.LISTING,
    keys=("V",),
    sentence="What recordings have there, how many each; to filter by it",
    words="frequencies counts facets distribution histogram who most often group pivot distinct unique",
)
WORST_FIRST: Final = Action(
    key="list.worst",
    title="Worst health first",
    group=Group.LISTING,
    keys=("W",),
    sentence="Sort by what was measured: no sound, one side, clipped, broken …",
    words="sort order bad broken quiet silent problems quality",
)
SELECT_ALL: Final = Action(
    key="list.all",
    title="Select all that match",
    group=Group.LISTING,
    keys=("Ctrl+A",),
    sentence="Those too that are loaded later",
    words="mark everything rows",
    in_table=True,
    apart=True,
)
COPY_ROWS: Final = Action(
    key="list.copy",
    title="Copy rows",
    group=Group.LISTING,
    keys=("Ctrl+C",),
    sentence="As text, for a spreadsheet",
    words="clipboard table cells text",
    in_table=True,
)
COPY_HEADED: Final = Action(
    key="list.copyheaded",
    title="Copy rows with headings",
    group=Group.LISTING,
    words="clipboard table cells text columns titles",
)
COPY_FILES: Final = Action(
    key="list.copyfiles",
    title="Copy as files",
    group=Group.LISTING,
    keys=("Ctrl+Shift+C",),
    sentence="To be pasted into a folder or a message",
    words="clipboard audio paste attach",
)

# Recording

OPEN: Final = Action(
    key="recording.play",
    title="Play this row",
    group=Group.RECORDING,
    sentence="As Enter does in the table",
    words="hear listen open start current",
)
STAR: Final = Action(
    key="recording.star",
    title="Star",
    group=Group.RECORDING,
    keys=("S",),
    sentence="Or take the star away, of all that is selected",
    words="favourite favorite mark flag bookmark unstar",
)
NOTE: Final = Action(
    key="recording.note",
    title="Write a note",
    group=Group.RECORDING,
    keys=("N",),
    sentence="At the place that is heard",
    words="comment annotate remark pin write down",
)
CHECK: Final = Action(
    key="health.check",
    title="Check the health of what is selected",
    group=Group.RECORDING,
    keys=("Ctrl+K",),
    sentence="Measure what is not measured yet, without playing it",
    words="measure analyse analyze quality loudness broken silent scan verify",
    need=Need.CHECKING,
    apart=True,
)
CHECK_ALL: Final = Action(
    key="health.checkall",
    title="Check the health of all that match…",
    group=Group.RECORDING,
    keys=("Ctrl+Shift+K",),
    words="measure analyse analyze quality loudness broken silent scan verify everything",
    need=Need.CHECKING,
)
READ: Final = Action(
    key="transcripts.read",
    title="Read the transcripts of what is selected",
    group=Group.RECORDING,
    keys=("Ctrl+R",),
    sentence="Fetch those that exist; none is ever ordered",
    words="transcripts transcriptions said words speech fetch load text",
)
READ_ALL: Final = Action(
    key="transcripts.readall",
    title="Read the transcripts of all that match…",
    group=Group.RECORDING,
    keys=("Ctrl+Shift+R",),
    sentence="All that an answer to said: depends on",
    words="transcripts transcriptions said words speech fetch load text everything",
)
FIND_SAID: Final = Action(
    key="transcripts.find",
    title="Search in the transcript…",
    group=Group.RECORDING,
    sentence="Of the recording that the details show",
    words="find text said words speech spoken look for",
)
NEXT_TAB: Final = Action(
    key="details.next",
    title="Next tab of the details",
    group=Group.RECORDING,
    keys=("Ctrl+Tab",),
    sentence="Details, transcript, notes, the provider’s record",
    words="transcript notes raw inspector page",
    apart=True,
)
PREVIOUS_TAB: Final = Action(
    key="details.previous",
    title="Previous tab of the details",
    group=Group.RECORDING,
    keys=("Ctrl+Shift+Tab",),
    words="transcript notes raw inspector page back",
)

# Playing

PLAY: Final = Action(
    key="play",
    title="Play or pause",
    group=Group.PLAYING,
    keys=("Space", "Media Play", "Toggle Media Play/Pause"),
    words="hear listen stop start resume halt",
)
PREVIOUS: Final = Action(
    key="play.previous",
    title="Previous recording",
    group=Group.PLAYING,
    keys=("K", "Media Previous"),
    words="before above up last earlier track",
)
NEXT: Final = Action(
    key="play.next",
    title="Next recording",
    group=Group.PLAYING,
    keys=("J", "Media Next"),
    words="after below down following track skip",
)
SHOW_PLAYING: Final = Action(
    key="play.find",
    title="Show the row that plays",
    group=Group.PLAYING,
    keys=("Ctrl+L",),
    words="find locate current go to scroll reveal",
    need=Need.SOUND,
)
COMPARE: Final = Action(
    key="play.other",
    title="Play the other with the same sound",
    group=Group.PLAYING,
    keys=("X",),
    sentence="A and B: at the same place, equally loud",
    words="ab compare duplicate twin switch level matched alike copy",
    need=Need.SOUND,
)
BACK: Final = Action(
    key="play.back",
    title="5 seconds back",
    group=Group.PLAYING,
    keys=("Left",),
    words="rewind seek repeat again",
    need=Need.SOUND,
    apart=True,
)
FORWARD: Final = Action(
    key="play.forward",
    title="5 seconds forward",
    group=Group.PLAYING,
    keys=("Right",),
    words="seek skip ahead",
    need=Need.SOUND,
)
LEAP_BACK: Final = Action(
    key="play.leapback",
    title="30 seconds back",
    group=Group.PLAYING,
    keys=("Shift+Left",),
    words="rewind seek repeat again far",
    need=Need.SOUND,
)
LEAP_FORWARD: Final = Action(
    key="play.leapforward",
    title="30 seconds forward",
    group=Group.PLAYING,
    keys=("Shift+Right",),
    words="seek skip ahead far",
    need=Need.SOUND,
)
BEGINNING: Final = Action(
    key="play.beginning",
    title="To the beginning",
    group=Group.PLAYING,
    words="rewind restart start again from zero",
    need=Need.SOUND,
)
NEXT_FAULT: Final = Action(
    key="play.nextfault",
    title="To the next fault",
    group=Group.PLAYING,
    keys=("F",),
    sentence="Where it is clipped, damaged or breaks off",
    words="health clipping hole broken jump seek",
    need=Need.SOUND,
)
PREVIOUS_FAULT: Final = Action(
    key="play.previousfault",
    title="To the fault before",
    group=Group.PLAYING,
    keys=("Shift+F",),
    words="health clipping hole broken jump seek back",
    need=Need.SOUND,
)
NEXT_HIT: Final = Action(
    key="said.next",
    title="To the next place where it was said",
    group=Group.PLAYING,
    keys=("H", "F3"),
    sentence="The next hit of said: in the transcript; what plays goes there, too",
    words="hit match found speech transcript jump seek",
)
PREVIOUS_HIT: Final = Action(
    key="said.previous",
    title="To the place before where it was said",
    group=Group.PLAYING,
    keys=("Shift+H", "Shift+F3"),
    words="hit match found speech transcript jump seek back",
)
SLOWER: Final = Action(
    key="play.slower",
    title="Slower",
    group=Group.SOUND,
    keys=(",",),
    words="speed rate tempo decrease",
)
FASTER: Final = Action(
    key="play.faster",
    title="Faster",
    group=Group.SOUND,
    keys=(".",),
    words="speed rate tempo increase",
)
NORMAL_SPEED: Final = Action(
    key="play.normal",
    title="Normal speed",
    group=Group.SOUND,
    words="1x rate tempo reset",
)
LEFT: Final = Action(
    key="play.left",
    title="Left channel alone",
    group=Group.SOUND,
    keys=("1",),
    words="caller side stereo ear",
    apart=True,
)
RIGHT: Final = Action(
    key="play.right",
    title="Right channel alone",
    group=Group.SOUND,
    keys=("2",),
    words="agent side stereo ear",
)
BOTH: Final = Action(
    key="play.both",
    title="Both channels",
    group=Group.SOUND,
    keys=("0",),
    words="stereo all ears",
)
MUTE: Final = Action(
    key="play.mute",
    title="Mute",
    group=Group.SOUND,
    keys=("M",),
    words="silent quiet sound off unmute volume",
    ticked=True,
    apart=True,
)
QUIETER: Final = Action(
    key="play.quieter",
    title="Quieter",
    group=Group.SOUND,
    keys=("8",),
    words="volume down softer lower",
)
LOUDER: Final = Action(
    key="play.louder",
    title="Louder",
    group=Group.SOUND,
    keys=("9",),
    words="volume up higher",
)
LEVEL: Final = Action(
    key="play.level",
    title="Make all equally loud",
    group=Group.SOUND,
    words="level normalise normalize loudness volume",
    ticked=True,
)
LOOP_START: Final = Action(
    key="loop.start",
    title="Loop from here",
    group=Group.PLAYING,
    keys=("A",),
    words="repeat range begin mark in",
    need=Need.SOUND,
    apart=True,
)
LOOP_END: Final = Action(
    key="loop.end",
    title="Loop to here",
    group=Group.PLAYING,
    keys=("B",),
    words="repeat range mark out",
    need=Need.SOUND,
)
LOOP_NONE: Final = Action(
    key="loop.none",
    title="No loop",
    group=Group.PLAYING,
    keys=("Shift+A",),
    words="repeat range clear remove end",
    need=Need.SOUND,
)
SKIP_SILENCE: Final = Action(
    key="play.skipsilence",
    title="Skip silence",
    group=Group.SOUND,
    words="pauses gaps jump quiet",
    ticked=True,
    apart=True,
)
AUDITION: Final = Action(
    key="play.audition",
    title="Audition on select",
    group=Group.PLAYING,
    keys=("U",),
    sentence="A row plays as soon as it is selected",
    words="preview listen hear automatically",
    ticked=True,
    apart=True,
)

# Export

EXPORT: Final = Action(
    key="export.selected",
    title="Export what is selected…",
    group=Group.EXPORT,
    keys=("Ctrl+E",),
    words="save download files disk hand on selection",
)
EXPORT_ALL: Final = Action(
    key="export.all",
    title="Export all that match…",
    group=Group.EXPORT,
    keys=("Ctrl+Shift+E",),
    words="save download files disk everything",
)
REOPEN: Final = Action(
    key="export.reopen",
    title="Open an old export…",
    group=Group.EXPORT,
    sentence="Compare it with what it says of itself, and fetch what is missing or new",
    words="verify check audit checksums resume folder earlier",
    apart=True,
)

# View

GO_SIDE_BAR: Final = Action(
    key="go.sidebar",
    title="Go to the side bar",
    group=Group.VIEW,
    keys=("Ctrl+1",),
    words="focus pane accounts saved filters library",
)
GO_FILTER: Final = Action(
    key="go.filter",
    title="Go to the filter line",
    group=Group.VIEW,
    keys=("Ctrl+2",),
    words="focus pane find search",
)
GO_TABLE: Final = Action(
    key="go.table",
    title="Go to the recordings",
    group=Group.VIEW,
    keys=("Ctrl+3",),
    words="focus pane table rows list",
)
GO_DETAILS: Final = Action(
    key="go.details",
    title="Go to the details",
    group=Group.VIEW,
    keys=("Ctrl+4",),
    words="focus pane inspector transcript notes",
)
GO_PLAYER: Final = Action(
    key="go.player",
    title="Go to the player",
    group=Group.VIEW,
    keys=("Ctrl+5",),
    words="focus pane waveform sound",
)
GO_EXPORTS: Final = Action(
    key="go.exports",
    title="Go to the exports",
    group=Group.VIEW,
    keys=("Ctrl+6",),
    sentence="And to the check of health",
    words="focus pane transfers progress downloads",
    need=Need.EXPORTS,
)
GO_NOTICES: Final = Action(
    key="go.notices",
    title="Go to the notices",
    group=Group.VIEW,
    keys=("Ctrl+7",),
    words="focus pane messages errors warnings",
    need=Need.NOTICES,
)
GO_STATUS: Final = Action(
    key="go.status",
    title="Go to the status line",
    group=Group.VIEW,
    keys=("Ctrl+8",),
    words="focus pane search the rest loaded",
)
GO_STRIP: Final = Action(
    key="go.strip",
    title="Go to the timeline",
    group=Group.VIEW,
    keys=("Ctrl+9",),
    words="focus pane strip bars when dates histogram",
)
NEXT_PANE: Final = Action(
    key="pane.next",
    title="Next pane",
    group=Group.VIEW,
    keys=("F6",),
    words="focus cycle switch",
    apart=True,
)
PREVIOUS_PANE: Final = Action(
    key="pane.previous",
    title="Previous pane",
    group=Group.VIEW,
    keys=("Shift+F6",),
    words="focus cycle switch back",
)
SIDE_BAR: Final = Action(
    key="show.sidebar",
    title="Side bar",
    group=Group.VIEW,
    keys=("Ctrl+B",),
    words="show hide toggle accounts saved filters",
    ticked=True,
    apart=True,
)
DETAILS: Final = Action(
    key="show.details",
    title="Details",
    group=Group.VIEW,
    keys=("Ctrl+I",),
    words="show hide toggle inspector transcript notes health loudness",
    ticked=True,
)
STRIP: Final = Action(
    key="show.strip",
    title="Timeline",
    group=Group.VIEW,
    keys=("Ctrl+T",),
    sentence="When the recordings that match were, above the table",
    words="show hide toggle strip bars when dates histogram chart",
    ticked=True,
)
STRIP_WEEK: Final = Action(
    key="strip.week",
    title="Timeline: hours of the week",
    group=Group.VIEW,
    keys=("Ctrl+Shift+T",),
    sentence="By hour of the day and day of the week instead, and back",
    words="heat map weekday hourly busiest peak bars",
)
STRIP_SPLIT: Final = Action(
    key="strip.split",
    title="Timeline: colours of the bars",
    group=Group.VIEW,
    keys=("Ctrl+Shift+B",),
    sentence="By kind, direction or health",
    words="stack split kind direction health legend",
)
MENU_BAR: Final = Action(
    key="show.menubar",
    title="Menu bar",
    group=Group.VIEW,
    sentence="While it is hidden, Alt shows it",
    words="show hide toggle",
    need=Need.NOTHING,
    ticked=True,
)

# Help

COMMANDS: Final = Action(
    key="palette",
    title="Find a command…",
    group=Group.HELP,
    keys=("Ctrl+Shift+P",),
    sentence="Type what you want to do",
    words="palette search actions everything",
    need=Need.NOTHING,
)
GUIDE: Final = Action(
    key="guide",
    title="Guide",
    group=Group.HELP,
    keys=("Shift+F1",),
    words="manual help tutorial how to documentation learn",
    need=Need.NOTHING,
)
KEYS: Final = Action(
    key="keys",
    title="Keys",
    group=Group.HELP,
    keys=("F1",),
    words="shortcuts hotkeys keyboard help list",
    need=Need.NOTHING,
)

ACTIONS: Final = tuple(value for value in list(globals().values()) if isinstance(value, Action))
"""All of them, in the order of the menus."""
