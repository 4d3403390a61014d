"""Exit status of a command, by which a scheduler knows how it ended."""

from enum import IntEnum

from playhead.core.errors import PlayheadError


class ExitStatus(IntEnum):
    """Exit status of a command; one that a signal ended has 128 and the signal's number, as in a shell."""

    DONE = 0
    BROKEN = 1
    REFUSED = 2
    NOTHING_NEW = 3
    DONE_WITH_FAILURES = 4
    PAUSED = 5
    IN_USE = 6

    @property
    def word(self) -> str:
        """Name of it in the summary."""
        return self.name.lower().replace("_", " ")


MEANINGS = {
    ExitStatus.DONE: "everything that matches was exported or listed",
    ExitStatus.BROKEN: "something in Playhead itself went wrong; the log says where",
    ExitStatus.REFUSED: "refused: arguments, filter, folder, no account, or a keyring that is locked",
    ExitStatus.NOTHING_NEW: "nothing new: nothing matches, or all of it is exported already",
    ExitStatus.DONE_WITH_FAILURES: "done, with failures: some recordings, or some accounts, could not be had",
    ExitStatus.PAUSED: "paused: the disk is full or the folder is away; the same command goes on",
    ExitStatus.IN_USE: "not begun: Playhead is at work with this profile already, as in an open window",
}
"""Meaning of each, for `--help` and the manual."""
STOPPED = 128
"""Added to the number of the signal that stopped a command."""


def status_of(error: PlayheadError, otherwise: ExitStatus) -> ExitStatus:
    """Status of a command that `error` ended: of a full disk, the next run goes on."""
    return ExitStatus.PAUSED if error.reason == "full" else otherwise


class Halt(Exception):
    """A command ends early: with `status`, and a sentence for the person."""

    def __init__(self, sentence: str, status: ExitStatus = ExitStatus.REFUSED) -> None:
        super().__init__(status.word)
        self.sentence = sentence
        self.status = status
