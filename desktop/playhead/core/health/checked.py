"""Outcomes of checking the health of one recording."""

from enum import StrEnum

from playhead.core.worklists.workstates import FAILED as WORK_FAILED


class Checked(StrEnum):
    """Outcome of one recording of a checkup, as the catalogue keeps it."""

    MEASURED = "measured"
    BROKEN = "broken"
    """What came is no audio, or cannot be decoded: measured as such."""
    SILENT = "silent"
    """It has no audio (yet)."""
    GONE = "gone"
    """Its audio is no longer there."""
    UNPLAYED = "unplayed"
    """It is audio of a kind that is not played here."""
    FAILED = WORK_FAILED
    """It could not be fetched; it is worth another try."""
