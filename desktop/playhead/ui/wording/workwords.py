"""Words for long work on many recordings: why it waits, and what each kind of it has to say."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from playhead.core.worklists.workstates import Added, Hold, WorkProgress

HOLDS: Mapping[Hold, str] = {
    Hold.PERSON: "Paused",
    Hold.DISK: "The disk takes nothing; look after it. It goes on by itself when it works again.",
    Hold.PLAYING: "Waits while something plays",
    Hold.EXPORT: "Waits for the export",
    Hold.NETWORK: "No account can be reached. It goes on by itself when the network is back.",
}


class WorkWords(Protocol):
    """Words of one kind of work."""

    @property
    def name(self) -> str:
        """The beginning of the names of its widgets and jobs."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def icon(self) -> str:
        """The sign of it, by its name."""

    @property
    def noun(self) -> str:
        """The word for it, as in *Pause the …*."""

    @property
    def begins(self) -> str:
        """The beginning of a sentence on it, as in *… ended*."""

    @property
    def show(self) -> str:
        """Text of the button that shows what came of it."""

    @property
    def show_tip(self) -> str:
        """A sentence on that button."""

    def how_far(self, progress: WorkProgress) -> str:
        """Progress, or the reason for waiting."""

    def looking(self, number: int) -> str:
        """That so many recordings are being put on the list."""

    def nothing(self, added: Added) -> str:
        """Reason why none was."""

    def ended(self, progress: WorkProgress, refused: Sequence[str] = (), *, stopped: bool = False) -> str:
        """Outcome; `refused` are the labels of accounts that want another key."""
